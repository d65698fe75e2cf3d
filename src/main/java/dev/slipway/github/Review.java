package dev.slipway.github;

import dev.slipway.domain.CommitSha;
import java.time.Instant;
import java.util.Optional;

/// What one reviewer said once.
///
/// @param author login; empty when the account is gone
/// @param commit the head it was said about
/// @param submitted empty while it is pending
public record Review(
        Optional<String> author,
        State state,
        Optional<CommitSha> commit,
        Optional<Instant> submitted) {
    /// The kinds of review.
    public enum State {
        APPROVED,
        CHANGES_REQUESTED,
        COMMENTED,
        DISMISSED,
        PENDING,
        /// A word this program does not know.
        UNKNOWN
    }
}
