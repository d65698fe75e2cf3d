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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Takes the production lock. Gives `claim-lock.epoch`.
public record ClaimLock(ProductionLock lock) implements StepWork {
    /// Key of the step.
    public static final String KEY = "claim-lock";

    /// Parameter: the release number claimed, when the operation makes a release.
    public static final String RELEASE = "release";

    /// The step. It is the only change before which the lock need not be held.
    ///
    /// @param release number of the release the operation will make
    public static PlanStep step(Optional<Integer> release) {
        var parameters = new HashMap<String, String>();
        release.ifPresent(r -> parameters.put(RELEASE, Integer.toString(r)));
        return PlanStep.mutation(KEY, Provider.GITHUB, parameters)
                .unfenced()
                .lasting(new PlanStep.Lasting.Until(ReleaseLock.KEY))
                .told(
                        "Claim the lock",
                        "GitHub: lock ref",
                        "released at the end",
                        "stop, nothing changed");
    }

    @Override
    public Observation observe(StepScope scope) {
        return switch (lock.standing(scope.plan().id(), scope.epoch().orElse(0L))) {
            case Standing.Ours(var record, var tip) ->
                    new Observation.Done(
                            Map.of(KEY + ".epoch", Long.toString(record.epoch())),
                            Map.of("tip", tip.sha()));
            case Standing.Free(var epoch, _) ->
                    Observation.Absent.seen(Map.of("epoch", Long.toString(epoch)));
            case Standing.Theirs(var record, var tip) -> {
                var evidence = Map.of("run", record.run(), "tip", tip.sha());
                var sentence =
                        "Production is locked by %s: %s."
                                .formatted(record.holder(), record.doing());
                yield scope.purpose() == StepScope.Purpose.ACT
                        ? new Observation.Failed(sentence, evidence)
                        : new Observation.Foreign(
                                "This operation held the lock and no longer does. " + sentence,
                                evidence);
            }
            case Standing.Unreadable(var tip) ->
                    new Observation.Foreign(
                            "The production lock is held, and its record cannot be read.",
                            Map.of("tip", tip.sha()));
        };
    }

    @Override
    public Receipt send(StepScope scope, Sending sending) {
        var release = Optional.ofNullable(scope.step().parameters().get(RELEASE));
        return switch (lock.claim(scope.plan(), release.map(Integer::valueOf))) {
            case Standing.Ours(_, var tip) -> new Receipt(Map.of("tip", tip.sha()));
            case Standing.Free _ ->
                    throw new FailureException(
                            new Failure.Busy(Provider.GITHUB, "the lock ref moved meanwhile"));
            case Standing.Theirs(var record, _) -> throw refused(record.holder());
            case Standing.Unreadable _ -> throw refused("somebody whose record cannot be read");
        };
    }

    private static FailureException refused(String holder) {
        return new FailureException(
                new Failure.Refused(
                        Provider.GITHUB,
                        422,
                        "",
                        "the lock was claimed by " + holder,
                        Optional.empty()));
    }
}
