package dev.slipway.simulation;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.Deployment;
import dev.slipway.cloudflare.Share;
import dev.slipway.cloudflare.Version;
import dev.slipway.domain.Failure;
import dev.slipway.domain.Provider;
import dev.slipway.sandbox.world.CloudflareRefusal;
import dev.slipway.sandbox.world.CloudflareWorkers;
import dev.slipway.sandbox.world.MemoryWorkers;
import dev.slipway.sandbox.world.WorkerDeployment;
import dev.slipway.sandbox.world.WorkerScript;
import dev.slipway.sandbox.world.WorkerUpload;
import dev.slipway.sandbox.world.WorkerVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Cloudflare with the sandbox's rules for Workers, in memory.
final class SimCloudflare {
    private static final String MESSAGE = "workers/message";

    private final Run run;
    private final CloudflareWorkers workers;

    /// What each version needs of the schema, by its id.
    private final Map<String, Set<String>> needs = new LinkedHashMap<>();

    /// Versions that are not well once they have traffic.
    private final Map<String, Boolean> broken = new LinkedHashMap<>();

    SimCloudflare(Run run) {
        this.run = run;
        this.workers = MemoryWorkers.of(run.time()::instant, () -> run.id("version"));
    }

    /// The account as the program of one operator reaches it.
    Cloudflare over(Line line) {
        return Partial.of(Cloudflare.class, new Port(line));
    }

    CloudflareWorkers workers() {
        return workers;
    }

    WorkerScript script(String name) {
        return workers.script(name).orElseThrow();
    }

    /// Somebody uploads a version without giving it traffic.
    WorkerVersion upload(String script, String commit, Set<String> needed, boolean isBroken) {
        var upload =
                new WorkerUpload(
                        "index.js",
                        List.of(new WorkerUpload.File("index.js", "text/javascript", new byte[0])),
                        List.of(),
                        Set.of(),
                        Map.of("workers/commit_sha", commit),
                        Map.of(),
                        "wrangler");
        var first = workers.script(script).isEmpty();
        var version = first ? workers.deploy(script, upload) : workers.upload(script, upload);
        needs.put(version.id(), needed);
        broken.put(version.id(), isBroken);
        return version;
    }

    /// Somebody deploys from the dashboard.
    void dashboard(String script, String version) {
        workers.deploy(
                script,
                List.of(new WorkerDeployment.Share(version, 100)),
                Map.of(MESSAGE, "put right by hand"),
                true,
                "dash");
    }

    Set<String> needs(String version) {
        return needs.getOrDefault(version, Set.of());
    }

    boolean broken(String version) {
        return broken.getOrDefault(version, false);
    }

    Optional<String> live(String script) {
        return workers.script(script).flatMap(WorkerScript::active).flatMap(WorkerDeployment::sole);
    }

    private static Deployment port(WorkerDeployment deployment) {
        return new Deployment(
                deployment.id(),
                deployment.createdOn(),
                Optional.of(deployment.author()),
                deployment.source(),
                Optional.ofNullable(deployment.annotations().get(MESSAGE)),
                deployment.versions().stream()
                        .map(s -> new Share(s.version(), s.percentage()))
                        .toList());
    }

    private static Version port(WorkerVersion version) {
        return new Version(
                version.id(),
                version.number(),
                version.createdOn(),
                Optional.of(version.author()),
                version.source(),
                version.annotation("workers/commit_sha"),
                version.annotation("workers/tag"),
                version.annotation(MESSAGE),
                version.annotation("workers/triggered_by"));
    }

    /// The part of the port that steps use.
    final class Port {
        private final Line line;

        private Port(Line line) {
            this.line = line;
        }

        List<Deployment> deployments(String script) {
            return line.read(
                    Provider.CLOUDFLARE,
                    "deployments",
                    ago ->
                            seen(script, ago).deployments().stream()
                                    .map(SimCloudflare::port)
                                    .toList());
        }

        List<Version> versions(String script, int limit) {
            return line.read(
                    Provider.CLOUDFLARE,
                    "versions",
                    ago ->
                            seen(script, ago).versions().reversed().stream()
                                    .limit(limit)
                                    .map(SimCloudflare::port)
                                    .toList());
        }

        Deployment deploy(String script, List<Share> shares, String message) {
            return line.change(
                    Provider.CLOUDFLARE,
                    message,
                    "/accounts/{account}/workers/scripts/{script}/deployments",
                    true,
                    () -> {
                        var before = workers.script(script).flatMap(WorkerScript::active);
                        try {
                            var made =
                                    workers.deploy(
                                            script,
                                            shares.stream()
                                                    .map(s ->
                                                            new WorkerDeployment.Share(
                                                                    s.version(), s.percent()))
                                                    .toList(),
                                            Map.of(MESSAGE, message),
                                            false,
                                            "api");
                            run.audit().deployed(line.operator(), script, message, before, made);
                            return port(made);
                        } catch (CloudflareRefusal e) {
                            throw Line.refused(Provider.CLOUDFLARE, 400, e.getMessage());
                        }
                    });
        }

        private WorkerScript seen(String script, long ago) {
            return workers.script(script)
                    .map(s -> s.asOf(run.time().instant().minusNanos(ago)))
                    .orElseThrow(() ->
                            Line.failed(
                                    new Failure.NotFound(Provider.CLOUDFLARE, "Worker " + script)));
        }
    }
}
