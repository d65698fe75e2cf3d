package dev.slipway.ui.kit;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// What stands where rows would be: why there are none, and one thing to do.
public final class EmptyState extends VBox {
    /// @param reason whole sentences
    /// @param verb the button's word, null for no button
    public EmptyState(
            Icon icon, String title, String reason, @Nullable String verb, Runnable action) {
        getStyleClass().add("empty-state");
        var heading = new Label(title);
        heading.getStyleClass().add("card-title");
        var text = new Label(reason);
        text.getStyleClass().add("muted");
        text.setWrapText(true);
        text.setMaxWidth(480);
        getChildren().addAll(icon.node(24), heading, text);
        setAccessibleText(title + ". " + reason);
        if (verb != null) {
            var button = new Button(verb);
            button.setOnAction(_ -> action.run());
            getChildren().add(button);
        }
    }

    /// Without anything to do.
    public EmptyState(Icon icon, String title, String reason) {
        this(icon, title, reason, null, () -> {});
    }
}
