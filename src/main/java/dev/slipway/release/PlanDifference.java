package dev.slipway.release;

import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// How a plan differs from the one that was shown, in sentences for a person.
public final class PlanDifference {
    private PlanDifference() {}

    /// One sentence for each thing the plan is pinned to, one for the steps that are new and one for
    /// those that are gone.
    public static List<String> of(Plan before, Plan now) {
        var sentences = new ArrayList<String>();
        var names = new TreeSet<>(before.pins().keySet());
        names.addAll(now.pins().keySet());
        for (var name : names) {
            var was = before.pins().get(name);
            var is = now.pins().get(name);
            if (was == null) {
                sentences.add(name + " is new: " + is + ".");
            } else if (is == null) {
                sentences.add(name + " was " + was + " and is not there any more.");
            } else if (!was.equals(is)) {
                sentences.add(name + " was " + was + ", now it is " + is + ".");
            }
        }
        steps("New steps: ", without(now, before), sentences);
        steps("Steps no longer needed: ", without(before, now), sentences);
        if (sentences.isEmpty()) {
            sentences.add("A step would be carried out differently.");
        }
        return sentences;
    }

    private static void steps(String title, List<String> steps, List<String> sentences) {
        if (!steps.isEmpty()) {
            sentences.add(title + String.join(", ", steps) + ".");
        }
    }

    private static List<String> without(Plan plan, Plan other) {
        var known = other.steps().stream().map(PlanStep::key).toList();
        return plan.steps().stream()
                .map(PlanStep::key)
                .filter(key -> !known.contains(key))
                .toList();
    }
}
