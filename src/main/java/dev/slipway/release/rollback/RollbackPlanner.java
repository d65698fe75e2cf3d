package dev.slipway.release.rollback;

import dev.slipway.domain.World;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.lock.ClaimLock;
import dev.slipway.operation.lock.ReleaseLock;
import dev.slipway.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// From what was observed to the plan that gives all traffic back to the code of an earlier release.
/// Pure. The database is not touched. The Workers return side by side, because each second of the release
/// that is left counts and any order leaves both releases beside each other for a while.
record RollbackPlanner(Stack stack, World world, Scene scene, PastRelease release, boolean hold) {
    Plan plan(String id) {
        var code = new CodeSteps(stack, world, scene, Destination.of(release));
        return Plan.of(
                id,
                RollbackProposal.KIND,
                release.name(),
                world.id(),
                scene.observed(),
                code.pins(),
                steps(code));
    }

    private List<PlanStep> steps(CodeSteps code) {
        var steps = new ArrayList<PlanStep>();
        steps.add(ClaimLock.step(Optional.empty()));
        steps.addAll(code.back());
        steps.add(code.check());
        if (hold) {
            code.hold().ifPresent(steps::add);
        }
        steps.addAll(code.record());
        steps.add(ReleaseLock.step());
        return steps;
    }
}
