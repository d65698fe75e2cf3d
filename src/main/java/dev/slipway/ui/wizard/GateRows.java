package dev.slipway.ui.wizard;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.release.Gate;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.StatusChip;
import dev.slipway.ui.kit.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Gates as rows: state, what must hold, what was seen, how long ago; closed ones first.
public final class GateRows {
    private GateRows() {}

    /// The rows.
    ///
    /// @param actions what can be done about a gate
    public static VBox of(
            List<Gate> gates, Instant now, Function<Gate, ? extends List<Button>> actions) {
        var list = new VBox();
        list.getStyleClass().add("preflight");
        list.setAccessibleRole(AccessibleRole.LIST_VIEW);
        list.setAccessibleText("Gates, closed ones first");
        ordered(gates).forEach(gate -> list.getChildren().add(row(gate, now, actions.apply(gate))));
        return list;
    }

    /// Closed gates first, each kind in reading order.
    public static List<Gate> ordered(List<Gate> gates) {
        return gates.stream().sorted(Comparator.comparingInt(g -> rank(g.state()))).toList();
    }

    private static int rank(Gate.State state) {
        return switch (state) {
            case FAIL -> 0;
            case UNKNOWN -> 1;
            case WAIVED -> 2;
            case PASS -> 3;
        };
    }

    /// `18 gates: 1 closed, 2 not known, 15 passed`.
    public static String counts(List<Gate> gates) {
        var by = gates.stream().collect(Collectors.groupingBy(Gate::state, Collectors.counting()));
        var words = new ArrayList<String>();
        add(words, by.get(Gate.State.FAIL), "closed");
        add(words, by.get(Gate.State.UNKNOWN), "not known");
        add(words, by.get(Gate.State.WAIVED), "waived");
        add(words, by.get(Gate.State.PASS), "passed");
        return gates.size()
                + (gates.size() == 1 ? " gate: " : " gates: ")
                + String.join(", ", words);
    }

    private static void add(List<String> words, @Nullable Long number, String word) {
        if (number != null) {
            words.add(number + " " + word);
        }
    }

    private static HBox row(Gate gate, Instant now, List<Button> actions) {
        var chip = Nodes.wide(92, new StatusChip(status(gate.state())));
        var title = Nodes.wide(232, Nodes.prose(gate.title(), "strong"));
        var evidence = new Label(gate.evidence());
        evidence.setWrapText(true);
        evidence.setMinHeight(Label.USE_PREF_SIZE);
        evidence.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(evidence, Priority.ALWAYS);
        var age = Nodes.wide(48, label(Times.ago(gate.asOf(), now), "caption", "muted"));
        age.setTooltip(new Tooltip("read " + Times.ago(gate.asOf(), now) + " ago"));
        age.setAlignment(javafx.geometry.Pos.CENTER_RIGHT);
        var row = Nodes.row("gate-row", chip, title, evidence);
        for (var button : actions) {
            button.getStyleClass().add("small");
            button.setMinWidth(Button.USE_PREF_SIZE);
            row.getChildren().add(button);
        }
        row.getChildren().add(age);
        return Nodes.spoken(row, () -> sentence(gate, now));
    }

    private static String sentence(Gate gate, Instant now) {
        return gate.title()
                + ": "
                + status(gate.state()).word()
                + ". "
                + gate.evidence()
                + " Read "
                + Times.ago(gate.asOf(), now)
                + ".";
    }

    /// How a gate stands.
    public static Status status(Gate.State state) {
        return switch (state) {
            case PASS -> Status.PASSED;
            case FAIL -> Status.BLOCKED.saying("Closed");
            case UNKNOWN -> Status.UNKNOWN;
            case WAIVED -> Status.WAIVED;
        };
    }
}
