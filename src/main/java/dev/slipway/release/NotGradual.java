package dev.slipway.release;

import dev.slipway.release.Situation.ConfigChange;
import java.util.ArrayList;
import java.util.List;

/// What a promotion does to all users at once: part of the plan a person confirms.
final class NotGradual {
    private NotGradual() {}

    /// One sentence each.
    static List<String> of(Situation now) {
        var sentences = new ArrayList<String>();
        for (var worker : now.production().workers()) {
            if (worker.neverDeployed()) {
                sentences.add(
                        worker.name()
                                + " is deployed for the first time: not gradual, it gets 100 % at"
                                + " once.");
            }
        }
        var changes = now.conditions().configs().value().orElse(List.of());
        for (var change : changes) {
            if (!change.triggers().isEmpty()) {
                sentences.add(
                        change.worker()
                                + " changes its "
                                + String.join(" and ", change.triggers())
                                + ": not gradual.");
            }
        }
        if (changes.stream().anyMatch(change -> !change.triggers().isEmpty())) {
            sentences.add(
                    "Slipway moves versions only; triggers change when somebody applies them, for"
                            + " example with wrangler triggers deploy.");
        }
        changes.stream()
                .filter(change -> !change.migrations().isEmpty())
                .map(NotGradual::durableObjects)
                .forEach(sentences::add);
        return sentences;
    }

    private static String durableObjects(ConfigChange change) {
        return change.worker()
                + " has the Durable Object "
                + (change.migrations().size() == 1 ? "migration " : "migrations ")
                + String.join(", ", change.migrations())
                + ": not gradual. Cloudflare takes "
                + (change.migrations().size() == 1 ? "it" : "them")
                + " only with a deployment that gives all traffic at once, so CI can upload no version before"
                + " that is done.";
    }
}
