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
import javafx.scene.layout.VBox;

/// The list of keys behind `?`: those of the page, and those that work everywhere.
final class ShortcutSheet {
    private ShortcutSheet() {}

    static void open(
            Dialogs dialogs, Texts texts, List<Shortcut> ofView, List<Shortcut> everywhere) {
        var columns = new HBox(32);
        if (!ofView.isEmpty()) {
            columns.getChildren().add(group(texts.get("shell.shortcuts.view"), ofView));
        }
        columns.getChildren().add(group(texts.get("shell.shortcuts.everywhere"), everywhere));
        var scroll = new ScrollPane(columns);
        scroll.setFitToWidth(true);
        scroll.setMaxHeight(480);
        var note = new Label(texts.get("shell.shortcuts.plain"));
        note.getStyleClass().addAll("caption", "muted");
        dialogs.tell(texts.get("shell.shortcuts.title"), new VBox(12, scroll, note));
    }

    private static Node group(String title, List<Shortcut> shortcuts) {
        var heading = new Label(title);
        heading.getStyleClass().add("card-title");
        var grid = new GridPane(16, 4);
        for (int i = 0; i < shortcuts.size(); i++) {
            var shortcut = shortcuts.get(i);
            var words = new Label(shortcut.words());
            words.setAccessibleText(shortcut.words() + ": " + shortcut.shown());
            grid.addRow(i, new KeyHint(shortcut.shown()), words);
        }
        return new VBox(8, heading, grid);
    }
}
