package dev.slipway.ui.promotion;

import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.operation.Plan;
import dev.slipway.release.RehearsalResult;
import dev.slipway.release.Repair.How;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.rehearsal.VerdictCard;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

/// The page "Rehearse" of an operation that began: what was found before, where this window knows it,
/// and what the run itself rehearses once more before it touches production.
final class BegunRehearsal {
    private BegunRehearsal() {}

    /// @param found what the rehearsal before the start showed
    static List<Node> of(Plan plan, Optional<RehearsalResult> found) {
        var head = Nodes.row("wizard-page-head", label("Rehearse", "section-title"));
        if (Words.how(plan).equals(Optional.of(How.RECORD))) {
            return List.of(
                    head,
                    Nodes.prose(
                            "Nothing is rehearsed: none of its statements runs. That all of what "
                                    + plan.target()
                                    + " does is there was found on a throw-away branch before the"
                                    + " plan was confirmed."));
        }
        var pending = Words.migrations(plan);
        if (pending.isEmpty()) {
            return List.of(
                    head,
                    Nodes.point(
                            Icon.SKIPPED,
                            Tone.MUTED,
                            "No migrations in " + plan.target() + ". Nothing to rehearse."));
        }
        var list = new VBox();
        list.getStyleClass().add("preflight");
        pending.forEach(tag ->
                list.getChildren()
                        .add(
                                Nodes.spoken(
                                        Nodes.row(
                                                "gate-row",
                                                Icon.DATABASE.node(),
                                                label(tag, "mono-strong"),
                                                label("pending", "muted")),
                                        () -> tag + ", pending")));
        var order = new VBox(4);
        plan.steps().stream()
                .filter(step -> step.group().equals("rehearse"))
                .forEach(step ->
                        order.getChildren()
                                .add(Nodes.point(Icon.CHEVRON_RIGHT, Tone.MUTED, step.title())));
        var page =
                new VBox(
                        12,
                        Nodes.prose(
                                "The run rehearses "
                                        + Words.count(pending.size(), "pending migration")
                                        + " once more before anything in production is touched: on a throw-away branch of the production database, with the same statements in the same order. The log of the run has every statement."),
                        new VBox(
                                label(
                                        "What is rehearsed",
                                        "card-title",
                                        "underlined",
                                        "block-title"),
                                list),
                        new VBox(4, label("How", "card-title", "underlined", "block-title"), order),
                        Nodes.point(
                                Icon.OK,
                                Tone.SUCCESS,
                                "When a statement fails there, the run stops. Production is not touched, and users keep "
                                        + Words.liveName(plan)
                                        + "."),
                        Nodes.point(
                                Icon.INFO,
                                Tone.MUTED,
                                "After the migration "
                                        + Words.liveName(plan)
                                        + " is checked on the new schema before any new version gets traffic."));
        found.map(result -> new VerdictCard(result, Words.sides(plan)))
                .ifPresent(verdict -> page.getChildren().addFirst(verdict));
        page.setMaxWidth(720);
        return List.of(head, Nodes.scrolling(page));
    }
}
