package dev.slipway.operation.lock;

import java.time.Instant;
import java.util.Optional;

/// A chain of messages that only grows at its end, one link at a time, by compare-and-set.
public interface RefChain {
    /// The newest link, empty when the chain was never begun. May lag behind for a few seconds; an
    /// append on a stale tip is refused.
    Optional<Tip> tip();

    /// Appends a link, provided the chain still ends at `after`.
    ///
    /// @param after empty when the chain must not have been begun
    /// @return the new tip; empty when somebody else was faster, and nothing was changed
    Optional<Tip> append(Optional<Tip> after, String message);

    /// The newest link.
    ///
    /// @param sha its name
    /// @param message what it says
    /// @param written when, by the clock of the server
    record Tip(String sha, String message, Instant written) {}
}
