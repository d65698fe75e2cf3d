package dev.slipway.release.drill;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.domain.Provider;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.PlanStep.Lasting;
import dev.slipway.operation.StepWork;
import dev.slipway.operation.StepWorks;
import dev.slipway.release.ProbePoint;
import dev.slipway.release.fit.Canaries;
import dev.slipway.release.fit.Canaries.Canary;
import dev.slipway.release.step.PutBack;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The plan of a drill and its works: the code is deployed once more, as a promotion does at its end, and
/// given back to the version before, by the very step a rollback has.
record DrillPlan(Stack stack, Canaries canaries, Duration every) {
    static final String DEPLOY = "deploy";
    static final String CHECK_DEPLOY = "check-deploy";
    static final String BACK = "back";
    static final String CHECK_BACK = "check-back";

    Plan plan(String id, String world, Instant now) {
        var steps = new ArrayList<PlanStep>();
        canaries.all().forEach(canary -> steps.add(deploy(canary)));
        steps.add(check(CHECK_DEPLOY, Map.of("made", DEPLOY), true));
        canaries.all().forEach(canary -> steps.add(back(canary)));
        steps.add(check(CHECK_BACK, Map.of(), false));
        return Plan.of(id, "drill", stack.environment(), world, now, Map.of(), steps);
    }

    private static PlanStep deploy(Canary canary) {
        return PlanStep.mutation(
                        DEPLOY + "." + canary.worker().name(), Provider.CLOUDFLARE, at(canary))
                .lasting(new Lasting.Once())
                .unfenced()
                .sideBySide();
    }

    private static PlanStep back(Canary canary) {
        var parameters = new LinkedHashMap<>(at(canary));
        parameters.put("to", first(canary));
        parameters.put("onOf", DeployCanary.deployment(canary.worker().name()));
        return PlanStep.mutation(
                        BACK + "." + canary.worker().name(), Provider.CLOUDFLARE, parameters)
                .unfenced()
                .sideBySide();
    }

    private static Map<String, String> at(Canary canary) {
        return Map.of("script", canary.script().name(), "worker", canary.worker().name());
    }

    private static String first(Canary canary) {
        return canary.script().version().orElseThrow();
    }

    private PlanStep check(String key, Map<String, String> more, boolean newest) {
        var parameters = new LinkedHashMap<>(more);
        canaries.all()
                .forEach(canary ->
                        parameters.putAll(
                                ProbePoint.of(
                                        canaryOf(canary), newest ? "" : first(canary), false)));
        parameters.putAll(ProbePoint.limits(stack.promotion()));
        parameters.put("everyMillis", "" + every.toMillis());
        return PlanStep.check(key, parameters);
    }

    /// The Worker as the probes find it.
    private static StackWorker canaryOf(Canary canary) {
        var worker = canary.worker();
        return new StackWorker(
                worker.name(),
                canary.script().name(),
                canary.script().hostname(),
                Optional.empty(),
                Optional.empty(),
                worker.health(),
                List.of());
    }

    /// The works of the plan.
    ///
    /// @param watch probes Workers
    StepWorks works(Cloudflare cloudflare, StepWork watch) {
        var uploads = new HashMap<String, Canary>();
        canaries.all().forEach(canary -> uploads.put(canary.worker().name(), canary));
        return (_, step) ->
                switch (step.group()) {
                    case DEPLOY ->
                            new DeployCanary(
                                    cloudflare,
                                    Objects.requireNonNull(uploads.get(step.parameter("worker"))));
                    case BACK -> new PutBack(cloudflare);
                    default -> watch;
                };
    }
}
