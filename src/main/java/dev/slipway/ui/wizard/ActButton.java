package dev.slipway.ui.wizard;

import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Icon;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;

/// The button that changes production. Only Space on it, or one single click, acts: Enter never does.
public final class ActButton {
    private ActButton() {}

    /// One that acts, or asks to arm while nothing may be written.
    ///
    /// @param verb what it says, the verb of the page's title
    public static Button of(Desk desk, String verb) {
        var armed = desk.armed();
        var button =
                new Button(
                        verb + (armed ? "" : "\u2026"),
                        (armed ? Icon.PRODUCTION_CONFIRMED : Icon.LOCK).node());
        careful(button);
        if (desk.writing() == Desk.Writing.OFFLINE) {
            button.setDisable(true);
        } else if (!armed) {
            button.setOnAction(_ -> desk.askToArm());
        }
        return button;
    }

    /// Makes `button` one that Enter and a double click do not press.
    public static void careful(Button button) {
        button.getStyleClass().add("production");
        // A migration's name has underscores.
        button.setMnemonicParsing(false);
        button.addEventFilter(
                KeyEvent.ANY,
                event -> {
                    if (event.getCode() == KeyCode.ENTER) {
                        event.consume();
                    }
                });
        button.addEventFilter(
                MouseEvent.ANY,
                event -> {
                    if (event.getClickCount() > 1) {
                        event.consume();
                    }
                });
    }
}
