package dev.slipway.ui.promotion;

import static dev.slipway.ui.kit.Nodes.gap;
import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.migration.LedgerState;
import dev.slipway.migration.Migration;
import dev.slipway.release.Gate;
import dev.slipway.release.Proposal;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.wizard.GateRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;

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
                        label(GateRows.counts(made.gates()), "muted"),
                        gap());
        if (checkAgain != null) {
            var again = new Button("Check again", Icon.REFRESH.node());
            again.setOnAction(_ -> checkAgain.run());
            head.getChildren().add(again);
        }
        var list =
                GateRows.of(
                        made.gates(),
                        now,
                        gate -> {
                            var actions = new ArrayList<Button>();
                            if (!gate.open() && gate.id().equals(Gate.LEDGER)) {
                                skipped.ifPresent(tag -> actions.add(fix(tag, repair)));
                            }
                            if (!gate.open()
                                    && checkAgain != null
                                    && waivable.contains(gate.id())) {
                                actions.add(waive(gate, waive));
                            }
                            return actions;
                        });
        return List.of(head, verdict(made), Nodes.scrolling(list));
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
}
