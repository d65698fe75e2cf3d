package dev.slipway.sandbox.world;

import dev.slipway.sandbox.world.WorkerDeployment.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Which Worker, and which of its versions, answers a request.
public final class EdgeRouting {
    private final CloudflareWorld world;
    private final Duration settling;

    /// Where a request ends.
    public sealed interface Target {
        /// At a Worker, whose deployment chooses the version.
        record AtWorker(WorkerScript script) implements Target {}

        /// At one version, by its own address.
        record AtVersion(WorkerScript script, WorkerVersion version) implements Target {}

        /// Below the account's workers.dev name, but no Worker answers there.
        record NothingThere() implements Target {}

        /// At a proxied hostname behind which there is no server.
        record NoOrigin() implements Target {}

        /// At a name Cloudflare does not know.
        record Unknown() implements Target {}
    }

    /// The routing of `world`.
    public EdgeRouting(CloudflareWorld world) {
        this.world = world;
        this.settling = world.pace().of(world.account().delays().edge());
    }

    /// Where a request for `host` (without a port) and `path` ends.
    public Target target(String host, String path) {
        var name = host.toLowerCase(Locale.ROOT);
        var suffix = world.account().workersDev("");
        if (name.endsWith(suffix)) {
            return workersDev(name.substring(0, name.length() - suffix.length()));
        }
        var route = world.domains().route(name, path).flatMap(WorkerRoute::script);
        var proxied = world.zone().records().stream().anyMatch(r -> r.proxied() && covers(r, name));
        if (route.isPresent() && proxied) {
            return world.workers()
                    .script(route.get())
                    .<Target>map(Target.AtWorker::new)
                    .orElseGet(Target.NoOrigin::new);
        }
        var domain = world.domains().domain(name);
        if (domain.isPresent()) {
            return world.workers()
                    .script(domain.get().service())
                    .<Target>map(Target.AtWorker::new)
                    .orElseGet(Target.NoOrigin::new);
        }
        return proxied ? new Target.NoOrigin() : new Target.Unknown();
    }

    /// The version that answers.
    ///
    /// @param wanted id from an override header; counts only when the deployment includes it
    /// @param key affinity: the same key keeps getting the same version while shares allow
    public Optional<WorkerVersion> choose(
            WorkerScript script,
            Optional<String> wanted,
            Optional<String> key,
            RandomGenerator random) {
        var deployment = deployment(script, random);
        var pinned =
                wanted.filter(w -> deployment.map(d -> d.includes(w)).orElse(false))
                        .flatMap(script::version);
        if (pinned.isPresent()) {
            return pinned;
        }
        var point =
                key.map(k ->
                                Math.floorMod(mix((script.name() + " " + k).hashCode()), 10_000)
                                        / 100.0)
                        .orElseGet(() -> random.nextDouble(100));
        return deployment
                .map(WorkerDeployment::versions)
                .flatMap(shares -> at(shares, point))
                .flatMap(script::version);
    }

    /// The deployment this place of the edge knows already: after a change the old one is met less
    /// and less until the change has settled.
    private Optional<WorkerDeployment> deployment(WorkerScript script, RandomGenerator random) {
        var active = script.active();
        if (active.isEmpty() || settling.isZero() || script.deployments().size() < 2) {
            return active;
        }
        var age = Duration.between(active.get().createdOn(), world.clock().instant());
        if (age.compareTo(settling) >= 0) {
            return active;
        }
        return random.nextDouble() * settling.toNanos() < age.toNanos()
                ? active
                : Optional.of(script.deployments().get(1));
    }

    /// When the newest deployment of `script` has reached every place.
    public Optional<Instant> settled(WorkerScript script) {
        return script.active().map(d -> d.createdOn().plus(settling));
    }

    private Target workersDev(String label) {
        for (var script : world.workers().scripts()) {
            if (label.equals(script.name())) {
                return script.onWorkersDev()
                        ? new Target.AtWorker(script)
                        : new Target.NothingThere();
            }
        }
        for (var script : world.workers().scripts()) {
            if (script.previews() && label.endsWith("-" + script.name())) {
                var first = label.substring(0, label.length() - script.name().length() - 1);
                var found =
                        script.versions().reversed().stream()
                                .filter(v ->
                                        v.shortId().equals(first)
                                                || v.annotation("workers/alias")
                                                        .equals(Optional.of(first)))
                                .findFirst();
                if (found.isPresent()) {
                    return new Target.AtVersion(script, found.get());
                }
            }
        }
        return new Target.NothingThere();
    }

    private static boolean covers(DnsRecord record, String host) {
        return record.name().equals(host)
                || (record.name().startsWith("*.") && host.endsWith(record.name().substring(1)));
    }

    private static Optional<String> at(List<Share> shares, double point) {
        double upTo = 0;
        for (var share : shares) {
            upTo += share.percentage();
            if (point < upTo) {
                return Optional.of(share.version());
            }
        }
        return Optional.empty();
    }

    private static int mix(int hash) {
        var h = hash * 0x9E3779B9;
        h ^= h >>> 16;
        h *= 0x85EBCA6B;
        return h ^ (h >>> 13);
    }
}
