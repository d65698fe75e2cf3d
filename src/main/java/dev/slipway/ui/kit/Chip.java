package dev.slipway.ui.kit;

import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import org.jspecify.annotations.Nullable;

/// A short word on a tinted ground: "Live now", "Draft", "Nothing has been changed yet".
public final class Chip extends Label {
    /// `icon` may be null.
    public Chip(String text, @Nullable Icon icon, Tone tone) {
        super(text);
        getStyleClass().add("chip");
        setAccessibleRole(AccessibleRole.TEXT);
        setAccessibleText(text);
        tone.on(this);
        if (icon != null) {
            var node = icon.node(14);
            tone.on(node);
            setGraphic(node);
        }
    }
}
