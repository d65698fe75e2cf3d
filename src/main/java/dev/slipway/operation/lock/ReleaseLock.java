package dev.slipway.operation.lock;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.operation.Observation;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.Sending;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import dev.slipway.operation.lock.ProductionLock.Standing;
import java.util.Map;

/// Gives the production lock back. Runs at the end also when the operation stops.
public record ReleaseLock(ProductionLock lock) implements StepWork {
    /// Key of the step.
    public static final String KEY = "release-lock";

    /// The step.
    public static PlanStep step() {
        return PlanStep.mutation(KEY, Provider.GITHUB, Map.of())
                .unfenced()
                .atTheEnd()
                .lasting(new PlanStep.Lasting.Once())
                .onFailure(new PlanStep.OnFailure.WarnOnly())
                .told(
                        "Release the lock",
                        "GitHub: lock ref",
                        "nothing to undo",
                        "warn, the lock expires by itself");
    }

    @Override
    public Observation observe(StepScope scope) {
        return switch (lock.standing(scope.plan().id(), scope.epoch().orElse(0L))) {
            case Standing.Ours(_, var tip) -> Observation.Absent.seen(Map.of("tip", tip.sha()));
            case Standing.Free(var epoch, _) when epoch < scope.epoch().orElse(0L) ->
                    Observation.NotYet.because("GitHub does not show our claim of the lock yet");
            case Standing.Free(var epoch, _) ->
                    Observation.Done.seen(Map.of("epoch", Long.toString(epoch)));
            case Standing.Theirs(var record, _) ->
                    Observation.Done.seen(Map.of("holder", record.holder()));
            case Standing.Unreadable(var tip) ->
                    new Observation.Foreign(
                            "The record of the production lock cannot be read.",
                            Map.of("tip", tip.sha()));
        };
    }

    @Override
    public Receipt send(StepScope scope, Sending sending) {
        if (lock.standing(scope.plan().id(), scope.epoch().orElse(0L)) instanceof Standing.Ours ours
                && !lock.release(ours)) {
            throw new FailureException(
                    new Failure.Busy(Provider.GITHUB, "the lock ref moved meanwhile"));
        }
        return Receipt.NONE;
    }
}
