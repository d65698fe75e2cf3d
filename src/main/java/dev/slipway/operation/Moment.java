package dev.slipway.operation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// A point in time as this machine knows it. Waits are measured with the monotonic clock, because
/// the wall clock jumps; people and other machines are told the wall clock.
///
/// @param wall the wall clock
/// @param mono the monotonic clock, nanoseconds from an origin that only this boot knows
/// @param boot which run of the machine `mono` belongs to
public record Moment(Instant wall, long mono, String boot) {
    /// Whether `mono` of both can be compared.
    public boolean comparable(Moment other) {
        return boot.equals(other.boot);
    }

    /// How long after `earlier` this is; never negative.
    ///
    /// @throws IllegalArgumentException when they belong to different boots
    public Duration since(Moment earlier) {
        if (!comparable(earlier)) {
            throw new IllegalArgumentException("moments of different boots");
        }
        return Duration.ofNanos(Math.max(0, mono - earlier.mono));
    }

    /// How long the machine slept since `earlier`, as far as its clocks tell: a wall clock that ran
    /// further than the monotonic one, which stands still in sleep on Linux and macOS. On Windows it
    /// does not, and what is measured with it is right there. Also what the wall clock was set forward
    /// by; never negative.
    public Duration slept(Moment earlier) {
        if (!comparable(earlier)) {
            return Duration.ZERO;
        }
        var slept = Duration.between(earlier.wall, wall).minus(since(earlier));
        return slept.isNegative() ? Duration.ZERO : slept;
    }

    /// Tells the present moment.
    @FunctionalInterface
    public interface Source {
        /// The present moment.
        Moment now();

        /// The moments of the given clocks.
        static Source of(InstantSource wall, LongSupplier mono, String boot) {
            return () -> new Moment(wall.instant(), mono.getAsLong(), boot);
        }
    }
}
