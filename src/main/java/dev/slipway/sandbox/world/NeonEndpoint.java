package dev.slipway.sandbox.world;

import java.time.Instant;
import java.util.Optional;

/// A compute and the address it is reached at. The port stays the same for as long as the endpoint
/// exists, whatever happens to the cluster behind it.
///
/// @param port loopback port
/// @param suspendSeconds 0 is the project's own, -1 never
/// @param wakeUps how often it went from idle to active
public record NeonEndpoint(
        String id,
        String projectId,
        String branchId,
        int port,
        boolean readOnly,
        long suspendSeconds,
        double minCu,
        double maxCu,
        boolean disabled,
        State state,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> startedAt,
        Optional<Instant> lastActive,
        Optional<Instant> suspendedAt,
        int wakeUps) {

    /// The same compute at work.
    NeonEndpoint woken(Instant now) {
        return with(
                State.ACTIVE,
                Optional.of(now),
                Optional.of(now),
                suspendedAt,
                wakeUps + (state == State.IDLE ? 1 : 0),
                now);
    }

    /// The same compute asleep.
    NeonEndpoint suspended(Instant now, Instant worked) {
        return with(State.IDLE, startedAt, Optional.of(worked), Optional.of(now), wakeUps, now);
    }

    private NeonEndpoint with(
            State next,
            Optional<Instant> started,
            Optional<Instant> active,
            Optional<Instant> slept,
            int woke,
            Instant now) {
        return new NeonEndpoint(
                id,
                projectId,
                branchId,
                port,
                readOnly,
                suspendSeconds,
                minCu,
                maxCu,
                disabled,
                next,
                createdAt,
                now,
                started,
                active,
                slept,
                woke);
    }

    /// The same compute with other settings.
    NeonEndpoint with(Settings settings, Instant now) {
        return new NeonEndpoint(
                id,
                projectId,
                branchId,
                port,
                readOnly,
                settings.suspendSeconds,
                settings.minCu,
                settings.maxCu,
                settings.disabled,
                state,
                createdAt,
                now,
                startedAt,
                lastActive,
                suspendedAt,
                wakeUps);
    }

    /// Its settings.
    public Settings settings() {
        return new Settings(suspendSeconds, minCu, maxCu, disabled);
    }

    /// What can be set about a compute.
    ///
    /// @param suspendSeconds 0 is the project's own, -1 never, else 60 to 604,800
    public record Settings(long suspendSeconds, double minCu, double maxCu, boolean disabled) {
        /// Neon's own choice.
        public static final Settings USUAL = new Settings(0, 0.25, 2, false);
    }

    /// What a compute is doing. While its branch is being made, Neon says `init` instead.
    public enum State {
        /// Takes connections.
        ACTIVE,
        /// Suspended; a connection wakes it.
        IDLE
    }
}
