package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Production of a world that is being made: its database, its Workers, its hostnames.
final class Production {
    private final NeonWorld neon;
    private final CloudflareWorld cloudflare;
    private final CiBuild build;
    private final CiSchemas schemas;
    private final Scene scene;

    Production(
            NeonWorld neon,
            CloudflareWorld cloudflare,
            CiBuild build,
            CiSchemas schemas,
            Scene scene) {
        this.neon = neon;
        this.cloudflare = cloudflare;
        this.build = build;
        this.schemas = schemas;
        this.scene = scene;
    }

    <T> T onDatabase(NeonWorld.Work<T> work) throws SQLException {
        return neon.asOwner(scene.stack().project(), branch(), scene.stack().database(), work);
    }

    /// Migrates as Drizzle does. Roles that the migrations expect and nobody made are made, files
    /// that are missing count as empty. A history that does not run on an empty database was helped
    /// along by somebody: its statements that fail are left out.
    ///
    /// @return what was made or left out, as sentences
    List<String> migrate(DrizzleFolder folder) throws SQLException {
        return onDatabase(connection -> {
            var notes = new ArrayList<String>();
            var roles = new HashSet<String>();
            while (true) {
                var stop = DrizzleMigrator.runWhatIsThere(connection, folder).failure();
                if (stop.isEmpty()) {
                    return notes;
                }
                var role = CiSchemas.missingRole(stop.get()).filter(roles::add);
                if (role.isEmpty()) {
                    DrizzleMigrator.runDespite(connection, folder)
                            .forEach(left -> notes.add(leftOut(left)));
                    return notes;
                }
                try (var statement = connection.createStatement()) {
                    statement.execute(CiSchemas.createRole(role.get()));
                }
                notes.add(
                        "The migrations expect a role that none of them makes, so the"
                                + " sandbox made it: \""
                                + role.get()
                                + "\".");
            }
        });
    }

    private static String leftOut(DrizzleMigrator.Stop stop) {
        return "On an empty database "
                + stop.migration()
                + " stops at statement "
                + stop.statement()
                + " ("
                + stop.message().lines().findFirst().orElse("")
                + "); production has the migration without it.";
    }

    /// Finds out what code at `folder` sends, given what production lacks of it.
    void learn(DrizzleFolder folder, List<DrizzleMigration> missing) throws SQLException {
        var attempt = onDatabase(connection -> DrizzleStatements.attempt(connection, missing));
        if (attempt.stop().isEmpty()) {
            schemas.keep(folder, attempt.statements());
        } else {
            learn(
                    folder,
                    missing.stream()
                            .takeWhile(m -> !m.name().equals(attempt.stop().get().migration()))
                            .toList());
        }
    }

    /// Puts a commit live on every Worker, making the Workers the first time.
    void release(CommitSha commit) {
        var address = Optional.<String>empty();
        for (var worker : scene.workers()) {
            var script = worker.names().script();
            var upload = build.upload(worker, commit);
            if (cloudflare.workers().script(script).isPresent()) {
                var version = cloudflare.workers().upload(script, upload);
                cloudflare.workers().deploy(script, version.id());
            } else {
                address = address.or(() -> Optional.of(address()));
                cloudflare
                        .workers()
                        .deploy(
                                script,
                                CiPreviews.withSecrets(
                                        scene, worker, upload, address.orElseThrow()));
            }
        }
    }

    /// Uploads a version of each Worker that gets no traffic.
    void upload(CommitSha commit) {
        for (var worker : scene.workers()) {
            cloudflare.workers().upload(worker.names().script(), build.upload(worker, commit));
        }
    }

    private String branch() {
        return neon.branch(scene.stack().project(), scene.stack().productionBranch())
                .orElseThrow()
                .id();
    }

    private String address() {
        return neon.connectionUri(
                        scene.stack().project(),
                        branch(),
                        scene.stack().database(),
                        scene.stack().role(),
                        true)
                .reveal();
    }

    /// Points the hostnames to the Workers: the zone itself by a route, names inside it as custom
    /// domains.
    void names() {
        for (var worker : scene.workers()) {
            var host = worker.names().hostname();
            var script = worker.names().script();
            if (host.equals(scene.stack().zone())) {
                cloudflare.zone().create(DnsRecord.of("AAAA", host, "100::", true, "production"));
                cloudflare.domains().addRoute(host + "/*", Optional.of(script));
            } else {
                cloudflare.domains().attach(host, script, false, false);
            }
        }
    }
}
