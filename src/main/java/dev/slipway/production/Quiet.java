package dev.slipway.production;

import dev.slipway.neon.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// When looking by itself may touch production's database although that is awake. Neon suspends a compute
/// that nobody talks to for a time, so whoever looks more often than that keeps it awake for ever. Between
/// two looks there is at least that time and a minute: by then a compute that nothing else used sleeps.
/// Safe for use by several threads.
final class Quiet {
    /// What Neon takes where an endpoint names no time of its own.
    private static final Duration USUAL = Duration.ofMinutes(5);

    private static final Duration MARGIN = Duration.ofMinutes(1);

    /// Ledger and health are read one after the other; that is one look.
    private static final Duration LOOK = Duration.ofSeconds(30);

    private final InstantSource clock;
    private Optional<Instant> touched = Optional.empty();

    Quiet(InstantSource clock) {
        this.clock = clock;
    }

    /// Somebody asked, or something else used it: the time begins anew.
    synchronized void touched() {
        touched = Optional.of(clock.instant());
    }

    /// Whether a look may touch it now; then it counts as touched.
    ///
    /// @param endpoint the compute
    synchronized boolean over(Endpoint endpoint) {
        var now = clock.instant();
        var idle = endpoint.suspendAfter().orElse(USUAL);
        if (touched.filter(at -> now.isBefore(at.plus(LOOK))).isPresent()) {
            return true;
        }
        if (touched.filter(at -> now.isBefore(at.plus(idle).plus(MARGIN))).isPresent()) {
            return false;
        }
        touched = Optional.of(now);
        return true;
    }
}
