package dev.slipway.ui.promotion;

import static dev.slipway.ui.kit.Nodes.gap;
import static dev.slipway.ui.kit.Nodes.label;

import dev.slipway.operation.Plan;
import dev.slipway.release.RehearsalResult;
import dev.slipway.release.rollback.loss.Replayed;
import dev.slipway.release.rollback.rescue.RescueWords;
import dev.slipway.release.step.RestoreBranch;
import dev.slipway.ui.kit.Chip;
import dev.slipway.ui.kit.Copyable;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Nodes;
import dev.slipway.ui.kit.Times;
import dev.slipway.ui.kit.Tone;
import dev.slipway.ui.rehearsal.Classes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The page "Plan": everything the operation will do, before anything is done.
final class PlanPage {
    private PlanPage() {}

    /// @param begun whether the operation began, so that the plan is shown for reading only
    /// @param rehearsal what was measured of the migrations, as far as this window knows
    static List<Node> of(
            Plan plan,
            Optional<RehearsalResult> rehearsal,
            Optional<Estimate> estimate,
            boolean begun) {
        var copy = new Button("Copy as text", Icon.COPY.node());
        copy.setOnAction(_ -> Copyable.toClipboard(PlanTable.text(plan)));
        var hash = label(Words.hash(plan), "mono");
        Copyable.install(hash, "plan hash", plan::hash);
        hash.setFocusTraversable(true);
        hash.setAccessibleText("Plan " + plan.hash());
        hash.setAccessibleHelp("Ctrl+C copies the whole hash");
        hash.getStyleClass().add("spoken");
        var chip =
                begun
                        ? new Chip("Approved, for reading", Icon.LOCK, Tone.MUTED)
                        : new Chip(
                                "Nothing has been changed yet", Icon.NOTHING_CHANGED, Tone.MUTED);
        chip.getStyleClass().add("strong");
        var head =
                Nodes.row(
                        "wizard-page-head",
                        label("Plan", "section-title"),
                        chip,
                        gap(),
                        label(
                                switch (Subject.of(plan)) {
                                    case PROMOTION -> "Order: schema, then code, then traffic";
                                    case ROLLBACK -> "Code only: the database stays as it is";
                                    case RESTORE -> "Order: database, then code";
                                    case HEAL ->
                                            "Order: uploads, then traffic; the code is the same";
                                    case REPAIR, RESCUE, OTHER ->
                                            "Code and traffic stay as they are";
                                },
                                "caption",
                                "muted"),
                        new HBox(4, label("Plan", "caption", "muted"), hash),
                        copy);
        return List.of(
                head,
                facts(plan, rehearsal, estimate),
                Nodes.scrolling(new VBox(new PlanTable(plan, rehearsal), noReturn(plan))));
    }

    private static Node workers(Plan plan) {
        if (Subject.of(plan) == Subject.HEAL) {
            return fact("Workers", label("uploaded again", "strong"), plan.target());
        }
        var back = Words.workers(plan);
        return back.isEmpty()
                ? fact("Workers", label("none", "strong"), "what is live stays")
                : fact(
                        "Workers",
                        label(back.size() + " put back", "strong"),
                        String.join(", ", back));
    }

