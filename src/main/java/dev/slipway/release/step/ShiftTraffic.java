package dev.slipway.release.step;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.Deployment;
import dev.slipway.cloudflare.Share;
import dev.slipway.operation.Observation;
import dev.slipway.operation.Safeguards;
import dev.slipway.operation.Sending;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives a Worker's new version a part of the traffic: stages it at 0 %, or raises its part.
///
/// Cloudflare has no fence, so what is live is compared with what this operation left there before
/// and after; anything else is somebody else's work.
public record ShiftTraffic(Cloudflare cloudflare) implements StepWork {
    @Override
    public Observation observe(StepScope scope) {
        var script = scope.step().parameter("script");
        var wanted = shares(scope);
        var deployments = Deployments.of(cloudflare, script);
        var live = deployments.stream().findFirst();
        if (live.isEmpty()) {
            return from(scope).isEmpty()
                    ? Observation.Absent.seen(Map.of("deployment", "none"))
                    : new Observation.Foreign(script + " has no deployment any more.", Map.of());
        }
        var version = wanted.getFirst().version();
        if (wanted.size() == 1
                && from(scope).filter(version::equals).isPresent()
                && live.get().only().filter(version::equals).isPresent()) {
            return Observation.Done.seen(Map.of("live", version));
        }
        var evidence = Deployments.evidence(live.get());
        if (live.get().message().map(scope::mine).orElse(false)) {
            return Deployments.same(live.get().shares(), wanted)
                    ? Deployments.overwritten(scope, deployments)
                            .<Observation>map(o -> Deployments.foreign(script, o, evidence))
                            .orElseGet(() -> Observation.Done.seen(evidence))
                    : new Observation.Foreign(
                            script + " carries our mark with other percentages.", evidence);
        }
        if (scope.purpose() == StepScope.Purpose.RECHECK && passed(scope, live.get())) {
            return Observation.Done.seen(evidence);
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

    /// Whether a later step of this operation took this one's place. The journal knows, but the copy of
    /// it that a run is taken over with may end a change earlier.
    private static boolean passed(StepScope scope, Deployment live) {
        var message = live.message().orElse("");
        var plan = scope.plan();
        return plan.steps().stream()
                .dropWhile(step -> !step.equals(scope.step()))
                .skip(1)
                .filter(step ->
                        scope.step().parameter("script").equals(step.parameters().get("script")))
                .anyMatch(step -> Safeguards.Marks.EXACT.carry(message, plan.mark(step)));
    }

    /// What may be live before this step: what this operation left, or what the plan saw. Once the
    /// step was begun, only the very deployment it was begun on: the same version may have been put
    /// back by somebody since.
    private static boolean expected(StepScope scope, Deployment live) {
        if (live.message().map(scope::ours).orElse(false)) {
            return true;
        }
        var begunOn = Deployments.begunOn(scope);
        var recorded = from(scope);
        return recorded.isPresent()
                && live.only().equals(recorded)
                && begunOn.map(live.id()::equals).orElse(true);
    }

    private static Optional<String> from(StepScope scope) {
        return Optional.ofNullable(scope.step().parameters().get("from"));
    }

    private static List<Share> shares(StepScope scope) {
        var worker = scope.step().parameter("worker");
        var percent = Integer.parseInt(scope.step().parameter("percent"));
        var version = scope.need("await-versions." + worker);
        var before = from(scope);
        return before.isEmpty() || percent == 100 || before.get().equals(version)
                ? List.of(new Share(version, 100))
                : List.of(new Share(before.get(), 100 - percent), new Share(version, percent));
    }

    @Override
    public Receipt send(StepScope scope, Sending sending) {
        var made = cloudflare.deploy(scope.step().parameter("script"), shares(scope), scope.mark());
        return new Receipt(Map.of("deployment", made.id()));
    }
}
