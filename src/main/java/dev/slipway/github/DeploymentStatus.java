package dev.slipway.github;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// One entry of a deployment's history.
public record DeploymentStatus(
        long id,
        State state,
        String description,
        Optional<URI> log,
        Optional<URI> environment,
        Instant created) {
    /// The states GitHub takes.
    public enum State {
        ERROR,
        FAILURE,
        INACTIVE,
        IN_PROGRESS,
        QUEUED,
        PENDING,
        SUCCESS;

        /// As GitHub writes it.
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
