package dev.slipway.release;

import dev.slipway.domain.World;
import dev.slipway.migration.Migration;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.lock.ClaimLock;
import dev.slipway.operation.lock.ReleaseLock;
import dev.slipway.stack.Stack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// From a situation to the plan that repairs the ledger for a migration Drizzle skips: it is run now,
/// or only written down. Pure.
///
/// The row gets the migration's own time and hash. Drizzle 0.x compares with the newest time alone, so
/// an older row changes nothing for it: it sees as many pending as before.
final class RepairPlanner {
    private RepairPlanner() {}

    static Plan plan(
            String id,
            Stack stack,
            World world,
            Situation situation,
            Migration migration,
            Repair.How how,
            Optional<RehearsalResult> rehearsal) {
        var basis = new PlanBasis(stack, world, situation);
        return Plan.of(
                id,
                Repair.KIND,
                migration.tag(),
                world.id(),
                situation.observed(),
                pins(basis, migration, how),
                steps(basis, migration, how, rehearsal));
    }

    private static List<PlanStep> steps(
            PlanBasis basis,
            Migration migration,
            Repair.How how,
            Optional<RehearsalResult> rehearsal) {
        var schema = new SchemaSteps(basis);
        var only = List.of(migration);
        var run = RunSteps.of(basis, only, PlanBasis.noReturn(rehearsal, only));
        var production = late(schema.settingsOfProduction(PlanBasis.needed(rehearsal, only)));
        var steps = new ArrayList<PlanStep>();
        steps.add(ClaimLock.step(Optional.empty()));
        steps.addAll(schema.restorePoint());
        switch (how) {
            case APPLY -> {
                steps.addAll(schema.onBranch(run.rehearsal(late(schema.settings()))));
                steps.add(schema.fence());
                steps.addAll(run.migration(production));
                steps.addAll(new TrafficSteps(basis).checkLive());
                steps.addAll(schema.discarding(run.discarding(production)));
            }
            case RECORD -> {
                steps.add(schema.fence());
                steps.add(run.record(production));
            }
        }
        steps.add(ReleaseLock.step());
        return steps;
    }

    private static Map<String, String> late(Map<String, String> settings) {
        var late = new LinkedHashMap<>(settings);
        late.put("late", "true");
        return late;
    }

    private static Map<String, String> pins(PlanBasis basis, Migration migration, Repair.How how) {
        var now = basis.now();
        var stack = basis.stack();
        var pins = new LinkedHashMap<String, String>();
        pins.put("environment", stack.environment());
        pins.put("repository", stack.repository());
        pins.put("branch", stack.branch());
        pins.put("by", now.by());
        pins.put("commit", now.commit().value());
        now.tree().ifPresent(tree -> pins.put("tree", tree));
        pins.put("how", how.key());
        pins.put("migration." + migration.tag(), migration.hash());
        for (var worker : now.production().workers()) {
            worker.only().ifPresent(live -> pins.put("live." + worker.name(), live.id()));
        }
        now.production().commit().ifPresent(live -> pins.put("liveCommit", live.value()));
        now.production().release().ifPresent(live -> pins.put("liveRelease", live));
        now.neon().value().ifPresent(neon -> pins.put("neonBranch", neon.branchId()));
        pins.put("neonProject", stack.neon().project());
        return pins;
    }
}
