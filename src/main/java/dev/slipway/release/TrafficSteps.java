package dev.slipway.release;

import dev.slipway.domain.Provider;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.PlanStep.Lasting;
import dev.slipway.operation.PlanStep.OnFailure;
import dev.slipway.stack.StackWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The steps of a plan that move traffic, and those that watch it.
final class TrafficSteps {
    private final PlanBasis basis;

    /// Back to what was live; without anything live there is nothing to go back to.
    private final OnFailure trafficBack;

    TrafficSteps(PlanBasis basis) {
        this.basis = basis;
        this.trafficBack =
                basis.anyLive()
                        ? new OnFailure.Compensate(
                                liveWorkers().stream().map(this::trafficBack).toList())
                        : new OnFailure.StopSafe();
    }

    /// Nothing when nothing is live.
    List<PlanStep> checkLive() {
        if (!basis.anyLive()) {
            return List.of();
        }
        var parameters = new LinkedHashMap<String, String>();
        for (var worker : basis.stack().workers()) {
            basis.live(worker)
                    .ifPresent(v -> parameters.putAll(ProbePoint.of(worker, v.id(), false)));
        }
        parameters.putAll(limits());
        return List.of(
                PlanStep.check("check-live", parameters)
                        .told(
                                basis.migrations().isEmpty()
                                        ? "Check that " + basis.liveName() + " is well"
                                        : "Check " + basis.liveName() + " on the new schema",
                                "nothing",
                                "nothing to undo",
                                "stop, " + basis.liveName() + " keeps all traffic"));
    }

    /// New versions of live Workers at 0 %, and their smoke test.
    List<PlanStep> stage() {
        var staged = liveWorkers();
        if (staged.isEmpty()) {
            return List.of();
        }
        var steps = new ArrayList<PlanStep>();
        for (var worker : staged) {
            steps.add(
                    shift("stage", worker, 0)
                            .told(
                                    "Stage " + worker.name() + " at 0 %",
                                    "Cloudflare: " + worker.script(),
                                    "automatic",
                                    "traffic stays with " + basis.liveName())
                            .lasting(new Lasting.Until(nextShift(0, worker)))
                            .onFailure(trafficBack));
        }
        steps.add(
                PlanStep.check("smoke", probing(staged, true))
                        .told(
                                "Smoke the new versions at 0 %",
                                "nothing", "automatic", "users see " + basis.liveName())
                        .onFailure(trafficBack));
        return steps;
    }

    /// A rise of the traffic and the watch over it. Workers deployed for the first time get all of
    /// theirs with the last rise.
    List<PlanStep> traffic(int percent) {
        var last = percent == 100;
        var moving = last ? basis.stack().workers() : liveWorkers();
        if (moving.isEmpty()) {
            return List.of();
        }
        var steps = new ArrayList<PlanStep>();
        for (var worker : moving) {
            steps.add(
                    shift("traffic-" + percent, worker, percent)
                            .told(
                                    shiftTitle(worker, percent),
                                    "Cloudflare: " + worker.script(),
                                    "automatic",
                                    back())
                            .lasting(
                                    last
                                            ? new Lasting.Always()
                                            : new Lasting.Until(nextShift(percent, worker)))
                            .onFailure(trafficBack));
        }
        var parameters = probing(moving, true);
        parameters.put("percent", "" + percent);
        steps.add(
                PlanStep.check("traffic-" + percent, parameters)
                        .told(
                                "Watch " + percent + " % of the traffic",
                                "nothing",
                                "automatic",
                                back())
                        .onFailure(trafficBack));
        return steps;
    }

    private String shiftTitle(StackWorker worker, int percent) {
        return basis.live(worker).isPresent()
                ? "Give " + worker.name() + " " + percent + " % of the traffic"
                : "Deploy " + worker.name() + " for the first time, at 100 %";
    }

    PlanStep settle() {
        var parameters = probing(basis.stack().workers(), false);
        parameters.put("soakMillis", "" + basis.soak().toMillis());
        return PlanStep.check("settle", parameters)
                .told(
                        "Watch all traffic for " + words(basis.soak()),
                        "nothing",
                        "automatic",
                        back())
                .onFailure(trafficBack)
                .within(basis.soak().plus(basis.world().bounds().stepDeadline()));
    }

    /// The watch over what is live, after a migration without new code. There is no traffic to put
    /// back.
    PlanStep settleLive() {
        var parameters = new LinkedHashMap<String, String>();
        for (var worker : basis.stack().workers()) {
            basis.live(worker)
                    .ifPresent(v -> parameters.putAll(ProbePoint.of(worker, v.id(), false)));
        }
        parameters.putAll(limits());
        parameters.put("soakMillis", "" + basis.soak().toMillis());
        return PlanStep.check("settle", parameters)
                .told(
                        "Watch " + basis.liveName() + " for " + words(basis.soak()),
                        "nothing",
                        "nothing to undo",
                        "stop, a person decides")
                .within(basis.soak().plus(basis.world().bounds().stepDeadline()));
    }

    private List<StackWorker> liveWorkers() {
        return basis.stack().workers().stream().filter(w -> basis.live(w).isPresent()).toList();
    }

    private Map<String, String> limits() {
        return ProbePoint.limits(basis.stack().promotion());
    }

    private Map<String, String> probing(List<StackWorker> workers, boolean pinned) {
        var parameters = new LinkedHashMap<String, String>();
        workers.forEach(w -> parameters.putAll(ProbePoint.of(w, "", pinned)));
        parameters.putAll(limits());
        return parameters;
    }

    private String nextShift(int percent, StackWorker worker) {
        return basis.stack().promotion().traffic().stream()
                .filter(p -> p > percent)
                .findFirst()
                .map(p -> "traffic-" + p + "." + worker.name())
                .orElse("release-lock");
    }

    private PlanStep shift(String group, StackWorker worker, int percent) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("script", worker.script());
        parameters.put("worker", worker.name());
        parameters.put("percent", "" + percent);
        basis.live(worker).ifPresent(v -> parameters.put("from", v.id()));
        return PlanStep.mutation(group + "." + worker.name(), Provider.CLOUDFLARE, parameters);
    }

    private String back() {
        return "traffic back to " + basis.liveName();
    }

    private PlanStep trafficBack(StackWorker worker) {
        return PlanStep.mutation(
                        "traffic-back." + worker.name(),
                        Provider.CLOUDFLARE,
                        Map.of(
                                "script", worker.script(),
                                "worker", worker.name(),
                                "to", basis.live(worker).orElseThrow().id()))
                .told(
                        "Put the traffic of " + worker.name() + " back to " + basis.liveName(),
                        "Cloudflare: " + worker.script(),
                        "nothing to undo",
                        "needs a person");
    }

    private static String words(Duration duration) {
        return duration.toMinutes() > 0
                ? duration.toMinutes() + " min"
                : duration.toSeconds() + " s";
    }
}
