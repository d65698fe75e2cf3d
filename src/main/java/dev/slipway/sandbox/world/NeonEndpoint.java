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

    /// What a compute is doing, in Neon's words.
    public enum State {
        /// Being made.
        INIT,
        /// Takes connections.
        ACTIVE,
        /// Suspended; a connection wakes it.
        IDLE
    }
}
