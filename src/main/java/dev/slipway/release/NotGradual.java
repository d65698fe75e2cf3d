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
        for (var change : now.conditions().configs().value().orElse(List.of())) {
            change.triggers()
                    .forEach(trigger ->
                            sentences.add(
                                    change.worker()
                                            + " changes its "
                                            + trigger
                                            + ": not gradual. Slipway moves versions only; triggers"
                                            + " change when somebody applies them, for example with"
                                            + " wrangler triggers deploy."));
            if (!change.migrations().isEmpty()) {
                sentences.add(durableObjects(change));
            }
        }
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
