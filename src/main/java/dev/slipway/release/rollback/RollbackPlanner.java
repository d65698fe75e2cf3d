package dev.slipway.release.rollback;

import dev.slipway.domain.Provider;
import dev.slipway.domain.World;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.PlanStep.Lasting;
import dev.slipway.operation.PlanStep.OnFailure;
import dev.slipway.operation.lock.ClaimLock;
import dev.slipway.operation.lock.ReleaseLock;
import dev.slipway.production.LiveWorker;
import dev.slipway.release.ProbePoint;
import dev.slipway.release.step.HoldCommit;
import dev.slipway.release.step.Manifest;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// From what was observed to the plan that gives all traffic back to the code of an earlier release.
/// Pure. The database is not touched. The Workers return side by side, because each second of the release
/// that is left counts and any order leaves both releases beside each other for a while.
record RollbackPlanner(Stack stack, World world, Scene scene, PastRelease release, boolean hold) {
    private static final Duration OFTEN = Duration.ofSeconds(1);

    Plan plan(String id) {
        return Plan.of(
                id,
                RollbackProposal.KIND,
                release.name(),
                world.id(),
                scene.observed(),
                pins(),
                steps());
    }

    private List<PlanStep> steps() {
        var steps = new ArrayList<PlanStep>();
        steps.add(ClaimLock.step(Optional.empty()));
        stack.workers().reversed().forEach(worker -> steps.add(back(worker)));
        steps.add(check());
        if (hold) {
            scene.production()
                    .commit()
                    .filter(live -> !live.equals(release.commit()))
                    .ifPresent(live ->
                            steps.add(
                                    HoldCommit.hold(
                                                    live,
                                                    left()
                                                            + " was rolled back to "
                                                            + release.name())
                                            .onFailure(new OnFailure.WarnOnly())));
        }
        steps.add(
                record("create", Map.of())
                        .told(
                                "Record the deployment of " + release.name(),
                                "GitHub: deployments",
                                "nothing to undo",
                                "warn only"));
        steps.add(
                record("status", Map.of())
                        .told(
                                "Mark the deployment as successful",
                                "GitHub: deployments",
                                "nothing to undo",
                                "warn only"));
        steps.add(ReleaseLock.step());
        return steps;
    }

    private PlanStep back(StackWorker worker) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("script", worker.script());
        parameters.put("worker", worker.name());
        parameters.put("to", release.versions().getOrDefault(worker.name(), ""));
        live(worker).flatMap(LiveWorker::deployment).ifPresent(d -> parameters.put("on", d));
        return PlanStep.mutation("back." + worker.name(), Provider.CLOUDFLARE, parameters)
                .told(
                        "Put " + worker.name() + " back on " + release.name(),
                        "Cloudflare: " + worker.script(),
                        "promote or roll back again",
                        "stop, a person decides")
                .sideBySide();
    }

    private PlanStep check() {
        var parameters = new LinkedHashMap<String, String>();
        stack.workers()
                .forEach(w ->
                        parameters.putAll(
                                ProbePoint.of(
                                        w, release.versions().getOrDefault(w.name(), ""), false)));
        parameters.putAll(ProbePoint.limits(stack.promotion()));
        parameters.put("everyMillis", "" + every().toMillis());
        return PlanStep.check("check-back", parameters)
                .told(
                        "Check " + release.name() + " with all traffic",
                        "nothing",
                        "nothing to undo",
                        "stop, a person decides");
    }

    /// Whoever goes back waits for the answer, so it is asked for more often than a promotion asks.
    private Duration every() {
        var usual = world.bounds().probeInterval();
        return usual.compareTo(OFTEN) < 0 ? usual : OFTEN;
    }

    private static PlanStep record(String part, Map<String, String> parameters) {
        return PlanStep.mutation("record-deployment." + part, Provider.GITHUB, parameters)
                .lasting(new Lasting.Once())
                .onFailure(new OnFailure.WarnOnly());
    }

    private Map<String, String> pins() {
        var pins = new LinkedHashMap<String, String>();
        pins.put("environment", stack.environment());
        pins.put("repository", stack.repository());
        pins.put("branch", stack.branch());
        pins.put("by", scene.by());
        pins.put("release", release.name());
        pins.put("commit", release.commit().value());
        scene.production().commit().ifPresent(c -> pins.put("liveCommit", c.value()));
        scene.production().release().ifPresent(r -> pins.put("liveRelease", r));
        for (var worker : scene.production().workers()) {
            worker.only().ifPresent(live -> pins.put("live." + worker.name(), live.id()));
        }
        release.versions().forEach((worker, id) -> pins.put(Manifest.TO + worker, id));
        pins.put("account", stack.cloudflare().account());
        return pins;
    }

    /// What is left behind, in a word.
    private String left() {
        return scene.production()
                .release()
                .or(() -> scene.production().commit().map(c -> c.brief()))
                .orElse("what was live");
    }

    private Optional<LiveWorker> live(StackWorker worker) {
        return scene.production().workers().stream()
                .filter(w -> w.name().equals(worker.name()))
                .findFirst();
    }
}
