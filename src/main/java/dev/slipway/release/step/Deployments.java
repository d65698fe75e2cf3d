package dev.slipway.release.step;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.Deployment;
import dev.slipway.cloudflare.Share;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Reading and comparing what Cloudflare serves.
final class Deployments {
    private Deployments() {}

    /// The deployments of `script`, newest first; none for a Worker that does not exist.
    static List<Deployment> of(Cloudflare cloudflare, String script) {
        try {
            return cloudflare.deployments(script);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.NotFound) {
                return List.of();
            }
            throw e;
        }
    }

    /// Whether both give the same versions the same parts.
    static boolean same(List<Share> some, List<Share> others) {
        return new HashSet<>(some).equals(new HashSet<>(others));
    }

    static Map<String, String> evidence(Deployment deployment) {
        return Map.of(
                "deployment", deployment.id(),
                "shares",
                        deployment.shares().stream()
                                .map(s -> s.version() + "@" + s.percent())
                                .collect(Collectors.joining(",")));
    }

    static String author(Deployment deployment) {
        return deployment.author().orElse("somebody") + " (" + deployment.source() + ")";
    }
}
