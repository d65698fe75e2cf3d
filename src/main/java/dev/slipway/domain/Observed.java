package dev.slipway.domain;

import java.time.Duration;
import java.time.Instant;

/// A remote value with the moment it was read. Every remote value that is shown is one of these.
///
/// @param value what was read
/// @param asOf when the answer arrived, by this machine's clock
public record Observed<T>(T value, Instant asOf) {
    /// How old the value is at `now`; never negative.
    public Duration age(Instant now) {
        var age = Duration.between(asOf, now);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
