package dev.slipway.release.rollback;

import dev.slipway.domain.Provider;
import dev.slipway.domain.World;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.PlanStep.Lasting;
import dev.slipway.operation.PlanStep.OnFailure;
import dev.slipway.production.LiveWorker;
import dev.slipway.release.ProbePoint;
import dev.slipway.release.step.HoldCommit;
import dev.slipway.release.step.Manifest;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackWorker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The steps that put code back, the same whether the database goes back with it or not. Pure.
record CodeSteps(Stack stack, World world, Scene scene, Destination to) {
    private static final Duration OFTEN = Duration.ofSeconds(1);

    /// One for each Worker, side by side.
    List<PlanStep> back() {
        return stack.workers().reversed().stream().map(this::back).toList();
    }

    /// Only those that run something else now.
    List<PlanStep> backWhereOther() {
        return stack.workers().reversed().stream().filter(w -> !there(w)).map(this::back).toList();
    }

    /// Whether a Worker runs the version already, with all traffic.
    private boolean there(StackWorker worker) {
        return live(worker)
                .flatMap(LiveWorker::only)
                .map(v -> v.id().equals(to.versions().get(worker.name())))
                .orElse(false);
    }

    private PlanStep back(StackWorker worker) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("script", worker.script());
        parameters.put("worker", worker.name());
        parameters.put("to", to.versions().getOrDefault(worker.name(), ""));
        live(worker).flatMap(LiveWorker::deployment).ifPresent(d -> parameters.put("on", d));
        return PlanStep.mutation("back." + worker.name(), Provider.CLOUDFLARE, parameters)
                .told(
                        "Put " + worker.name() + " back on " + to.name(),
                        "Cloudflare: " + worker.script(),
                        "promote or roll back again",
                        "stop, a person decides")
                .sideBySide();
    }

    PlanStep check() {
        var parameters = new LinkedHashMap<String, String>();
        stack.workers()
                .forEach(w ->
                        parameters.putAll(
                                ProbePoint.of(w, to.versions().getOrDefault(w.name(), ""), false)));
        parameters.putAll(ProbePoint.limits(stack.promotion()));
        parameters.put("everyMillis", "" + every().toMillis());
        return PlanStep.check("check-back", parameters)
                .told(
                        "Check " + to.name() + " with all traffic",
                        "nothing",
                        "nothing to undo",
                        "stop, a person decides");
    }

    /// Whoever goes back waits for the answer, so it is asked for more often than a promotion asks.
    private Duration every() {
        var usual = world.bounds().probeInterval();
        return usual.compareTo(OFTEN) < 0 ? usual : OFTEN;
    }

    /// Holds the commit that is left; none when it stays, or is held already: an undo lets go only what this
    /// holds.
    Optional<PlanStep> hold() {
        return scene.liveCommit()
                .filter(_ -> scene.live().flatMap(PastRelease::held).isEmpty())
                .filter(live -> !to.commit().equals(Optional.of(live)))
                .map(live ->
                        HoldCommit.hold(live, left() + " was rolled back to " + to.name())
                                .onFailure(new OnFailure.WarnOnly()));
    }

    /// None where nobody knows the commit: GitHub's deployments are of one.
    List<PlanStep> record() {
        if (to.commit().isEmpty()) {
            return List.of();
        }
        return List.of(
                record("create")
                        .told(
                                "Record the deployment of " + to.name(),
                                "GitHub: deployments",
                                "nothing to undo",
                                "warn only"),
                record("status")
                        .told(
                                "Mark the deployment as successful",
                                "GitHub: deployments",
                                "nothing to undo",
                                "warn only"));
    }

    private static PlanStep record(String part) {
        return PlanStep.mutation("record-deployment." + part, Provider.GITHUB, Map.of())
                .lasting(new Lasting.Once())
                .onFailure(new OnFailure.WarnOnly());
    }

    /// What was true and what is to be.
    Map<String, String> pins() {
        var pins = new LinkedHashMap<String, String>();
        pins.put("environment", stack.environment());
        pins.put("repository", stack.repository());
        pins.put("branch", stack.branch());
        pins.put("by", scene.by());
        pins.put("release", to.name());
        to.commit().ifPresent(c -> pins.put("commit", c.value()));
        scene.liveCommit().ifPresent(c -> pins.put("liveCommit", c.value()));
        scene.liveRelease().ifPresent(r -> pins.put("liveRelease", r));
        for (var worker : scene.production().workers()) {
            worker.only().ifPresent(live -> pins.put("live." + worker.name(), live.id()));
        }
        to.versions().forEach((worker, id) -> pins.put(Manifest.TO + worker, id));
        pins.put("account", stack.cloudflare().account());
        return pins;
    }

    /// What is left behind, in a word.
    private String left() {
        return scene.liveRelease()
                .or(() -> scene.liveCommit().map(c -> c.brief()))
                .orElse("what was live");
    }

    private Optional<LiveWorker> live(StackWorker worker) {
        return scene.production().workers().stream()
                .filter(w -> w.name().equals(worker.name()))
                .findFirst();
    }
}
