package dev.slipway.ui.kit;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// A message in the page: what happened, what was not changed, what to do next; below it, smaller
/// and to be copied, the provider's own code and request id.
public final class Banner extends HBox {
    private static final double LEAST = 40;

    /// A button of the message, named by a verb.
    public record Action(String verb, Runnable run) {}

    /// @param title the first words, in 600; may be empty
    /// @param detail the provider's own words, null when there are none
    public Banner(
            Tone tone,
            Icon icon,
            String title,
            String text,
            @Nullable String detail,
            List<Action> actions) {
        getStyleClass().add("banner");
        tone.on(this);
        setAccessibleRole(AccessibleRole.TEXT);
        setAccessibleText((title.isEmpty() ? "" : title + " ") + text);
        setFocusTraversable(false);
        setMinHeight(USE_PREF_SIZE);
        var words = new VBox(2);
        words.setAlignment(Pos.CENTER_LEFT);
        var line = new HBox(6);
        if (!title.isEmpty()) {
            var heading = new Label(title);
            heading.getStyleClass().add("strong");
            heading.setMinWidth(USE_PREF_SIZE);
            line.getChildren().add(heading);
        }
        var body = new Label(text);
        body.setWrapText(true);
        body.setMinHeight(USE_PREF_SIZE);
        HBox.setHgrow(body, Priority.ALWAYS);
        line.getChildren().add(body);
        words.getChildren().add(line);
        if (detail != null) {
            var small = new Label(detail);
            small.getStyleClass().addAll("mono", "muted");
            small.setWrapText(true);
            small.setFocusTraversable(true);
            small.setAccessibleText("Detail: " + detail);
            Copyable.install(small, "detail", () -> detail);
            words.getChildren().add(small);
        }
        HBox.setHgrow(words, Priority.ALWAYS);
        getChildren().addAll(icon.node(tone), words);
        for (var action : actions) {
            var button = new Button(action.verb());
            button.getStyleClass().add("small");
            button.setMinWidth(USE_PREF_SIZE);
            button.setOnAction(_ -> action.run().run());
            getChildren().add(button);
        }
    }

    /// Words that need several lines are shown whole, whatever else wants room.
    @Override
    protected double computePrefHeight(double width) {
        return Math.max(LEAST, super.computePrefHeight(width));
    }

    /// Something needs attention; nothing is broken.
    public static Banner warning(String title, String text, Action... actions) {
        return new Banner(Tone.WARNING, Icon.ATTENTION, title, text, null, List.of(actions));
    }

    /// Something is broken now.
    public static Banner danger(
            String title, String text, @Nullable String detail, Action... actions) {
        return new Banner(Tone.DANGER, Icon.FAILED, title, text, detail, List.of(actions));
    }

    /// Something good to know.
    public static Banner info(String title, String text, Action... actions) {
        return new Banner(Tone.ACCENT, Icon.HINT, title, text, null, List.of(actions));
    }
}
