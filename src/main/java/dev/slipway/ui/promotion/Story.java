package dev.slipway.ui.promotion;

import dev.slipway.domain.Sentence;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.RunState;
import dev.slipway.release.Repair.How;
import dev.slipway.release.rollback.loss.Replayed;
import dev.slipway.release.rollback.rescue.RescueWords;
import dev.slipway.ui.kit.Icon;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.kit.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a person reads when an operation does not simply go on: what happened, what was not changed,
/// what to do next, and what can be chosen.
///
/// @param icon beside the title
/// @param changed how production stands now, and what is as it was
/// @param choices in reading order; the first is the usual one
record Story(
        Tone tone,
        Icon icon,
        String title,
        String happened,
        String changed,
        String next,
        List<Choice> choices) {
    private static final Texts TEXTS = Texts.of(Story.class);

    Story {
        choices = List.copyOf(choices);
    }

    /// Something to decide, with its consequence.
    record Choice(Kind kind, String verb, String consequence) {}

    /// What a choice does.
    enum Kind {
        CONTINUE,
        ROLL_BACK,
        LEAVE,
        SEE_PRODUCTION,
        PROMOTE_AGAIN,
        /// Goes forth again to what a rollback has left.
        UNDO,
        /// Gets back what a restore took away.
        RESCUE
    }

    /// The story of `sheet`; empty while it simply runs.
    static Optional<Story> of(RunSheet sheet) {
        var plan = sheet.plan();
        var kind = Subject.of(plan);
        var reason = sheet.row().reason();
        var at = sheet.current().map(PlanStep::title).orElse(sheet.row().stepTitle());
        return switch (sheet.row().state()) {
            case RUNNING -> Optional.empty();
            case PAUSED ->
                    Optional.of(
                            new Story(
                                    Tone.ACCENT,
                                    Icon.PAUSED,
                                    TEXTS.get("promotion.paused.title", at),
                                    reason.isEmpty()
                                            ? TEXTS.get("promotion.paused.asked")
                                            : Sentence.of(reason),
                                    Standing.of(plan, sheet.state()),
                                    TEXTS.get("promotion.paused.next"),
                                    goOn(sheet)));
            case INTERRUPTED ->
                    Optional.of(
                            new Story(
                                    Tone.WARNING,
                                    Icon.ATTENTION,
                                    TEXTS.get("promotion.interrupted.title"),
                                    interrupted(sheet, at),
                                    Standing.of(plan, sheet.state()),
                                    TEXTS.get("promotion.interrupted.next"),
                                    goOn(sheet)));
            case NEEDS_OPERATOR ->
                    Optional.of(
                            new Story(
                                    Tone.DANGER,
                                    Icon.ATTENTION,
                                    TEXTS.get("promotion.needs.title", at),
                                    Sentence.of(reason),
                                    Standing.of(plan, sheet.state()),
                                    TEXTS.get("promotion.needs.next"),
                                    goOn(sheet)));
            case STOPPED_SAFE ->
                    Optional.of(
                            new Story(
                                    Tone.DANGER,
                                    Icon.FAILED,
                                    kind.goesBack()
                                            ? TEXTS.get("promotion.rollback.stopped", plan.target())
                                            : TEXTS.get("promotion.stopped.title", plan.target()),
                                    Sentence.of(reason),
                                    Standing.of(plan, sheet.state()),
                                    TEXTS.get(
                                            switch (kind) {
                                                case PROMOTION -> "promotion.stopped.next";
                                                case REPAIR -> "promotion.repair.stopped.next";
                                                case ROLLBACK, RESTORE ->
                                                        "promotion.rollback.stopped.next";
                                                case RESCUE -> "promotion.rescue.stopped.next";
                                                case HEAL -> "promotion.heal.stopped.next";
                                                case OTHER -> "promotion.other.stopped.next";
                                            }),
                                    after(kind)));
            case ROLLED_BACK ->
                    Optional.of(
                            new Story(
                                    Tone.WARNING,
                                    Icon.UNDO,
                                    kind == Subject.PROMOTION
                                            ? TEXTS.get(
                                                    "promotion.rolled.title", Words.liveName(plan))
                                            : TEXTS.get("promotion.repair.ended", plan.target()),
                                    Sentence.of(reason),
                                    Standing.of(plan, sheet.state()),
                                    kind == Subject.PROMOTION
                                            ? TEXTS.get("promotion.rolled.next", plan.target())
                                            : TEXTS.get("promotion.repair.stopped.next"),
                                    after(kind)));
            case SUCCEEDED ->
                    Optional.of(
                            new Story(
                                    Tone.SUCCESS,
                                    Icon.OK,
                                    done(plan),
                                    kind == Subject.RESCUE
                                            ? RescueWords.sentence(RescueWords.planned(plan))
                                            : TEXTS.get("promotion.done.happened"),
                                    Standing.of(plan, sheet.state()),
                                    switch (kind) {
                                        case PROMOTION ->
                                                TEXTS.get(
                                                        "promotion.done.next",
                                                        Words.liveName(plan));
                                        case REPAIR -> TEXTS.get("promotion.repair.next");
                                        case ROLLBACK ->
                                                TEXTS.get(
                                                        "promotion.rollback.next",
                                                        Words.liveName(plan));
                                        case RESTORE -> TEXTS.get("promotion.restore.next");
                                        case RESCUE ->
                                                TEXTS.get("promotion.rescue.next", plan.target());
                                        case HEAL -> TEXTS.get("promotion.heal.next");
                                        case OTHER -> TEXTS.get("promotion.other.next");
                                    },
                                    finished(plan)));
        };
    }

    private static String done(Plan plan) {
        return switch (Subject.of(plan)) {
            case PROMOTION -> TEXTS.get("promotion.done.title", plan.target());
            case REPAIR ->
                    TEXTS.get(
                            Words.how(plan).equals(Optional.of(How.RECORD))
                                    ? "promotion.repair.record.done"
                                    : "promotion.repair.apply.done",
                            plan.target());
            case ROLLBACK -> TEXTS.get("promotion.rollback.done", plan.target());
            case RESTORE ->
                    TEXTS.get("promotion.restore.done", plan.pins().getOrDefault("restoreTo", "?"));
            case RESCUE ->
                    TEXTS.get("promotion.rescue.done", Replayed.rows(RescueWords.planned(plan)));
            case HEAL -> TEXTS.get("promotion.heal.done", plan.target());
            case OTHER -> TEXTS.get("promotion.other.done", Words.headline(plan));
        };
    }

    private static List<Choice> finished(Plan plan) {
        var all = new ArrayList<Choice>();
        all.add(new Choice(Kind.SEE_PRODUCTION, TEXTS.get("promotion.choice.production"), ""));
        var kind = Subject.of(plan);
        if (kind == Subject.RESTORE) {
            all.add(new Choice(Kind.RESCUE, TEXTS.get("promotion.choice.rescue"), ""));
        }
        if (kind == Subject.RESCUE) {
            all.add(new Choice(Kind.RESCUE, TEXTS.get("promotion.choice.rescue.again"), ""));
        }
        if (kind.goesBack()) {
            all.add(
                    new Choice(
                            Kind.UNDO,
                            kind == Subject.RESTORE
                                    ? TEXTS.get("promotion.choice.undo.restore")
                                    : TEXTS.get("promotion.choice.undo", Words.liveName(plan)),
                            ""));
        }
        return all;
    }

    private static String interrupted(RunSheet sheet, String at) {
        var taken =
                sheet.state()
                        .takenOver()
                        .map(t ->
                                " "
                                        + TEXTS.get(
                                                "promotion.interrupted.taken",
                                                t.by(),
                                                t.from(),
                                                t.reason()))
                        .orElse("");
        return TEXTS.get(
                        "promotion.interrupted.happened",
                        sheet.plan().target(),
                        sheet.position(),
                        sheet.stages().size(),
                        at)
                + taken;
    }

    private static List<Choice> after(Subject kind) {
        var see = new Choice(Kind.SEE_PRODUCTION, TEXTS.get("promotion.choice.production"), "");
        return kind == Subject.OTHER
                ? List.of(see)
                : List.of(
                        see,
                        new Choice(Kind.PROMOTE_AGAIN, TEXTS.get("promotion.choice.again"), ""));
    }

    private static List<Choice> goOn(RunSheet sheet) {
        var plan = sheet.plan();
        var all = new ArrayList<Choice>();
        all.add(
                new Choice(
                        Kind.CONTINUE,
                        TEXTS.get("promotion.choice.continue", sheet.position()),
                        TEXTS.get("promotion.choice.continue.means")));
        var kind = Subject.of(plan);
        if (kind == Subject.PROMOTION || kind == Subject.REPAIR) {
            all.add(
                    new Choice(
                            Kind.ROLL_BACK,
                            TEXTS.get(
                                    kind == Subject.REPAIR
                                            ? "promotion.choice.end"
                                            : "promotion.choice.back"),
                            wayBack(plan, sheet.state())));
        }
        all.add(
                new Choice(
                        Kind.LEAVE,
                        TEXTS.get("promotion.choice.leave"),
                        TEXTS.get("promotion.choice.leave.means")));
        return all;
    }

    /// What going back would do from here, step by step.
    static List<PlanStep> compensations(Plan plan, RunState state) {
        var at =
                state.current()
                        .map(step -> plan.steps().indexOf(step))
                        .orElse(plan.steps().size() - 1);
        for (int i = at; i >= 0; i--) {
            var step = plan.steps().get(i);
            var begun =
                    state.stateOf(step.key()) != dev.slipway.operation.StepState.PLANNED || i == at;
            if (begun && !step.onFailure().steps().isEmpty()) {
                return step.onFailure().steps();
            }
        }
        return List.of();
    }

    /// What going back means, in a sentence.
    static String wayBack(Plan plan, RunState state) {
        var live = Words.liveName(plan);
        var steps = compensations(plan, state);
        var merged =
                Standing.holds(plan, state, "merge")
                        ? " " + merged(plan) + " stays on the base branch."
                        : "";
        var migrated =
                Standing.holds(plan, state, "migrate.apply")
                        ? " " + PlanRows.migrations(plan) + " stays; " + live + " works with it."
                        : "";
        return (steps.isEmpty()
                        ? TEXTS.get("promotion.back.nothing", live)
                        : TEXTS.get(
                                "promotion.back.traffic",
                                live,
                                Words.count(steps.size(), "Worker")))
                + merged
                + migrated;
    }

    private static String merged(Plan plan) {
        return Words.pullRequest(plan).map(n -> "#" + n).orElse(Words.commit(plan));
    }

    /// Whether a person must choose before anything goes on.
    boolean asks() {
        return choices.stream().anyMatch(c -> c.kind() == Kind.CONTINUE);
    }
}
