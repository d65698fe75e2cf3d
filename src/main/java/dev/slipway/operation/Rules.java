package dev.slipway.operation;

import dev.slipway.domain.Failure;
import dev.slipway.domain.Provider;
import dev.slipway.domain.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// How careful the engine is, in numbers. The product builds them from a world's bounds; a test may
/// build an engine without one of its safeguards and show that it is needed.
///
/// @param quiet how long a call of unknown outcome may still take effect
/// @param agreeingReads how many readings must agree before "absent" is believed
/// @param twoReads their distance
/// @param poll distance of two looks at what is awaited
/// @param mutation timeout of a changing call: no byte leaves later than this after it was announced
/// @param stepDeadline how long a step may take when it does not say
/// @param attempts changes one step may try in one sitting
/// @param backoff first waiting time of the jittered back-off, doubled with each attempt
/// @param backoffCap longest waiting time of the back-off
public record Rules(
        Map<Provider, Duration> quiet,
        int agreeingReads,
        Duration twoReads,
        Duration poll,
        Duration mutation,
        Duration stepDeadline,
        int attempts,
        Duration backoff,
        Duration backoffCap) {
    public Rules {
        quiet = Map.copyOf(quiet);
    }

    /// The rules of a world. Its back-off is 1 s to 60 s where two reads are 5 s apart, and shorter
    /// in proportion where they are closer.
    public static Rules of(World.Bounds bounds) {
        return new Rules(
                bounds.quiet(),
                2,
                bounds.twoReads(),
                bounds.poll(),
                bounds.mutation(),
                bounds.stepDeadline(),
                8,
                bounds.twoReads().dividedBy(5),
                bounds.twoReads().multipliedBy(12));
    }

    /// The quiet time of `step`'s call: its provider's, and the longest of all when it names none.
    Duration quiet(PlanStep step) {
        return step.provider()
                .map(p -> quiet.getOrDefault(p, Duration.ZERO))
                .orElseGet(() ->
                        quiet.values().stream().max(Duration::compareTo).orElse(Duration.ZERO));
    }

    /// How long a provider asks to wait, when it says so.
    static Optional<Duration> asked(Failure failure, Instant now) {
        return switch (failure) {
            case Failure.RateLimited(_, var after) -> Optional.of(after);
            case Failure.BudgetSpent(_, _, var resets) ->
                    Optional.of(Duration.between(now, resets)).filter(Duration::isPositive);
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
