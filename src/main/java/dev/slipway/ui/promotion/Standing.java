package dev.slipway.ui.promotion;

import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.RunState;
import dev.slipway.operation.StepState;
import dev.slipway.release.rollback.rescue.ReplayRows;
import dev.slipway.release.rollback.rescue.RescueWords;
import dev.slipway.release.step.RestoreBranch;
import dev.slipway.ui.kit.Texts;
import java.util.ArrayList;

/// How production stands by the journal of an operation.
final class Standing {
    private static final Texts TEXTS = Texts.of(Standing.class);

    private Standing() {}

    /// How production stands, and what is as it was.
    static String of(Plan plan, RunState state) {
        switch (Subject.of(plan)) {
            case ROLLBACK, RESTORE -> {
                return putBack(plan, state);
            }
            case RESCUE -> {
                return rescued(plan, state);
            }
            case HEAL -> {
                return healed(plan, state);
            }
            case OTHER -> {
                return TEXTS.get("promotion.other.untouched");
            }
            case PROMOTION, REPAIR -> {}
        }
        var live = Words.liveName(plan);
        var facts = new ArrayList<String>();
        var percent = traffic(plan, state);
        facts.add(
                percent == 0
                        ? "Users see " + live + "."
                        : percent == 100
                                ? plan.target() + " has all traffic."
                                : plan.target()
                                        + " has "
                                        + percent
                                        + " % of the traffic, "
                                        + live
                                        + " the rest.");
        if (!Words.migrations(plan).isEmpty()) {
            facts.add(
                    holds(plan, state, "migrate.apply")
                            ? PlanRows.migrations(plan)
                                    + (Words.migrations(plan).size() == 1 ? " is" : " are")
                                    + " applied; "
                                    + live
                                    + " works with "
                                    + (Words.migrations(plan).size() == 1 ? "it." : "them.")
                            : PlanRows.migrations(plan)
                                    + (Words.migrations(plan).size() == 1 ? " has" : " have")
                                    + " not run in production.");
        }
        Words.pullRequest(plan)
                .ifPresent(n ->
                        facts.add(
                                holds(plan, state, "merge")
                                        ? "#" + n + " is merged."
                                        : "#" + n + " is not merged."));
        return String.join(" ", facts);
    }

    private static String rescued(Plan plan, RunState state) {
        var left = RescueWords.left(plan);
        var step = state.stateOf(ReplayRows.KEY);
        return TEXTS.get(
                        step.holds()
                                ? "promotion.rescue.back"
                                : step == StepState.PLANNED || step == StepState.NOT_APPLIED
                                        ? "promotion.rescue.not"
                                        : "promotion.rescue.unknown",
                        plan.target())
                + (left.isEmpty()
                        ? ""
                        : " " + TEXTS.get("promotion.rescue.left", String.join(" ", left)));
    }

    private static String healed(Plan plan, RunState state) {
        var serve = plan.steps().stream().filter(step -> step.group().equals("serve")).toList();
        var done = serve.stream().filter(step -> state.stateOf(step.key()).holds()).count();
        return TEXTS.get(
                done == 0
                        ? "promotion.heal.none"
                        : done == serve.size() ? "promotion.heal.all" : "promotion.heal.some",
                done,
                serve.size());
    }

    private static String putBack(Plan plan, RunState state) {
        var back =
                Words.putBack(plan)
                        .filter(step -> state.stateOf(step.key()).holds())
                        .map(step -> step.parameters().getOrDefault("worker", ""))
                        .toList();
        var all = Words.putBack(plan).count();
        var facts = new ArrayList<String>();
        facts.add(
                all == 0
                        ? TEXTS.get("promotion.restore.code", Words.liveName(plan))
                        : back.isEmpty()
                                ? TEXTS.get("promotion.rollback.none", Words.liveName(plan))
                                : back.size() == all
                                        ? TEXTS.get("promotion.rollback.all", plan.target())
                                        : TEXTS.get(
                                                "promotion.rollback.some",
                                                Words.and(back),
                                                plan.target(),
                                                Words.liveName(plan)));
        facts.add(
                plan.step(RestoreBranch.KEY)
                        .map(step ->
                                state.stateOf(step.key()).holds()
                                        ? TEXTS.get(
                                                "promotion.restore.kept", step.parameter("backup"))
                                        : TEXTS.get("promotion.restore.not"))
                        .orElseGet(() -> TEXTS.get("promotion.rollback.database")));
        if (holds(plan, state, "hold")) {
            facts.add(
                    TEXTS.get(
                            "promotion.rollback.held",
                            Words.brief(plan.pins().getOrDefault("liveCommit", ""), 7)));
        }
        return String.join(" ", facts);
    }

    /// The part of the traffic the journal gives the new versions; 0 after it was put back.
    static int traffic(Plan plan, RunState state) {
        if (plan.all()
                .anyMatch(
                        s -> s.group().equals("traffic-back") && state.stateOf(s.key()).holds())) {
            return 0;
        }
        int percent = 0;
        for (int part : Words.traffic(plan)) {
            var moves =
                    plan.steps().stream()
                            .filter(s ->
                                    s.group().equals("traffic-" + part)
                                            && s.kind() == PlanStep.Kind.MUTATION)
                            .toList();
            if (moves.stream().anyMatch(s -> state.stateOf(s.key()).holds())) {
                percent = part;
            }
        }
        return percent;
    }

    /// Whether the plan has a step of this key and its change holds.
    static boolean holds(Plan plan, RunState state, String key) {
        return plan.step(key).isPresent() && state.stateOf(key).holds();
    }
}
