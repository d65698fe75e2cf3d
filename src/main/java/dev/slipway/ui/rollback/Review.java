package dev.slipway.ui.rollback;

import dev.slipway.release.Planned;
import java.util.List;
import javafx.scene.Node;

/// What the page "Confirm" says of what was proposed.
interface Review {
    /// What was proposed.
    Planned planned();

    /// The consequence, as a question.
    String question();

    /// What it costs and why, in a sentence or two.
    String said();

    /// What will change.
    List<Node> changes();

    /// What will not be touched.
    List<Node> untouched();

    /// How to take it back.
    String undo();

    /// The same as text, a line each.
    List<String> lines();

    /// The commit that is left and may be held, in few digits; empty when there is none.
    String left();
}
