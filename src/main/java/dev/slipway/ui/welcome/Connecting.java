package dev.slipway.ui.welcome;

import dev.slipway.ui.kit.Copyable;
import dev.slipway.ui.kit.Dialogs;
import dev.slipway.ui.kit.Icon;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// Tells how accounts are connected: by a command that reads the token from its input, so that no
/// token is ever typed into a window or stands in a list of processes.
public final class Connecting {
    private static final String[] COMMANDS = {
        "slipway connect github", "slipway connect neon", "slipway connect cloudflare"
    };

    private Connecting() {}

    /// Opens the dialog.
    public static void open(Dialogs dialogs) {
        var words =
                new Label(
                        "In the folder of your slipway.yaml, give each command its token on standard"
                                + " input. It checks what the token may do by calls that change"
                                + " nothing, and stores it. Then start Slipway there.");
        words.setWrapText(true);
        words.setMinHeight(Label.USE_PREF_SIZE);
        var body = new VBox(8, words);
        for (var command : COMMANDS) {
            var text = new Label(command);
            text.getStyleClass().addAll("mono", "inset", "command");
            text.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(text, Priority.ALWAYS);
            var copy = new Button("Copy", Icon.COPY.node(14));
            copy.getStyleClass().add("small");
            copy.setAccessibleText("Copy " + command);
            copy.setOnAction(_ -> Copyable.toClipboard(command));
            var row = new HBox(8, text, copy);
            row.getStyleClass().add("line");
            body.getChildren().add(row);
        }
        dialogs.tell("How are accounts connected?", body);
    }
}
