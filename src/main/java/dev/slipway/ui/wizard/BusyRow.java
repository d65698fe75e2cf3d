package dev.slipway.ui.wizard;

import dev.slipway.ui.kit.Nodes;
import javafx.geometry.Pos;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;

/// What is being done right now.
public final class BusyRow {
    private BusyRow() {}

    /// The row; empty while nothing is.
    ///
    /// @param doing a sentence without its full stop, or nothing
    public static HBox of(String doing) {
        var row = new HBox(12);
        row.setAlignment(Pos.CENTER_LEFT);
        if (!doing.isEmpty()) {
            var bar = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
            bar.setPrefWidth(120);
            bar.setAccessibleText(doing);
            row.getChildren().setAll(bar, Nodes.label(doing, "muted"));
        }
        return row;
    }
}
