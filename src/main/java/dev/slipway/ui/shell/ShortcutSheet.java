package dev.slipway.ui.shell;

import dev.slipway.ui.kit.Dialogs;
import dev.slipway.ui.kit.KeyHint;
import dev.slipway.ui.kit.Shortcut;
import dev.slipway.ui.kit.Texts;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The list of keys behind `?`: those of the page, and those that work everywhere.
final class ShortcutSheet {
    private ShortcutSheet() {}

    static void open(
            Dialogs dialogs,
            Texts texts,
            List<Shortcut> ofView,
            List<Shortcut> ofList,
            List<Shortcut> everywhere) {
        var here = new VBox(16);
        if (!ofView.isEmpty()) {
            here.getChildren().add(group(texts.get("shell.shortcuts.view"), ofView));
        }
        if (!ofList.isEmpty()) {
            here.getChildren().add(group(texts.get("shell.shortcuts.list"), ofList));
        }
        var columns = new HBox(32);
        if (!here.getChildren().isEmpty()) {
            columns.getChildren().add(here);
        }
        columns.getChildren().add(group(texts.get("shell.shortcuts.everywhere"), everywhere));
        var scroll = new ScrollPane(columns);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMaxHeight(480);
        var note = new Label(texts.get("shell.shortcuts.plain"));
        note.getStyleClass().addAll("caption", "muted");
        dialogs.tell(texts.get("shell.shortcuts.title"), wide(new VBox(12, scroll, note)));
    }

    private static Node wide(VBox sheet) {
        sheet.setMinWidth(700);
        return sheet;
    }

    private static Node group(String title, List<Shortcut> shortcuts) {
        var heading = new Label(title);
        heading.getStyleClass().add("card-title");
        var grid = new GridPane(16, 4);
        var row = 0;
        for (var words : shortcuts.stream().map(Shortcut::words).distinct().toList()) {
            var keys =
                    shortcuts.stream()
                            .filter(s -> s.words().equals(words))
                            .map(Shortcut::shown)
                            .toList();
            var hints = new HBox(4);
            keys.forEach(key -> hints.getChildren().add(new KeyHint(key)));
            var label = new Label(words);
            label.setMinWidth(Region.USE_PREF_SIZE);
            label.setAccessibleText(words + ": " + String.join(" or ", keys));
            grid.addRow(row++, hints, label);
        }
        return new VBox(8, heading, grid);
    }
}
