package dev.slipway.ui.kit;

import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/// A tooltip that is made when the pointer first comes. Making one takes as long as the cell it is for,
/// and a table opens with a hundred of them, of which a person reads one.
public final class Hint {
    private String text;
    private @Nullable Tooltip tooltip;

    private Hint(Node node, String text) {
        this.text = text;
        node.addEventHandler(MouseEvent.MOUSE_ENTERED, _ -> install(node));
    }

    /// Gives `node` a hint.
    public static Hint on(Node node, String text) {
        return new Hint(node, text);
    }

    /// Says something else from now on.
    public void setText(String other) {
        text = other;
        if (tooltip != null) {
            tooltip.setText(other);
        }
    }

    private void install(Node node) {
        if (tooltip == null) {
            tooltip = new Tooltip(text);
            Tooltip.install(node, tooltip);
        }
    }
}
