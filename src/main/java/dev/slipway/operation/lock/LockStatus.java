package dev.slipway.operation.lock;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The lock as people see it.
///
/// @param state one word
/// @param record what the newest link says; empty when there is none, or it cannot be read
/// @param renewed when the holder renewed it last, by the server's clock
/// @param asOf when it was read, by the server's clock
/// @param ttl how long it is held without renewal
public record LockStatus(
        State state,
        Optional<LockRecord> record,
        Optional<Instant> renewed,
        Instant asOf,
        Duration ttl) {
    /// The states of the lock.
    public enum State {
        /// Nobody holds it.
        FREE,
        /// An operation of this home holds it.
        YOURS,
        /// Somebody else holds it.
        OTHER,
        /// Held, but not renewed in time: takeable by a person, not free.
        EXPIRED,
        /// The record cannot be read, which counts as held.
        UNREADABLE
    }

    /// When it can be taken over, by the server's clock; empty when nobody holds it.
    public Optional<Instant> expires() {
        return renewed.map(r -> r.plus(ttl));
    }

    /// Whether a person may take it over now.
    public boolean takeable() {
        return switch (state) {
            case EXPIRED -> true;
            case UNREADABLE -> silent();
            case FREE, YOURS, OTHER -> false;
        };
    }

    private boolean silent() {
        return expires().filter(asOf::isAfter).isPresent();
    }

    /// Whether an operation of another computer holds it, alive or not.
    public boolean elsewhere() {
        return record.isPresent() && (state == State.OTHER || state == State.EXPIRED);
    }

    /// How long the holder has been silent, by the server's clock alone.
    public Optional<Duration> silence() {
        return renewed.map(r -> Duration.between(r, asOf))
                .map(d -> d.isNegative() ? Duration.ZERO : d);
    }

    /// How long the holder has been silent, in words; empty when nobody holds it.
    public Optional<String> heard() {
        return silence().map(LockStatus::age);
    }

    /// As the status bar and the command line say it.
    public String sentence() {
        var ago = heard().map(age -> ", renewed " + age + " ago").orElse("");
        return switch (state) {
            case FREE -> "free";
            case YOURS ->
                    "you, "
                            + record.map(LockRecord::doing).orElse("")
                            + (silent()
                                    ? ago
                                            + "; it does not run now, and continuing it takes the lock again"
                                    : "");
            case OTHER ->
                    record.map(r -> r.holder() + ", " + r.doing()).orElse("somebody else") + ago;
            case EXPIRED ->
                    record.map(r -> r.holder() + ", " + r.doing()).orElse("somebody")
                            + ago
                            + "; expired, can be taken over";
            case UNREADABLE ->
                    "held: its record cannot be read"
                            + (takeable() ? "; expired, can be taken over" : "");
        };
    }

    /// As a narrow place says it: who, and how far they are. [#sentence] says the rest.
    public String brief() {
        var step = record.map(r -> ", step " + r.step() + " of " + r.steps()).orElse("");
        var holder = record.map(LockRecord::holder).orElse("somebody else");
        return switch (state) {
            case FREE -> "free";
            case YOURS -> "you" + step + (silent() ? ", not running" : "");
            case OTHER -> holder + step;
            case EXPIRED -> holder + step + ", expired";
            case UNREADABLE -> "held, record unreadable";
        };
    }

    private static String age(Duration d) {
        return d.toSeconds() < 120 ? d.toSeconds() + " s" : d.toMinutes() + " min";
    }
}
