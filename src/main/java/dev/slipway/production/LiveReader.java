package dev.slipway.production;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.Deployment;
import dev.slipway.cloudflare.Version;
import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.production.LiveWorker.LiveVersion;
import dev.slipway.stack.StackWorker;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Reads what serves the traffic of Workers. Safe for use by several threads.
final class LiveReader {
    private final Map<String, LiveVersion> versions = new ConcurrentHashMap<>();

    /// What serves `worker`; unknown where Cloudflare does not answer.
    LiveWorker of(Cloudflare flare, StackWorker worker) {
        try {
            var live = flare.deployments(worker.script()).stream().findFirst();
            return live.map(deployment -> live(flare, worker, deployment))
                    .orElseGet(() -> without(worker, LiveWorker.State.NOT_DEPLOYED, ""));
        } catch (FailureException e) {
            return e.failure() instanceof Failure.NotFound
                    ? without(worker, LiveWorker.State.NOT_DEPLOYED, "")
                    : without(worker, LiveWorker.State.UNKNOWN, e.failure().sentence());
        }
    }

    private LiveWorker live(Cloudflare flare, StackWorker worker, Deployment deployment) {
        var parts =
                deployment.shares().stream()
                        .map(s -> version(flare, worker.script(), s.version(), s.percent()))
                        .sorted(Comparator.comparingDouble(LiveVersion::percent).reversed())
                        .toList();
        var serving = parts.stream().filter(v -> v.percent() > 0).count();
        return new LiveWorker(
                worker.name(),
                worker.script(),
                serving == 1 ? LiveWorker.State.LIVE : LiveWorker.State.SPLIT,
                Optional.of(deployment.id()),
                Optional.of(deployment.created()),
                parts,
                Optional.empty());
    }

    /// A Worker of which no deployment is known.
    static LiveWorker without(StackWorker worker, LiveWorker.State state, String doubt) {
        return new LiveWorker(
                worker.name(),
                worker.script(),
                state,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                doubt.isEmpty() ? Optional.empty() : Optional.of(doubt));
    }

    private LiveVersion version(Cloudflare flare, String script, String id, double percent) {
        var known =
                versions.computeIfAbsent(
                        id,
                        _ -> {
                            Optional<Version> found =
                                    flare.version(script, id).map(detail -> detail.version());
                            return new LiveVersion(
                                    id,
                                    0,
                                    found.flatMap(Version::commit),
                                    found.flatMap(Version::tag));
                        });
        return new LiveVersion(id, percent, known.commit(), known.tag());
    }

    /// What all of them were built from; empty where they differ or do not say it.
    static Optional<CommitSha> commit(List<LiveWorker> workers) {
        // A Worker that was never deployed says nothing about what users see.
        var commits =
                workers.stream()
                        .filter(w -> !w.neverDeployed())
                        .map(w -> w.only().flatMap(LiveVersion::commit))
                        .distinct()
                        .toList();
        return commits.size() == 1
                ? commits.getFirst().filter(CommitSha::isOne).map(CommitSha::new)
                : Optional.empty();
    }
}
