package dev.slipway.ui.wizard;

import dev.slipway.release.Gate;
import dev.slipway.release.Planned;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;

/// What the page "Confirm" says of what was proposed.
public interface Review {
    /// What was proposed.
    Planned planned();

    /// The consequence, as a question.
    String question();

    /// What it costs and why, in a sentence or two.
    String said();

    /// Whether anything is lost by it.
    default boolean costs() {
        return false;
    }

    /// What will change.
    List<Node> changes();

    /// What will not be touched.
    List<Node> untouched();

    /// How to take it back.
    String undo();

    /// The same as text, a line each.
    List<String> lines();

    /// What can be done about a gate.
    default List<Button> actions(Gate gate) {
        return List.of();
    }
}
