package dev.slipway.sandbox.world;

import java.time.Duration;

/// How fast things happen in a sandbox. The clock itself stays the real one; what takes time at a
/// real provider (a CI run, a branch, a propagation) takes that time divided by the speed.
///
/// @param speed 1 is the pace of real providers, 60 makes a minute a second; more than zero
public record Pace(double speed) {
    /// @throws IllegalArgumentException when the speed is not a positive number
    public Pace {
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("speed must be a number above zero, not " + speed);
        }
    }

    /// What `real` lasts here.
    public Duration of(Duration real) {
        return Duration.ofNanos((long) (real.toNanos() / speed));
    }
}
