package dev.slipway.ui.wizard;

import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.KeyHint;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Tone;
import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;

/// What stands at the foot of wizards.
public final class WizardFoot {
    private WizardFoot() {}

    /// Words at the left that take what room the buttons leave.
    public static Label hint(Label words) {
        words.setWrapText(true);
        words.setMinWidth(0);
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        return words;
    }

    /// What a person has to know about the button that [#acting] makes.
    ///
    /// @param act what Enter does not do, and what the button does: `restore`
    /// @param after what happens after the button is pressed, with its full stop; empty for nothing to say
    public static Label confirming(Desk desk, String act, String after) {
        return switch (desk.writing()) {
            case ARMED ->
                    Nodes.point(
                            Icon.INFO,
                            Tone.MUTED,
                            ("Enter does not " + act + ". Tab to the button, then Space" + after)
                                    .strip());
            case READ_ONLY ->
                    Nodes.point(
                            Icon.LOCK,
                            Tone.MUTED,
                            "Slipway is read-only. The button arms it with the reason above, then"
                                    + " does it.");
            case OFFLINE ->
                    Nodes.point(
                            Icon.OFFLINE,
                            Tone.MUTED,
                            "Slipway is offline: writes are off and are not sent later.");
        };
    }

    /// The way on.
    ///
    /// @param to what it leads to, such as `confirm`
    public static Button next(String to, boolean open, Runnable act) {
        var button = new Button("Continue to " + to);
        button.setGraphic(new KeyHint("Ctrl+Enter"));
        button.setContentDisplay(ContentDisplay.RIGHT);
        button.getStyleClass().add("accent");
        button.setId("continue");
        button.setMinWidth(Button.USE_PREF_SIZE);
        button.setDisable(!open);
        button.setOnAction(_ -> act.run());
        return button;
    }

    /// Acts also where the window is not armed: the reason that is typed arms it.
    ///
    /// @param review the page "Confirm" while it is on screen
    public static Button acting(Desk desk, String verb, @Nullable ReviewPage review) {
        var button =
                new Button(desk.armed() ? verb : "Arm: " + verb, Icon.PRODUCTION_CONFIRMED.node());
        ActButton.careful(button);
        button.setMinWidth(Button.USE_PREF_SIZE);
        if (desk.writing() == Desk.Writing.OFFLINE || review == null) {
            button.setDisable(true);
        } else {
            button.disableProperty().bind(Bindings.not(review.card().allowed()));
            button.setOnAction(_ -> review.act());
        }
        return button;
    }
}