    private static HBox facts(
            Plan plan, Optional<RehearsalResult> rehearsal, Optional<Estimate> estimate) {
        var also = Words.also(plan).size();
        var commit =
                new HBox(
                        6,
                        label(Words.commit(plan), "mono-strong"),
                        label(Words.title(plan), "strong"));
        var pending = Words.migrations(plan);
        if (Subject.of(plan) == Subject.RESCUE) {
            var rows = RescueWords.planned(plan);
            return Nodes.row(
                    "facts-card",
                    fact(
                            "Rows",
                            label("" + Replayed.rows(rows), "mono-strong"),
                            RescueWords.sentence(rows)),
                    fact("From", label(plan.target(), "strong"), "which is only read"),
                    fact("Workers", label("none", "strong"), "what is live stays"));
        }
        if (Subject.of(plan).goesBack()
                || Subject.of(plan) == Subject.HEAL
                || Subject.of(plan) == Subject.OTHER) {
            return Nodes.row(
                    "facts-card",
                    fact(
                            "Commit",
                            label(Words.commit(plan), "mono-strong"),
                            plan.pins().getOrDefault("repository", "")),
                    workers(plan),
                    plan.step(RestoreBranch.KEY)
                            .map(step ->
                                    fact(
                                            "Database",
                                            label(
                                                    "to "
                                                            + plan.pins()
                                                                    .getOrDefault("restoreTo", "?"),
                                                    "strong"),
                                            "kept as " + step.parameter("backup")))
                            .orElseGet(() ->
                                    fact(
                                            "Database",
                                            label("not touched", "strong"),
                                            "no row is changed")));
        }
        if (Words.how(plan).isPresent()) {
            return Nodes.row(
                    "facts-card",
                    fact(
                            "Migration",
                            label(plan.target(), "mono-strong"),
                            "skipped by Drizzle, of " + Words.commit(plan)),
                    fact(
                            "How",
                            label(Words.how(plan).map(Words::how).orElse(""), "strong"),
                            rehearsal
                                    .map(result -> migrations(pending, Optional.of(result)))
                                    .map(measured -> measured + ", as rehearsed")
                                    .orElse("its row in the ledger only")),
                    fact("Workers", label("none", "strong"), "users keep " + Words.liveName(plan)));
        }
        return Nodes.row(
                "facts-card",
                fact(
                        "Commit",
                        commit,
                        Words.pullRequest(plan).isPresent()
                                ? "1 PR"
                                        + (also == 0
                                                ? ", nothing else since " + Words.liveName(plan)
                                                : ", plus "
                                                        + Words.count(also, "PR")
                                                        + " on the base branch since "
                                                        + Words.liveName(plan))
                                : Words.count(also, "PR") + " since " + Words.liveName(plan)),
                fact(
                        "Workers",
                        label(Words.count(Words.workers(plan).size(), "new version"), "strong"),
                        String.join(", ", Words.workers(plan))),
                fact(
                        "Migrations",
                        label(migrations(pending, rehearsal), "strong"),
                        waiting(plan, pending)),
                fact(
                        "Takes",
                        label(
                                estimate.map(e -> Words.about(e.total())).orElse("not known yet"),
                                "strong"),
                        estimate.map(e ->
                                        "as the last "
                                                + Words.count(e.runs(), "promotion")
                                                + " did")
                                .orElse("then " + Times.words(Words.soak(plan)) + " of watching")));
    }

    private static String migrations(List<String> pending, Optional<RehearsalResult> rehearsal) {
        var classes =
                pending.stream()
                        .flatMap(tag -> rehearsal.stream().flatMap(r -> r.migration(tag).stream()))
                        .flatMap(report -> report.classes().stream())
                        .toList();
        return pending.isEmpty()
                ? "none"
                : pending.size() + (classes.isEmpty() ? "" : " " + Classes.words(classes));
    }

    private static String waiting(Plan plan, List<String> pending) {
        var waiting = Words.waiting(plan);
        if (!waiting.isEmpty()) {
            return Words.count(waiting.size(), "migration")
                    + (waiting.size() == 1 ? " waits" : " wait")
                    + " for a later plan";
        }
        return pending.isEmpty() ? "schema stays as it is" : PlanRows.migrations(plan);
    }

    private static VBox fact(String name, Node value, String note) {
        var box =
                Nodes.column(
                        "fact",
                        label(name, "caption", "muted"),
                        value,
                        label(note, "caption", "muted"));
        box.setMinWidth(Region.USE_PREF_SIZE);
        HBox.setHgrow(box, Priority.SOMETIMES);
        return box;
    }

    /// The sentence about the point of no return.
    static HBox noReturn(Plan plan) {
        var points = Words.pointsOfNoReturn(plan);
        var onlyMerge = points.stream().allMatch(s -> s.group().equals("merge"));
        var live = Words.liveName(plan);
        var words = new ArrayList<Node>();
        if (onlyMerge) {
            words.add(Icon.OK.node(Tone.SUCCESS));
            words.add(label("No point of no return.", "strong"));
            words.add(
                    label(
                            switch (Subject.of(plan)) {
                                        case PROMOTION ->
                                                "Users can be put back on "
                                                        + live
                                                        + " after every step.";
                                        case ROLLBACK ->
                                                "Its versions stay at Cloudflare, so "
                                                        + live
                                                        + " can come back the same way.";
                                        case RESTORE ->
                                                "What is there now is kept, and the restore can be"
                                                        + " undone from it.";
                                        case REPAIR -> "Users keep " + live + " all the time.";
                                        case HEAL ->
                                                "What served before has the same code and stays at"
                                                        + " Cloudflare.";
                                        case RESCUE, OTHER -> "What is live stays as it is.";
                                    }
                                    + (points.isEmpty()
                                            ? ""
                                            : " The merge is public: it is undone by a revert PR."),
                            "muted"));
        } else {
            words.add(Icon.ATTENTION.node(Tone.DANGER));
            words.add(label("Point of no return:", "strong", "tone-danger"));
            words.add(
                    label(
                            points.getFirst().title() + ". What comes before it can be taken back.",
                            "muted"));
        }
        var row = new HBox(8);
        row.getChildren().setAll(words);
        row.getStyleClass().add("no-return");
        return row;
    }
}
