package dev.slipway.release;

import dev.slipway.domain.Provider;
import dev.slipway.github.PullRequest;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.PlanStep.Lasting;
import dev.slipway.stack.Stack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The steps of a plan that bring the code into the base branch and its versions into being.
record CodeSteps(PlanBasis basis) {
    /// Nothing for a commit, which is on the base branch already.
    Optional<PlanStep> merge() {
        return basis.now().pullRequest().map(this::merge);
    }

    private PlanStep merge(PullRequest pr) {
        var now = basis.now();
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("number", "" + pr.number().value());
        parameters.put("head", now.commit().value());
        parameters.put("base", now.base().value());
        parameters.put("tree", now.tree().orElse(""));
        parameters.put("method", basis.stack().promotion().merge().key());
        parameters.put("title", pr.title());
        return PlanStep.mutation("merge", Provider.GITHUB, parameters)
                .told(
                        "Merge " + pr.number() + " at " + now.commit().brief(),
                        "GitHub: " + basis.stack().branch(),
                        "revert pull request",
                        stop())
                .withNoReturn();
    }

    List<PlanStep> awaitVersions() {
        var steps = new ArrayList<PlanStep>();
        if (basis.stack().versions() instanceof Stack.Versions.Workflow workflow) {
            steps.add(
                    PlanStep.mutation(
                                    "await-versions.dispatch",
                                    Provider.GITHUB,
                                    Map.of(
                                            "workflow", workflow.file(),
                                            "branch", basis.stack().branch(),
                                            "commit", basis.commitParameter()))
                            .told(
                                    "Start " + workflow.file(),
                                    "GitHub: Actions",
                                    "nothing to undo",
                                    stop())
                            .lasting(new Lasting.Once()));
        }
        var workers =
                basis.stack().workers().stream()
                        .map(w -> w.name() + "=" + w.script())
                        .collect(Collectors.joining(","));
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("workers", workers);
        parameters.put("commit", basis.commitParameter());
        // What is live hands its secrets on to versions; a first version has only its own.
        basis.stack().workers().stream()
                .filter(w -> basis.live(w).isEmpty() && !w.secrets().isEmpty())
                .forEach(w -> parameters.put("secrets." + w.name(), String.join(",", w.secrets())));
        steps.add(
                PlanStep.waiting("await-versions", parameters)
                        .told(
                                "Wait for the versions of " + shippedName(),
                                "nothing",
                                "nothing to undo",
                                stop())
                        .asking(Provider.CLOUDFLARE));
        return steps;
    }

    private String stop() {
        return "stop, users see " + basis.liveName();
    }

    private String shippedName() {
        return basis.now()
                .pullRequest()
                .map(pr -> pr.number() + " merged")
                .orElseGet(() -> basis.now().commit().brief());
    }
}
