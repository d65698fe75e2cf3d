package dev.slipway.ui.shell;

import dev.slipway.ui.kit.Dialogs;
import dev.slipway.ui.kit.StatusChip;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Times;
import java.time.ZoneId;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What is behind the bell: messages of this session, newest first.
final class NoticeList {
    private NoticeList() {}

    static void open(
            Dialogs dialogs, Texts texts, ShellModel model, Navigator navigator, ZoneId zone) {
        var rows = new VBox(8);
        for (var notice : model.notices().reversed()) {
            var time = new Label(Times.clock(notice.at(), zone));
            time.getStyleClass().addAll("mono", "muted");
            var text = new Label(notice.text());
            time.setMinWidth(Region.USE_PREF_SIZE);
            text.setWrapText(true);
            text.setMinHeight(Region.USE_PREF_SIZE);
            HBox.setHgrow(text, Priority.ALWAYS);
            var chip = new StatusChip(notice.status());
            chip.setMinWidth(Region.USE_PREF_SIZE);
            var row = new HBox(12, time, chip, text);
            var open = notice.open();
            if (open != null) {
                var link = new Hyperlink("Open");
                link.setMinWidth(Region.USE_PREF_SIZE);
                link.setOnAction(_ -> navigator.go(open));
                row.getChildren().add(link);
            }
            rows.getChildren().add(row);
        }
        if (model.notices().isEmpty()) {
            rows.getChildren().add(new Label(texts.get("shell.notices.none")));
        }
        dialogs.tell(texts.get("shell.notices.title"), rows);
    }
}
