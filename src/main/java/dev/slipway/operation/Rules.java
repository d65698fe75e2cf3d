package dev.slipway.operation;

import dev.slipway.domain.Failure;
import dev.slipway.domain.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

/// How careful and how patient the engine is. The product builds them from a world's bounds.
///
/// @param poll distance of two looks at what is awaited
/// @param mutation timeout of a changing call: no byte leaves later than this after it was announced
/// @param stepDeadline how long a step may take when it does not say
/// @param attempts changes one step may try in one sitting
/// @param backoff first waiting time of the jittered back-off, doubled with each attempt
/// @param backoffCap longest waiting time of the back-off
public record Rules(
        Safeguards safeguards,
        Duration poll,
        Duration mutation,
        Duration stepDeadline,
        int attempts,
        Duration backoff,
        Duration backoffCap) {
    /// The rules of a world. Its back-off is 1 s to 60 s where two reads are 5 s apart, and shorter
    /// in proportion where they are closer.
    public static Rules of(World.Bounds bounds) {
        return new Rules(
                Safeguards.of(bounds),
                bounds.poll(),
                bounds.mutation(),
                bounds.stepDeadline(),
                8,
                bounds.twoReads().dividedBy(5),
                bounds.twoReads().multipliedBy(12));
    }

    /// The same rules with other safeguards.
    public Rules with(Safeguards others) {
        return new Rules(others, poll, mutation, stepDeadline, attempts, backoff, backoffCap);
    }

    /// How long the call of `step` may still take effect when its outcome is unknown.
    Duration quiet(PlanStep step) {
        return safeguards.quiet().of(step);
    }

    /// How long nothing is sent to a provider, when that is known.
    static Optional<Duration> asked(Failure failure, Instant now) {
        return switch (failure) {
            case Failure.RateLimited(_, var after) -> Optional.of(after);
            case Failure.BudgetSpent(_, _, var resets) ->
                    Optional.of(Duration.between(now, resets)).filter(Duration::isPositive);
            case Failure.Silent silent ->
                    Optional.of(Duration.between(now, silent.again())).filter(Duration::isPositive);
            default -> Optional.empty();
        };
    }

    Duration deadline(PlanStep step) {
        return step.deadline().orElse(stepDeadline);
    }

    /// Full jitter: a time between nothing and a bound that doubles. The same plan, step and attempt
    /// always give the same time.
    Duration backoff(Plan plan, PlanStep step, int attempt) {
        var bound =
                Math.min(
                        (double) backoffCap.toNanos(),
                        Math.scalb((double) backoff.toNanos(), Math.min(attempt, 30)));
        var seed = (plan.id() + step.key()).hashCode() * 31L + attempt;
        return Duration.ofNanos((long) (new SplittableRandom(seed).nextDouble() * bound));
    }

    /// The wait before the attempt after `attempt`: the provider's own wish or ours, the longer.
    Duration beforeRetry(Plan plan, PlanStep step, int attempt, Optional<Duration> asked) {
        var own = backoff(plan, step, attempt);
        return asked.filter(a -> a.compareTo(own) > 0).orElse(own);
    }
}
