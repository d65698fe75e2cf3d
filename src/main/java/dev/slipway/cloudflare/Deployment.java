package dev.slipway.cloudflare;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which versions of a Worker got which part of the traffic, from a moment on.
///
/// @param author e-mail address of whoever deployed
/// @param source what deployed, for example `wrangler`, `dash` or `api`
/// @param message the deployer's note (`workers/message`)
public record Deployment(
        String id,
        Instant created,
        Optional<String> author,
        String source,
        Optional<String> message,
        List<Share> shares) {
    public Deployment {
        shares = List.copyOf(shares);
    }

    /// The only version, when it has all traffic.
    public Optional<String> only() {
        return shares.stream().filter(s -> s.percent() == 100).map(Share::version).findFirst();
    }
}
