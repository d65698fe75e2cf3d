package dev.slipway.neon;

import java.time.Instant;
import java.util.Optional;

/// Something Neon does after it has answered.
///
/// @param action Neon's word, for example `create_branch`
/// @param status Neon's word; see [#phase()]
/// @param retry when Neon tries a failed one again
public record Operation(
        String id,
        Optional<String> branch,
        Optional<String> endpoint,
        String action,
        String status,
        Optional<String> error,
        int failures,
        Optional<Instant> retry,
        Instant created,
        Instant updated) {
    /// Where an operation is.
    public enum Phase {
        RUNNING,
        /// Finished, or skipped because there was nothing to do.
        DONE,
        /// Failed, and Neon may try again: keep looking for a while.
        FAILING,
        /// Cancelled or broken for good.
        FAILED
    }

    /// Where it is. A status this program does not know counts as running.
    public Phase phase() {
        return switch (status) {
            case "finished", "skipped" -> Phase.DONE;
            case "failed" -> Phase.FAILING;
            case "error", "cancelled" -> Phase.FAILED;
            default -> Phase.RUNNING;
        };
    }
}
