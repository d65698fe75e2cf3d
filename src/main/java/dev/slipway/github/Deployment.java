package dev.slipway.github;

import dev.slipway.domain.CommitSha;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A record that a commit was brought to an environment. GitHub itself deploys nothing.
///
/// @param payload what was stored with it, values as text; empty when it is no JSON object
public record Deployment(
        long id,
        CommitSha sha,
        String ref,
        String environment,
        String description,
        Map<String, String> payload,
        Optional<String> creator,
        Instant created) {
    public Deployment {
        payload = Map.copyOf(payload);
    }
}
