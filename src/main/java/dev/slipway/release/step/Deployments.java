package dev.slipway.release.step;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.Deployment;
import dev.slipway.cloudflare.Share;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.operation.Observation;
import dev.slipway.operation.StepScope;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reading and comparing what Cloudflare serves.
final class Deployments {
    private static final String DEPLOYMENT = "deployment";

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

    /// What a step captures before its change.
    static Map<String, String> captured(Deployment live) {
        return Map.of(DEPLOYMENT, live.id());
    }

    /// The deployment that was live when the step was begun.
    static Optional<String> begunOn(StepScope scope) {
        return Optional.ofNullable(scope.captured().get(DEPLOYMENT));
    }

    /// What lies below the step's own deployment and was neither there when the step was begun nor
    /// made by this operation. Cloudflare has no fence, so this is found only afterwards.
    static Optional<Deployment> overwritten(StepScope scope, List<Deployment> newestFirst) {
        return newestFirst.stream()
                .filter(d -> !d.message().map(scope::ours).orElse(false))
                .findFirst()
                .filter(d -> begunOn(scope).isPresent())
                .filter(d -> newer(d, newestFirst, begunOn(scope).get()));
    }

    /// Whether `one` lies above the deployment `id`; what is not in the list any more is older.
    private static boolean newer(Deployment one, List<Deployment> newestFirst, String id) {
        for (var each : newestFirst) {
            if (each.id().equals(id)) {
                return false;
            }
            if (each.equals(one)) {
                return true;
            }
        }
        return false;
    }

    static Observation foreign(String script, Deployment other, Map<String, String> evidence) {
        return new Observation.Foreign(
                script
                        + " was deployed by "
                        + author(other)
                        + " in the moment before this operation did, which has overwritten it. "
                        + other.id()
                        + " is what they deployed.",
                evidence);
    }

    static String author(Deployment deployment) {
        return deployment.author().orElse("somebody") + " (" + deployment.source() + ")";
    }
}
