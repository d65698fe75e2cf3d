package dev.slipway.github;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// A status somebody set on a commit.
///
/// @param context what speaks; a newer status of the same context replaces an older one
public record CommitStatus(
        String context, State state, String description, Optional<URI> link, Instant created) {
    /// The states GitHub takes.
    public enum State {
        SUCCESS,
        FAILURE,
        ERROR,
        PENDING;

        /// As GitHub writes it.
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
