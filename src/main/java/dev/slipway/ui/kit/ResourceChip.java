package dev.slipway.ui.kit;

import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import org.jspecify.annotations.Nullable;

/// One remote thing: picture of its kind, and its name in mono. Pressing opens it when there is
/// something to open, Ctrl+C and the context menu copy its name.
public final class ResourceChip extends Button {
    /// @param kind what it is, in words, such as "Neon branch"
    /// @param name its name at its provider
    /// @param state its state in words, null when it has none; spoken and in the tooltip
    /// @param open shows it, null when there is nowhere to go
    public ResourceChip(
            Icon icon, String kind, String name, @Nullable String state, @Nullable Runnable open) {
        super(name, icon.node(14));
        getStyleClass().setAll("resource-chip", "mono");
        setAccessibleRole(AccessibleRole.BUTTON);
        var sentence = kind + " " + name + (state == null ? "" : ", " + state);
        setAccessibleText(sentence);
        setAccessibleHelp(
                open == null ? "Ctrl+C copies its name" : "Enter opens it, Ctrl+C copies its name");
        setTooltip(new Tooltip(sentence));
        if (open != null) {
            setOnAction(_ -> open.run());
            getStyleClass().add("opens");
        }
        Copyable.install(this, "name", this::getText);
    }
}
