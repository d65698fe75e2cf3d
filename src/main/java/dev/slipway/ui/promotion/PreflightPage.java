package dev.slipway.ui.promotion;

import static dev.slipway.ui.kit.Nodes.gap;
import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.migration.LedgerState;
import dev.slipway.migration.Migration;
import dev.slipway.release.Gate;
import dev.slipway.release.Proposal;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Status;
import dev.slipway.ui.kit.StatusChip;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The page "Preflight": every gate with its evidence and age, closed ones first.
final class PreflightPage {
    private PreflightPage() {}

    /// @param checkAgain reads everything again; null leaves the button out
    /// @param waive asks for the reason and overrules that gate
    /// @param repair goes to where the ledger is repaired for that migration
    static List<Node> of(
            Proposal made,
            Set<String> waivable,
            Instant now,
            @org.jspecify.annotations.Nullable Runnable checkAgain,
            Consumer<Gate> waive,
            Consumer<String> repair) {
        var skipped =
                made.situation().ledger().value().stream()
                        .flatMap(state -> state.in(LedgerState.State.SKIPPED_BY_DRIZZLE).stream())
                        .map(Migration::tag)
                        .findFirst()
                        .filter(_ -> checkAgain != null);
        var head =
                Nodes.row(
                        "wizard-page-head",
                        label("Preflight", "section-title"),
                        label(counts(made.gates()), "muted"),
                        gap());
        if (checkAgain != null) {
            var again = new Button("Check again", Icon.REFRESH.node());
            again.setOnAction(_ -> checkAgain.run());
            head.getChildren().add(again);
        }
        var list = new VBox();
        list.getStyleClass().add("preflight");
        list.setAccessibleRole(AccessibleRole.LIST_VIEW);
        list.setAccessibleText("Gates, closed ones first");
        ordered(made.gates())
                .forEach(gate -> {
                    var mayWaive = checkAgain != null && waivable.contains(gate.id());
                    var actions = new ArrayList<Button>();
                    if (!gate.open() && gate.id().equals(Gate.LEDGER)) {
                        skipped.ifPresent(tag -> actions.add(fix(tag, repair)));
                    }
                    if (!gate.open() && mayWaive) {
                        actions.add(waive(gate, waive));
                    }
                    list.getChildren().add(row(gate, now, actions));
                });
        return List.of(head, verdict(made), Nodes.scrolling(list));
    }

    /// Closed gates first, each kind in reading order.
    static List<Gate> ordered(List<Gate> gates) {
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
    static String counts(List<Gate> gates) {
        var by = gates.stream().collect(Collectors.groupingBy(Gate::state, Collectors.counting()));
        var words = new ArrayList<String>();
        add(words, by.get(Gate.State.FAIL), "closed");
        add(words, by.get(Gate.State.UNKNOWN), "not known");
        add(words, by.get(Gate.State.WAIVED), "waived");
        add(words, by.get(Gate.State.PASS), "passed");
        return Words.count(gates.size(), "gate") + ": " + String.join(", ", words);
    }

    private static void add(
            List<String> words, @org.jspecify.annotations.Nullable Long number, String word) {
        if (number != null) {
            words.add(number + " " + word);
        }
    }

    private static Node verdict(Proposal made) {
        if (made.open()) {
            return Nodes.point(
                    Icon.OK, Tone.SUCCESS, "Every gate is open. Nothing has been changed yet.");
        }
        if (made.openButForVerdict() && made.rehearsalMissing()) {
            return Nodes.point(
                    Icon.INFO,
                    Tone.ACCENT,
                    "Every gate is open but one, which the rehearsal on the next page answers. Nothing has been changed yet.");
        }
        var label =
                Nodes.point(
                        Icon.BLOCKED,
                        Tone.DANGER,
                        "This cannot go on while a gate is closed or not known. Nothing has been started.");
        label.getStyleClass().add("strong");
        return label;
    }

    private static Button fix(String tag, Consumer<String> repair) {
        var button = new Button("Fix…");
        button.setId("fix-ledger");
        button.setAccessibleText("Fix: repair the ledger for " + tag + ", which Drizzle skips");
        button.setTooltip(new Tooltip("Run " + tag + " now, or write it down as applied"));
        button.setOnAction(_ -> repair.accept(tag));
        return button;
    }

    private static Button waive(Gate gate, Consumer<Gate> waive) {
        var button = new Button("Waive…");
        button.setAccessibleText("Waive the gate " + gate.title());
        button.setOnAction(_ -> waive.accept(gate));
        return button;
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

    static Status status(Gate.State state) {
        return switch (state) {
            case PASS -> Status.PASSED;
            case FAIL -> Status.BLOCKED.saying("Closed");
            case UNKNOWN -> Status.UNKNOWN;
            case WAIVED -> Status.WAIVED;
        };
    }
}
