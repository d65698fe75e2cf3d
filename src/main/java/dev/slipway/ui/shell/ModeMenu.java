package dev.slipway.ui.shell;

import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Times;
import java.time.Duration;
import java.util.List;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;

/// Says whether this window may write, with the time that is left, and lets a person change it.
final class ModeMenu {
    private static final PseudoClass ARMED = PseudoClass.getPseudoClass("armed");

    private final MenuButton button;
    private final Shell.Parts parts;
    private final ShellModel model;
    private final Texts texts;
    private final Runnable arm;
    private final Label left = new Label();
    private final Timeline clock =
            new Timeline(new KeyFrame(javafx.util.Duration.seconds(1), _ -> showTimeLeft()));

    /// @param arm asks whether it shall write from now on
    ModeMenu(MenuButton button, Shell.Parts parts, Texts texts, Runnable arm) {
        this.button = button;
        this.parts = parts;
        model = parts.model();
        this.texts = texts;
        this.arm = arm;
    }

    /// From here on it says what the model says.
    void start() {
        clock.setCycleCount(Animation.INDEFINITE);
        left.getStyleClass().add("mono-strong");
        button.getStyleClass().addAll("mode", "strong");
        button.addEventHandler(
                KeyEvent.KEY_PRESSED, new TwiceEscape(parts.arming()::disarm)::pressed);
        model.armedProperty().subscribe(_ -> show());
        model.viewerProperty().subscribe(_ -> show());
    }

    private void show() {
        var armed = model.armedProperty().get();
        button.pseudoClassStateChanged(ARMED, armed.isPresent());
        if (armed.isPresent()) {
            button.setText("");
            var word = new Label(texts.get("shell.mode.armed"));
            button.setGraphic(new HBox(8, Icon.PRODUCTION.node(), word, left));
            button.getItems().setAll(item("shell.mode.disarm", parts.arming()::disarm));
            showTimeLeft();
            clock.play();
        } else {
            clock.stop();
            var viewer = model.viewerProperty().get();
            button.setText(texts.get(viewer ? "shell.mode.viewer" : "shell.mode.read"));
            button.setGraphic((viewer ? Icon.NOTHING_CHANGED : Icon.LOCK).node());
            button.setAccessibleText(button.getText());
            button.getItems().setAll(viewer ? List.of() : List.of(item("shell.mode.arm", arm)));
            button.setTooltip(
                    new Tooltip(texts.get(viewer ? "shell.mode.viewer.help" : "shell.mode.help")));
        }
    }

    private void showTimeLeft() {
        model.armedProperty()
                .get()
                .ifPresent(armed -> {
                    var rest = Duration.between(parts.clock().instant(), armed.until());
                    left.setText(Times.figures(rest.isNegative() ? Duration.ZERO : rest));
                    button.setAccessibleText(
                            texts.get("shell.mode.armed") + " " + Times.words(rest));
                });
    }

    private MenuItem item(String key, Runnable action) {
        var item = new MenuItem(texts.get(key));
        item.setOnAction(_ -> action.run());
        return item;
    }

    /// Calls back when Esc is pressed twice without another key between.
    private static final class TwiceEscape {
        private final Runnable action;
        private boolean once;

        TwiceEscape(Runnable action) {
            this.action = action;
        }

        void pressed(KeyEvent event) {
            if (event.getCode() != KeyCode.ESCAPE) {
                once = false;
            } else if (once) {
                once = false;
                action.run();
            } else {
                once = true;
            }
        }
    }
}
