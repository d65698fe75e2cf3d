package dev.slipway.release;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.domain.World;
import dev.slipway.migration.LedgerState;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.lock.ClaimLock;
import dev.slipway.operation.lock.ReleaseLock;
import dev.slipway.release.step.Manifest;
import dev.slipway.stack.Stack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// From a situation to the plan that takes it to production. Pure: the same situation gives the same
/// plan, but for its id.
///
/// The order comes from the rehearsal: what live code works with runs first, then the code, then
/// traffic; what it does not work with waits for a plan of its own, made for the code that is live by
/// then. Every prefix keeps live code on a schema it works with.
public final class PromotionPlanner {
    private PromotionPlanner() {}

    /// Plans. Ask [Gates] first whether the plan may run.
    ///
    /// @param id of the operation, see [Plan#freshId]
    public static Plan plan(String id, Stack stack, World world, Situation situation) {
        var basis = new PlanBasis(stack, world, situation);
        return Plan.of(
                id,
                "promotion",
                basis.release(),
                world.id(),
                situation.observed(),
                pins(basis),
                steps(basis));
    }

    /// What a person types to start it.
    public static String phrase(Plan plan) {
        return (plan.kind().equals(Repair.KIND) ? "repair " : "promote ") + plan.target();
    }

    private static List<PlanStep> steps(PlanBasis basis) {
        return basis.schemaOnly() ? schemaOnly(basis) : release(basis);
    }

    /// The migrations the live code was made with, and nothing else.
    private static List<PlanStep> schemaOnly(PlanBasis basis) {
        var schema = new SchemaSteps(basis);
        var traffic = new TrafficSteps(basis);
        var steps = new ArrayList<PlanStep>();
        steps.add(ClaimLock.step(Optional.of(basis.now().release())));
        steps.addAll(schema.restorePoint());
        steps.addAll(schema.rehearsal());
        steps.addAll(schema.migration());
        steps.addAll(traffic.checkLive());
        steps.add(traffic.settleLive());
        steps.addAll(new RecordSteps(basis).tags());
        steps.addAll(schema.cleaning());
        steps.add(ReleaseLock.step());
        return steps;
    }

    private static List<PlanStep> release(PlanBasis basis) {
        var schema = new SchemaSteps(basis);
        var code = new CodeSteps(basis);
        var traffic = new TrafficSteps(basis);
        var steps = new ArrayList<PlanStep>();
        steps.add(ClaimLock.step(Optional.of(basis.now().release())));
        steps.addAll(schema.restorePoint());
        steps.addAll(schema.rehearsal());
        code.merge().ifPresent(steps::add);
        steps.addAll(code.awaitVersions());
        steps.addAll(schema.migration());
        steps.addAll(traffic.checkLive());
        steps.addAll(traffic.stage());
        basis.stack().promotion().traffic().forEach(p -> steps.addAll(traffic.traffic(p)));
        steps.add(traffic.settle());
        steps.addAll(new RecordSteps(basis).all());
        steps.addAll(schema.cleaning());
        steps.add(ReleaseLock.step());
        return steps;
    }

    private static Map<String, String> pins(PlanBasis basis) {
        var now = basis.now();
        var stack = basis.stack();
        var pins = new LinkedHashMap<String, String>();
        pins.put("environment", stack.environment());
        pins.put("repository", stack.repository());
        pins.put("branch", stack.branch());
        pins.put("by", now.by());
        pins.put("release", basis.release());
        pins.put("commit", now.commit().value());
        pins.put("base", now.base().value());
        now.tree().ifPresent(tree -> pins.put("tree", tree));
        now.pullRequest().ifPresent(pr -> pins.put("pullRequest", "" + pr.number().value()));
        pins.put(
                "pullRequests",
                now.shipped().stream()
                        .map(PullRequestNumber::value)
                        .map(String::valueOf)
                        .collect(Collectors.joining(",")));
        for (var worker : now.production().workers()) {
            worker.only().ifPresent(live -> pins.put("live." + worker.name(), live.id()));
        }
        now.production().commit().map(CommitSha::value).ifPresent(c -> pins.put("liveCommit", c));
        now.production().release().ifPresent(r -> pins.put("liveRelease", r));
        now.ledger().value().flatMap(LedgerState::latest).ifPresent(l -> pins.put("schema", l));
        basis.migrations().forEach(m -> pins.put("migration." + m.tag(), m.hash()));
        basis.measured().forEach((tag, classes) -> pins.put("class." + tag, classes));
        now.conditions()
                .secretChanges()
                .value()
                .orElse(Map.of())
                .forEach((worker, at) -> pins.put(Manifest.SECRETS + worker, at.toString()));
        basis.waiting().forEach(m -> pins.put("waiting." + m.tag(), m.hash()));
        now.neon().value().ifPresent(neon -> pins.put("neonBranch", neon.branchId()));
        pins.put("neonProject", stack.neon().project());
        pins.put("account", stack.cloudflare().account());
        return pins;
    }
}
