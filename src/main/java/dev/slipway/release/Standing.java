package dev.slipway.release;

import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.RunState;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What users see while an operation stands still, from what it has done. Pure.
public final class Standing {
    private static final String BACK = "back";

    private Standing() {}

    /// One sentence: `Traffic stays at 10 %.`
    public static String sentence(Plan plan, RunState run) {
        var shifts = steps(plan, step -> step.parameters().containsKey("percent"));
        if (!shifts.isEmpty()) {
            return shifted(plan, done(shifts, run));
        }
        var back = steps(plan, step -> step.group().equals(BACK));
        return back.isEmpty() ? "Traffic stays as it is." : returned(plan, back, done(back, run));
    }

    private static List<PlanStep> steps(Plan plan, Predicate<PlanStep> wanted) {
        return plan.steps().stream()
                .filter(step -> step.kind() == PlanStep.Kind.MUTATION)
                .filter(step -> step.parameters().containsKey("worker"))
                .filter(wanted)
                .toList();
    }

    private static List<PlanStep> done(List<PlanStep> steps, RunState run) {
        return steps.stream().filter(step -> run.stateOf(step.key()).holds()).toList();
    }

    private static String shifted(Plan plan, List<PlanStep> done) {
        var percents = new LinkedHashMap<String, String>();
        done.forEach(step -> percents.put(step.parameter("worker"), step.parameter("percent")));
        if (percents.values().stream().allMatch("0"::equals)) {
            return "No user sees " + plan.target() + " yet.";
        }
        var different = new LinkedHashSet<>(percents.values());
        var all = percents.keySet().equals(workers(plan));
        return different.size() == 1 && all
                ? "Traffic stays at " + different.getFirst() + " %."
                : "Traffic stays at "
                        + percents.entrySet().stream()
                                .map(e -> e.getKey() + " " + e.getValue() + " %")
                                .collect(Collectors.joining(", "))
                        + ".";
    }

    private static Set<String> workers(Plan plan) {
        var workers = new LinkedHashSet<String>();
        steps(plan, step -> step.parameters().containsKey("percent"))
                .forEach(step -> workers.add(step.parameter("worker")));
        return workers;
    }

    private static String returned(Plan plan, List<PlanStep> all, List<PlanStep> done) {
        if (done.isEmpty()) {
            return "No Worker is back on " + plan.target() + " yet.";
        }
        if (done.size() == all.size()) {
            return "Every Worker is back on " + plan.target() + ".";
        }
        return "Back on "
                + plan.target()
                + " is "
                + done.stream()
                        .map(step -> step.parameter("worker"))
                        .collect(Collectors.joining(", "))
                + " alone.";
    }
}
