package dev.slipway.ui.promotion;

import static dev.slipway.ui.kit.Nodes.fact;
import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.operation.Plan;
import dev.slipway.ui.kit.Chip;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.ResourceChip;
import dev.slipway.ui.kit.Tone;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The page "Choose": what will be in production, and what will not.
final class ChoosePage {
    private ChoosePage() {}

    static List<Node> of(Plan plan) {
        var chip = new Chip("Nothing has been changed yet", Icon.NOTHING_CHANGED, Tone.MUTED);
        chip.getStyleClass().add("strong");
        var head = Nodes.row("wizard-page-head", label("Choose", "section-title"), chip);
        var pin =
                Nodes.point(
                        Icon.PIN,
                        Tone.ACCENT,
                        Words.commit(plan) + " exactly. A newer push will not be included.");
        pin.getStyleClass().add("strong");
        var facts =
                new VBox(
                        label("What is shipped", "card-title", "underlined", "block-title"),
                        fact(
                                "As",
                                label(plan.target() + ", after " + Words.liveName(plan), "strong")),
                        commit(plan),
                        fact("Also included", also(plan)),
                        fact("Workers", workers(plan)),
                        fact("Migrations", migrations(plan)),
                        fact(
                                "From, to",
                                label(
                                        plan.pins().getOrDefault("repository", "")
                                                + ", "
                                                + plan.pins().getOrDefault("branch", "")
                                                + " → "
                                                + plan.pins().getOrDefault("environment", ""))));
        facts.setMaxWidth(720);
        return List.of(head, pin, Nodes.scrolling(facts));
    }

    private static HBox commit(Plan plan) {
        var sha = plan.pins().getOrDefault("commit", "");
        var chip = new ResourceChip(Icon.COMMIT, "Commit", sha, null, null);
        var title = Words.title(plan);
        return Words.pullRequest(plan)
                .map(number ->
                        fact("Pull request", label("#" + number + " " + title, "strong"), chip))
                .orElseGet(() -> fact("Commit", chip));
    }

    private static List<Node> also(Plan plan) {
        var also = Words.also(plan);
        if (also.isEmpty()) {
            return List.of(
                    label(
                            "nothing else: "
                                    + plan.pins().getOrDefault("branch", "the base branch")
                                    + " has no commit that "
                                    + Words.liveName(plan)
                                    + " lacks",
                            "muted"));
        }
        var chips = new FlowPane(6, 4);
        also.forEach(number ->
                chips.getChildren()
                        .add(
                                new ResourceChip(
                                        Icon.MERGE,
                                        "Pull request",
                                        "#" + number,
                                        "merged since " + Words.liveName(plan),
                                        null)));
        return List.of(
                chips,
                label(
                        "on "
                                + plan.pins().getOrDefault("branch", "the base branch")
                                + " since "
                                + Words.liveName(plan)
                                + ", so they go out too",
                        "caption",
                        "muted"));
    }

    private static List<Node> workers(Plan plan) {
        var rows = new ArrayList<Node>();
        for (var worker : Words.workers(plan)) {
            var from =
                    Words.live(plan, worker)
                            .map(id -> Words.brief(id, 8))
                            .orElse("not deployed yet");
            var row =
                    new HBox(
                            8,
                            Nodes.wide(220, label(worker, "strong")),
                            label(from, "mono", "muted"),
                            label("→", "muted"),
                            label("version of " + Words.commit(plan) + ", built by CI", "muted"));
            rows.add(row);
        }
        return rows;
    }

    private static List<Node> migrations(Plan plan) {
        var pending = Words.migrations(plan);
        var waiting = Words.waiting(plan);
        if (pending.isEmpty() && waiting.isEmpty()) {
            return List.of(label("none pending", "muted"));
        }
        var rows = new ArrayList<Node>();
        if (!waiting.isEmpty()) {
            rows.add(
                    label(
                            String.join(", ", waiting)
                                    + (waiting.size() == 1 ? " waits" : " wait")
                                    + " for a plan of "
                                    + (waiting.size() == 1 ? "its own" : "their own")));
        }
        pending.forEach(tag -> rows.add(label(tag, "mono-strong")));
        var schema = plan.pins().get("schema");
        if (schema != null) {
            rows.add(label("pending on production, which is at " + schema, "caption", "muted"));
        }
        return rows;
    }
}
