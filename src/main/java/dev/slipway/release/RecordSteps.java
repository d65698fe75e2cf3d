package dev.slipway.release;

import dev.slipway.domain.Provider;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.PlanStep.Lasting;
import dev.slipway.operation.PlanStep.OnFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The steps of a plan that tell others of the release, all at GitHub.
record RecordSteps(PlanBasis basis) {
    /// GitHub limits how much content one token creates in a minute.
    private static final int MOST_COMMENTS = 10;

    List<PlanStep> tags() {
        var steps = new ArrayList<PlanStep>();
        var commit = basis.commitParameter();
        var tag = basis.stack().environment() + "-" + basis.release();
        steps.add(
                of("tag", Map.of("tag", tag, "commit", commit))
                        .told(
                                "Tag " + tag,
                                "GitHub: tags",
                                "delete the tag",
                                "stop, " + basis.release() + " is live"));
        if (basis.stack().promotion().timestampTag()) {
            steps.add(
                    optional("tag.deploy", Map.of("commit", commit))
                            .told(
                                    "Tag deploy-<time>",
                                    "GitHub: tags",
                                    "delete the tag",
                                    "warn only"));
        }
        return steps;
    }

    List<PlanStep> all() {
        var steps = new ArrayList<>(tags());
        var commit = basis.commitParameter();
        steps.add(
                optional("record-deployment.create", Map.of("commit", commit))
                        .told(
                                "Record the deployment",
                                "GitHub: deployments",
                                "set inactive",
                                "warn only"));
        steps.add(
                optional("record-deployment.status", Map.of())
                        .told(
                                "Mark the deployment as successful",
                                "GitHub: deployments",
                                "set inactive",
                                "warn only"));
        told().forEach(number -> steps.add(comment(number)));
        return steps;
    }

    private static PlanStep comment(PullRequestNumber number) {
        return optional("comment." + number.value(), Map.of("number", "" + number.value()))
                .told("Comment on " + number, "GitHub: " + number, "edit the comment", "warn only");
    }

    private static PlanStep of(String key, Map<String, String> parameters) {
        return PlanStep.mutation(key, Provider.GITHUB, parameters).lasting(new Lasting.Once());
    }

    private static PlanStep optional(String key, Map<String, String> parameters) {
        return of(key, parameters).onFailure(new OnFailure.WarnOnly());
    }

    /// The pull requests that are told: the newest ones when a release ships very many.
    private List<PullRequestNumber> told() {
        var all = basis.now().shipped();
        return all.subList(Math.max(0, all.size() - MOST_COMMENTS), all.size());
    }
}
