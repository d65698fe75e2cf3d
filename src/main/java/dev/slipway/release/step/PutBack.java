package dev.slipway.release.step;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.Deployment;
import dev.slipway.cloudflare.Share;
import dev.slipway.domain.FailureException;
import dev.slipway.operation.Observation;
import dev.slipway.operation.Sending;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives all traffic of a Worker to the version an earlier release had. It is named by its id: the
/// version before the live one may be the same code with another secret. Never forced, so old secrets
/// do not come back.
public record PutBack(Cloudflare cloudflare) implements StepWork {
    @Override
    public Observation observe(StepScope scope) {
        var script = scope.step().parameter("script");
        var deployments = Deployments.of(cloudflare, script);
        var live = deployments.stream().findFirst();
        if (live.isEmpty()) {
            return new Observation.Foreign(script + " has no deployment any more.", Map.of());
        }
        var evidence = Deployments.evidence(live.get());
        if (Deployments.same(live.get().shares(), to(scope))) {
            return Deployments.overwritten(scope, deployments)
                    .<Observation>map(o -> Deployments.foreign(script, o, evidence))
                    .orElseGet(() -> Observation.Done.seen(evidence));
        }
        var made = accepted(scope, live.get(), deployments);
        if (made.isPresent()) {
            return Observation.Done.seen(Map.of("deployment", made.get(), "listed", "not yet"));
        }
        return expected(scope, live.get())
                ? new Observation.Absent(evidence, Deployments.captured(live.get()))
                : new Observation.Foreign(
                        script
                                + " was deployed by "
                                + Deployments.author(live.get())
                                + ", outside of this operation. Nothing was overwritten.",
                        evidence);
    }

    /// Our deployment, which Cloudflare has confirmed, while its list still shows the one before: going
    /// back does not wait for a list that lags. That it is listed is seen when the operation settles.
    private static Optional<String> accepted(
            StepScope scope, Deployment live, List<Deployment> listed) {
        return scope.purpose() == StepScope.Purpose.ACT
                        && Deployments.begunOn(scope).filter(live.id()::equals).isPresent()
                ? Optional.ofNullable(scope.receipt().get("deployment"))
                        .filter(id -> listed.stream().noneMatch(d -> d.id().equals(id)))
                : Optional.empty();
    }

    /// Only the deployment the plan was made on, or the one the step was begun on.
    private static boolean expected(StepScope scope, Deployment live) {
        var seen =
                Deployments.begunOn(scope)
                        .or(() -> Optional.ofNullable(scope.step().parameters().get("on")))
                        .or(() ->
                                Optional.ofNullable(scope.step().parameters().get("onOf"))
                                        .flatMap(scope::output));
        return seen.map(live.id()::equals).orElse(false);
    }

    /// The version the plan names, or the one that an earlier step has made.
    private static List<Share> to(StepScope scope) {
        var named = scope.step().parameters().get("to");
        return List.of(
                new Share(named == null ? scope.need(scope.step().parameter("toOf")) : named, 100));
    }

    @Override
    public Receipt send(StepScope scope, Sending sending) {
        var script = scope.step().parameter("script");
        var to = to(scope);
        try {
            var made = cloudflare.deploy(script, to, scope.mark());
            return new Receipt(Map.of("deployment", made.id()));
        } catch (FailureException e) {
            throw new NoReturn(cloudflare, script, to.getFirst().version()).explained(e);
        }
    }
}
