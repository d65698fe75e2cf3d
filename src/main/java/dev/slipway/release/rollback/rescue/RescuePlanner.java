package dev.slipway.release.rollback.rescue;

import dev.slipway.domain.Provider;
import dev.slipway.domain.World;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.PlanStep.Lasting;
import dev.slipway.operation.PlanStep.OnFailure;
import dev.slipway.operation.lock.ClaimLock;
import dev.slipway.operation.lock.ReleaseLock;
import dev.slipway.release.rollback.loss.ReplayOptions;
import dev.slipway.release.rollback.loss.Replayed;
import dev.slipway.release.step.BranchStep;
import dev.slipway.stack.Stack;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// From what was rehearsed to the plan that brings lost rows back. Pure. The restore point comes first, so
/// that production can go back to before the rows came.
record RescuePlanner(
        Stack stack, World world, Origin origin, ReplayOptions options, Replayed rehearsed) {
    Plan plan(String id, Instant observed, String by) {
        return Plan.of(
                id,
                RescueProposal.KIND,
                origin.backup().name(),
                world.id(),
                observed,
                pins(by),
                steps());
    }

    private List<PlanStep> steps() {
        var name = origin.production().name();
        var database =
                Map.of(
                        "branch", origin.production().id(),
                        "database", stack.neon().database(),
                        "role", stack.neon().role());
        return List.of(
                ClaimLock.step(Optional.empty()),
                PlanStep.check("record-restore-point", database)
                        .told(
                                "Record the restore point",
                                "Neon: reads " + name,
                                "nothing to undo",
                                "stop, nothing changed"),
                branch(ReplayRows.POINT, origin.history(), "the restored point")
                        .lasting(new Lasting.Once()),
                branch(ReplayRows.BACKUP, origin.backup().id(), origin.backup().name())
                        .lasting(new Lasting.Once()),
                PlanStep.mutation("fence.rescue", Provider.POSTGRES, database)
                        .told(
                                "Raise the fence in the database",
                                "Neon: schema slipway",
                                "nothing to undo",
                                "stop, nothing changed")
                        .lasting(new Lasting.Once()),
                replay(name),
                remove(ReplayRows.POINT),
                remove(ReplayRows.BACKUP),
                ReleaseLock.step());
    }

    private PlanStep branch(String kind, String parent, String what) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("parent", parent);
        if (kind.equals(ReplayRows.POINT)) {
            parameters.putAll(BranchStep.at(origin.point()));
        }
        return PlanStep.mutation(ReplayRows.branchKey(kind), Provider.NEON, parameters)
                .told(
                        "Branch " + what + " to read from",
                        "Neon: throw-away branch",
                        "automatic",
                        "stop, nothing changed");
    }

    private PlanStep replay(String name) {
        return ReplayRows.step(
                        origin.production().id(),
                        stack.migrations().schema(),
                        stack.migrations().table(),
                        options,
                        rehearsed)
                .told(
                        "Bring back "
                                + rehearsed.rows()
                                + (rehearsed.rows() == 1 ? " row" : " rows")
                                + " in one transaction",
                        "Neon: " + name,
                        "slipway rollback --database, to the restore point",
                        "stop, nothing is half done")
                .lasting(new Lasting.Once())
                .withNoReturn();
    }

    private static PlanStep remove(String kind) {
        return PlanStep.mutation(ReplayRows.removalKey(kind), Provider.NEON, Map.of())
                .told(
                        "Remove the branch that was read",
                        "Neon: throw-away branch",
                        "nothing to undo",
                        "warn, it expires by itself")
                .onFailure(new OnFailure.WarnOnly())
                .lasting(new Lasting.Once())
                .atTheEnd();
    }

    private Map<String, String> pins(String by) {
        var pins = new LinkedHashMap<String, String>();
        pins.put("environment", stack.environment());
        pins.put("repository", stack.repository());
        pins.put("by", by);
        pins.put("neonProject", stack.neon().project());
        pins.put("neonBranch", origin.production().id());
        pins.put("backup", origin.backup().id());
        pins.put("point", origin.kept().point());
        return pins;
    }
}
