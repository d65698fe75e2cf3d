package dev.slipway.sandbox.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A Worker: its versions, its deployments and what is not versioned.
///
/// @param name the Worker's name
/// @param tag its id, 32 hex digits
/// @param settings unversioned: `tags`, `logpush`, `observability`, `tail_consumers`
/// @param onWorkersDev whether it answers at `name.subdomain.workers.dev`
/// @param previews whether its versions answer at addresses of their own
/// @param crons when it runs by itself
/// @param versions oldest first
/// @param deployments newest first; the first is active
public record WorkerScript(
        String name,
        String tag,
        Instant createdOn,
        Instant modifiedOn,
        Map<String, Object> settings,
        boolean onWorkersDev,
        boolean previews,
        List<String> crons,
        List<WorkerVersion> versions,
        List<WorkerDeployment> deployments) {

    /// How many of the newest versions can be deployed.
    public static final int DEPLOYABLE = 100;

    public WorkerScript {
        settings = Map.copyOf(settings);
        crons = List.copyOf(crons);
        versions = List.copyOf(versions);
        deployments = List.copyOf(deployments);
    }

    static WorkerScript fresh(String name, Instant now) {
        return new WorkerScript(
                name,
                CloudflareAccount.hex(),
                now,
                now,
                Map.of(),
                false,
                false,
                List.of(),
                List.of(),
                List.of());
    }

    /// The version with this id.
    public Optional<WorkerVersion> version(String id) {
        return versions.stream().filter(v -> v.id().equals(id)).findFirst();
    }

    /// The newest version; every script but a draft has one.
    public Optional<WorkerVersion> newest() {
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
    }

    /// The versions that can still be deployed, newest first.
    public List<WorkerVersion> deployable() {
        return versions.reversed().stream().limit(DEPLOYABLE).toList();
    }

    /// The deployment that decides about traffic.
    public Optional<WorkerDeployment> active() {
        return deployments.isEmpty() ? Optional.empty() : Optional.of(deployments.getFirst());
    }

    /// The version that has all traffic, when one has.
    public Optional<WorkerVersion> live() {
        return active().flatMap(WorkerDeployment::sole).flatMap(this::version);
    }

    /// Without what was created after `seen`, as somebody sees it whose reads lag.
    public WorkerScript asOf(Instant seen) {
        return new WorkerScript(
                name,
                tag,
                createdOn,
                modifiedOn,
                settings,
                onWorkersDev,
                previews,
                crons,
                versions.stream().filter(v -> !v.createdOn().isAfter(seen)).toList(),
                deployments.stream().filter(d -> !d.createdOn().isAfter(seen)).toList());
    }

    WorkerScript with(WorkerVersion version) {
        var all = new ArrayList<>(versions);
        all.add(version);
        return new WorkerScript(
                name,
                tag,
                createdOn,
                version.createdOn(),
                settings,
                onWorkersDev,
                previews,
                crons,
                all,
                deployments);
    }

    WorkerScript with(List<WorkerDeployment> other, Instant now) {
        return new WorkerScript(
                name,
                tag,
                createdOn,
                now,
                settings,
                onWorkersDev,
                previews,
                crons,
                versions,
                other);
    }

    WorkerScript reachable(boolean workersDev, boolean withPreviews) {
        return new WorkerScript(
                name,
                tag,
                createdOn,
                modifiedOn,
                settings,
                workersDev,
                withPreviews,
                crons,
                versions,
                deployments);
    }

    WorkerScript configured(Map<String, Object> other) {
        return new WorkerScript(
                name,
                tag,
                createdOn,
                modifiedOn,
                other,
                onWorkersDev,
                previews,
                crons,
                versions,
                deployments);
    }

    WorkerScript scheduled(List<String> other) {
        return new WorkerScript(
                name,
                tag,
                createdOn,
                modifiedOn,
                settings,
                onWorkersDev,
                previews,
                other,
                versions,
                deployments);
    }
}
