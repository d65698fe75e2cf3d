package dev.slipway.ui.promotion;

import static dev.slipway.ui.kit.Nodes.label;
import static dev.slipway.ui.kit.Nodes.wide;

import dev.slipway.operation.Plan;
import dev.slipway.release.RehearsalResult;
import dev.slipway.ui.kit.Chip;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Tone;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// A plan, one row for each group of steps: what it does, what it touches, how it is undone, what
/// happens when it fails. Each row can be focused, reads as one sentence, and names its single
/// steps in its help.
final class PlanTable extends VBox {
    private static final double[] WIDTHS = {36, 340, 156, 124};

    /// @param rehearsal what was measured of the migrations
    PlanTable(Plan plan, Optional<RehearsalResult> rehearsal) {
        getStyleClass().add("plan-table");
        setAccessibleRole(AccessibleRole.LIST_VIEW);
        setAccessibleText("Plan of " + plan.target());
        var head =
                new HBox(
                        wide(WIDTHS[0], label("")),
                        wide(WIDTHS[1], label("Step")),
                        wide(WIDTHS[2], label("Touches")),
                        wide(WIDTHS[3], label("Undo")),
                        label("If it fails"));
        head.getStyleClass().add("plan-head");
        getChildren().add(head);
        PlanRows.of(plan, rehearsal).forEach(row -> getChildren().add(row(row)));
    }

    private static HBox row(PlanRows.Row row) {
        var number = wide(WIDTHS[0], label(Integer.toString(row.number()), "mono", "muted"));
        number.setAlignment(Pos.CENTER);
        var title = new HBox(8, label(row.title(), "strong"));
        title.setAlignment(Pos.CENTER_LEFT);
        if (row.open()) {
            title.getChildren().add(new Chip("public", Icon.DNS, Tone.MUTED));
        }
        var words = wide(WIDTHS[1], new VBox(title, label(row.detail(), "caption", "muted")));
        words.setAlignment(Pos.CENTER_LEFT);
        var touches = wide(WIDTHS[2], label(row.touches()));
        if (row.icon().isPresent()) {
            touches.setGraphic(row.icon().get().node());
            touches.getStyleClass().add("point");
        } else {
            touches.getStyleClass().add("muted");
        }
        touches.setTooltip(new Tooltip(each(row, s -> s.touches())));
        var undo = wide(WIDTHS[3], label(row.undo()));
        undo.setTooltip(new Tooltip(each(row, s -> s.undo())));
        var fails = new Label(row.ifFails());
        HBox.setHgrow(fails, Priority.ALWAYS);
        var box =
                Nodes.spoken(
                        Nodes.row("plan-row", number, words, touches, undo, fails), row::sentence);
        var parts = each(row, s -> s.ifFails());
        box.setAccessibleHelp(parts);
        Tooltip.install(title, new Tooltip(parts));
        return box;
    }

    private static String each(
            PlanRows.Row row,
            java.util.function.Function<dev.slipway.operation.PlanStep, String> field) {
        return row.steps().stream()
                .map(step -> step.title() + ": " + field.apply(step))
                .collect(Collectors.joining("\n"));
    }

    /// The whole plan as text, every step of it, for a message or a ticket.
    static String text(Plan plan) {
        var lines = new StringBuilder(Words.headline(plan) + "\nPlan " + plan.hash() + "\n");
        int number = 1;
        for (var row : PlanRows.of(plan)) {
            lines.append("\n%d  %s\n".formatted(number++, row.title()));
            for (var step : row.steps()) {
                lines.append(
                        "     %s | touches: %s | undo: %s | if it fails: %s\n"
                                .formatted(
                                        step.title(), step.touches(), step.undo(), step.ifFails()));
            }
        }
        return lines.toString();
    }
}
