package dev.slipway.release.step;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.Share;
import dev.slipway.operation.Observation;
import dev.slipway.operation.Sending;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import java.util.List;
import java.util.Map;

/// Puts all traffic of a Worker back to the version that was live before. Overwrites only what this
/// operation deployed itself.
public record TrafficBack(Cloudflare cloudflare) implements StepWork {
    @Override
    public Observation observe(StepScope scope) {
        var script = scope.step().parameter("script");
        var to = List.of(new Share(scope.step().parameter("to"), 100));
        var deployments = Deployments.of(cloudflare, script);
        var live = deployments.stream().findFirst();
        if (live.isEmpty()) {
            return new Observation.Foreign(script + " has no deployment any more.", Map.of());
        }
        var evidence = Deployments.evidence(live.get());
        if (Deployments.same(live.get().shares(), to)) {
            return Deployments.overwritten(scope, deployments)
                    .<Observation>map(o -> Deployments.foreign(script, o, evidence))
                    .orElseGet(() -> Observation.Done.seen(evidence));
        }
        return live.get().message().map(scope::ours).orElse(false)
                ? new Observation.Absent(evidence, Deployments.captured(live.get()))
                : new Observation.Foreign(
                        script
                                + " was deployed by "
                                + Deployments.author(live.get())
                                + " meanwhile. Its traffic was left as it is.",
                        evidence);
    }

    @Override
    public Receipt send(StepScope scope, Sending sending) {
        var made =
                cloudflare.deploy(
                        scope.step().parameter("script"),
                        List.of(new Share(scope.step().parameter("to"), 100)),
                        scope.mark());
        return new Receipt(Map.of("deployment", made.id()));
    }
}
