package dev.slipway.ui.kit;

import static dev.slipway.ui.kit.Nodes.gap;

import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Conditions, one a row: what must hold, whether it does, and what says so. Each row can be
/// focused and reads as one sentence; Ctrl+C copies it.
public final class GateList extends VBox {
    /// One condition.
    ///
    /// @param name what must hold, such as "Checks on 8b4d0c7"
    /// @param evidence what was seen, such as "9 of 9, 13:51"; may be empty
    public record Gate(String name, Status status, String evidence) {
        String sentence() {
            return name + ": " + status.word() + (evidence.isEmpty() ? "" : ", " + evidence);
        }
    }

    private final ObservableList<Gate> gates = FXCollections.observableArrayList();

    public GateList() {
        getStyleClass().add("gate-list");
        setAccessibleRole(AccessibleRole.LIST_VIEW);
        gates.subscribe(() -> getChildren().setAll(gates.stream().map(GateList::row).toList()));
    }

    /// The conditions, in the order shown.
    public ObservableList<Gate> getGates() {
        return gates;
    }

    /// Shows `all` instead of what was shown.
    public void setGates(List<Gate> all) {
        gates.setAll(all);
    }

    private static Node row(Gate gate) {
        var name = new Label(gate.name());
        name.setMinWidth(USE_PREF_SIZE);
        var evidence = new Label(gate.evidence());
        evidence.getStyleClass().addAll("caption", "muted");
        evidence.setTooltip(new Tooltip(gate.evidence()));
        var row = new HBox(gate.status().icon().node(gate.status().tone()), name, gap(), evidence);
        row.getStyleClass().add("gate");
        row.setFocusTraversable(true);
        row.setAccessibleRole(AccessibleRole.LIST_ITEM);
        row.setAccessibleText(gate.sentence());
        Copyable.byKey(row, gate::sentence);
        return row;
    }
}
