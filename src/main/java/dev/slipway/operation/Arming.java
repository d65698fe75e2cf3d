package dev.slipway.operation;

import dev.slipway.domain.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Whether this window may write. Reading is free; writing is armed for a while, with a reason. The
/// end of the time does not cut a running operation.
///
/// Safe for use by several threads.
public final class Arming {
    /// How long arming lasts.
    public static final Duration LENGTH = Duration.ofMinutes(30);

    private final InstantSource clock;
    private volatile Optional<Armed> armed = Optional.empty();

    /// @param clock tells when arming ends
    public Arming(InstantSource clock) {
        this.clock = clock;
    }

    /// Who armed, until when, why.
    public record Armed(String by, String reason, Instant until) {}

    /// Arms for [#LENGTH].
    ///
    /// @throws RefusedException without a reason
    public Armed arm(String by, String reason) {
        if (reason.isBlank()) {
            throw new RefusedException("Arming needs a reason. Nothing was changed.");
        }
        var now = new Armed(by, reason.strip(), clock.instant().plus(LENGTH));
        armed = Optional.of(now);
        return now;
    }

    /// Ends arming.
    public void disarm() {
        armed = Optional.empty();
    }

    /// The present arming, empty when read-only.
    public Optional<Armed> state() {
        return armed.filter(a -> clock.instant().isBefore(a.until()));
    }

    /// What a service asks for.
    ///
    /// @throws RefusedException when read-only
    public Permit permit() {
        var now =
                state().orElseThrow(() ->
                        new RefusedException(
                                "Slipway is read-only. Nothing was changed; arm it"
                                        + " with a reason first."));
        return new Permit(
                now.by(), now.reason(), at -> state().isPresent() && at.isBefore(now.until()));
    }
}
