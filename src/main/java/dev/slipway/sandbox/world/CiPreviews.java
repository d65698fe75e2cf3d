package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes and removes what belongs to one pull request: Neon branch, Workers, DNS records.
public final class CiPreviews {
    private static final Duration LIFETIME = Duration.ofDays(7);

    private final NeonWorld neon;
    private final CloudflareWorld cloudflare;
    private final CiBuild build;
    private final Scene scene;
    private final InstantSource clock;

    /// @param build what makes Workers out of commits
    public CiPreviews(
            NeonWorld neon,
            CloudflareWorld cloudflare,
            CiBuild build,
            Scene scene,
            InstantSource clock) {
        this.neon = neon;
        this.cloudflare = cloudflare;
        this.build = build;
        this.scene = scene;
        this.clock = clock;
    }

    /// Makes the Neon branch when there is none.
    public NeonBranch branch(int pull) {
        return branch(pull, LIFETIME);
    }

    NeonBranch branch(int pull, Duration lifetime) {
        var name = StackFile.branch(pull);
        return neon.branch(project(), name)
                .orElseGet(() -> {
                    var draft = NeonBranch.Draft.named(name);
                    return neon.createBranch(
                            project(),
                            new NeonBranch.Draft(
                                    draft.name(),
                                    draft.parent(),
                                    draft.from(),
                                    draft.isProtected(),
                                    Optional.of(clock.instant().plus(lifetime)),
                                    draft.compute(),
                                    draft.asleep(),
                                    Map.of()));
                });
    }

    /// Migrates the branch as `drizzle-kit migrate` does, which wakes it.
    public DrizzleMigrator.Outcome migrate(int pull, CommitSha commit) throws SQLException {
        var folder = build.folder(commit);
        return neon.asOwner(
                project(),
                branch(pull).id(),
                scene.stack().database(),
                connection -> DrizzleMigrator.run(connection, folder));
    }

    /// Uploads and deploys one Worker against the branch.
    public WorkerVersion worker(CiWorker worker, int pull, CommitSha commit) {
        return cloudflare
                .workers()
                .deploy(
                        worker.names().script(pull),
                        withSecrets(
                                scene,
                                worker,
                                build.upload(worker, commit),
                                address(branch(pull).id())));
    }

    /// The address of a branch's database for a Worker: through the pooler.
    String address(String branch) {
        return neon.connectionUri(
                        project(), branch, scene.stack().database(), scene.stack().role(), true)
                .reveal();
    }

    static WorkerUpload withSecrets(
            Scene scene, CiWorker worker, WorkerUpload upload, String address) {
        var result = upload;
        for (var name : worker.names().secrets()) {
            result =
                    result.bind(
                            WorkerBinding.secretText(
                                    name,
                                    name.equals(Scene.DATABASE_URL)
                                            ? address
                                            : scene.secrets().getOrDefault(name, name)));
        }
        return result;
    }

    /// Points the hostnames to the Workers.
    public void names(int pull) {
        for (var worker : scene.workers()) {
            name(worker, pull);
        }
    }

    void name(CiWorker worker, int pull) {
        var host = worker.names().hostname(pull);
        var script = worker.names().script(pull);
        if (record(host).isEmpty()) {
            cloudflare
                    .zone()
                    .create(
                            DnsRecord.of(
                                    "CNAME",
                                    host,
                                    cloudflare.account().workersDev(script),
                                    true,
                                    "preview of #" + pull));
        }
        if (routes(script).isEmpty()) {
            cloudflare.domains().addRoute(host + "/*", Optional.of(script));
        }
    }

    /// Removes all of it.
    public void remove(int pull) {
        for (var worker : scene.workers()) {
            var script = worker.names().script(pull);
            if (cloudflare.workers().script(script).isPresent()) {
                cloudflare.workers().delete(script);
            }
            record(worker.names().hostname(pull)).ifPresent(r -> cloudflare.zone().delete(r.id()));
        }
        neon.branch(project(), StackFile.branch(pull))
                .ifPresent(branch -> neon.deleteBranch(project(), branch.id()));
    }

    private List<WorkerRoute> routes(String script) {
        return cloudflare.domains().routes().stream()
                .filter(r -> r.script().equals(Optional.of(script)))
                .toList();
    }

    private Optional<DnsRecord> record(String host) {
        return cloudflare.zone().records().stream().filter(r -> r.name().equals(host)).findFirst();
    }

    private String project() {
        return scene.stack().project();
    }
}
