package dev.slipway.ui.promotion;

import static dev.slipway.ui.promotion.Nodes.label;

import dev.slipway.operation.Plan;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Tone;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

/// The page "Rehearse". The rehearsal is a step of the run, so there is nothing to show of it yet;
/// the page says what will be rehearsed and what follows from it.
final class RehearsePage {
    private RehearsePage() {}

    static List<Node> of(Plan plan) {
        var head = Nodes.row("wizard-page-head", label("Rehearse", "section-title"));
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
                                        + " before anything in production is touched: on a throw-away branch of the production database, with the same statements in the same order. It has not run yet."),
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
        page.setMaxWidth(720);
        return List.of(head, Nodes.scrolling(page));
    }
}
