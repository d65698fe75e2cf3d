package dev.slipway.release.drill;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.operation.Observation;
import dev.slipway.operation.Sending;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import dev.slipway.release.fit.Canaries.Canary;
import java.util.HashMap;
import java.util.Map;

/// Uploads the code of a throw-away Worker once more and gives the new version all traffic. Nobody else
/// knows the Worker, so any version but the first is this step's. Gives the version and the deployment.
record DeployCanary(Cloudflare cloudflare, Canary canary) implements StepWork {
    private static final String ON = DrillPlan.DEPLOY + ".on.";

    /// Name of the output that holds the deployment of `worker`.
    static String deployment(String worker) {
        return ON + worker;
    }

    @Override
    public Observation observe(StepScope scope) {
        var live = cloudflare.deployments(canary.script().name()).stream().findFirst();
        var version = live.flatMap(d -> d.only());
        if (version.isEmpty() || version.equals(canary.script().version())) {
            return Observation.Absent.seen(Map.of("live", version.orElse("none")));
        }
        var outputs = new HashMap<String, String>();
        outputs.put(scope.step().key(), version.get());
        outputs.put(deployment(canary.worker().name()), live.get().id());
        return new Observation.Done(outputs, Map.of("live", version.get()));
    }

    @Override
    public Receipt send(StepScope scope, Sending sending) {
        var made = cloudflare.createScript(canary.again());
        return new Receipt(made.map(id -> Map.of("version", id)).orElse(Map.of()));
    }
}
