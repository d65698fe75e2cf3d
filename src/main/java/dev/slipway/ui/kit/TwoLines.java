package dev.slipway.ui.kit;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// A cell of two lines: what it is, and smaller below it why or whose.
public final class TwoLines extends VBox {
    public TwoLines(Node first, Node second) {
        getStyleClass().add("two-lines");
        getChildren().addAll(first, second);
    }

    /// A name in 600 over a muted caption.
    public static TwoLines of(String first, String second) {
        var name = new Label(first);
        name.getStyleClass().add("strong");
        var below = new Label(second);
        below.getStyleClass().addAll("caption", "muted");
        return new TwoLines(name, below);
    }

    /// A status over a muted caption that begins under its word.
    public static TwoLines of(Status status, String reason) {
        var below = new Label(reason);
        below.getStyleClass().addAll("caption", "muted", "under-word");
        return new TwoLines(new StatusChip(status), below);
    }
}
