package dev.slipway.release.step;

import dev.slipway.github.GitHub;
import dev.slipway.operation.Observation;
import dev.slipway.operation.Sending;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import java.util.Map;

/// Starts the workflow that builds and uploads the versions, when the stack has one. Its run is
/// recognised by the mark, which is handed over as an input and shows in the run's title when the
/// workflow's `run-name` holds it, and else by workflow and commit.
public record DispatchWorkflow(GitHub gitHub) implements StepWork {
    @Override
    public Observation observe(StepScope scope) {
        var commit = Shipped.commit(scope);
        var file = scope.step().parameter("workflow");
        return gitHub.runs(commit).stream()
                .filter(run -> run.path().endsWith("/" + file))
                .filter(run -> scope.mine(run.title()) || run.event().equals("workflow_dispatch"))
                .findFirst()
                .<Observation>map(run -> Observation.Done.seen(Map.of("run", "" + run.id())))
                .orElseGet(() -> Observation.Absent.seen(Map.of("run", "none")));
    }

    @Override
    public Receipt send(StepScope scope, Sending sending) {
        var run =
                gitHub.dispatch(
                        scope.step().parameter("workflow"),
                        scope.step().parameter("branch"),
                        Map.of("mark", scope.mark(), "commit", Shipped.commit(scope).value()));
        return run.isPresent() ? new Receipt(Map.of("run", "" + run.getAsLong())) : Receipt.NONE;
    }
}
