package dev.slipway.release.step;

import dev.slipway.domain.Provider;
import dev.slipway.neon.Neon;
import dev.slipway.operation.Observation;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.Sending;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import java.util.Map;

/// Takes the protection of a branch away, or gives it back.
///
/// @param neon the project of the branch
public record ProtectBranch(Neon neon) implements StepWork {
    private static final String PROTECTED = "protected";

    /// The step.
    public static PlanStep step(String key, String branch, boolean isProtected) {
        return PlanStep.mutation(
                key,
                Provider.NEON,
                Map.of("branch", branch, PROTECTED, Boolean.toString(isProtected)));
    }

    private static boolean wanted(StepScope scope) {
        return Boolean.parseBoolean(scope.step().parameter(PROTECTED));
    }

    @Override
    public Observation observe(StepScope scope) {
        var branch = neon.branch(scope.step().parameter("branch"));
        if (branch.isEmpty()) {
            return new Observation.Foreign("The branch is gone.", Map.of());
        }
        var evidence =
                Map.of(
                        "branch",
                        branch.get().id(),
                        PROTECTED,
                        Boolean.toString(branch.get().isProtected()));
        return branch.get().isProtected() == wanted(scope)
                ? Observation.Done.seen(evidence)
                : Observation.Absent.seen(evidence);
    }

    @Override
    public Receipt send(StepScope scope, Sending sending) {
        neon.protect(scope.step().parameter("branch"), wanted(scope));
        return Receipt.NONE;
    }
}
