package dev.slipway.neon;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A compute of a branch.
///
/// @param id begins with `ep-`
/// @param host direct host, never the pooler
/// @param branch id of the branch it serves
/// @param writes whether it is the branch's read-write compute
/// @param pending Neon's word for the state it is on its way to
/// @param disabled whether connections are refused
/// @param suspendAfter idle time before it sleeps; empty means never or Neon's default
/// @param lastActive when it last ran
public record Endpoint(
        String id,
        String host,
        String branch,
        boolean writes,
        State state,
        Optional<String> pending,
        boolean disabled,
        Optional<Duration> suspendAfter,
        Optional<Instant> lastActive) {
    /// What a compute is doing.
    public enum State {
        INIT,
        ACTIVE,
        /// Asleep; a connection wakes it, and costs.
        IDLE,
        /// A word this program does not know.
        UNKNOWN
    }

    /// Whether asking its database something wakes nothing up.
    public boolean awake() {
        return state == State.ACTIVE;
    }
}
