package dev.slipway.sandbox.postgres;

import dev.slipway.domain.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// An empty cluster as Neon hands one out, made once per machine and copied for each new project.
///
/// @param data its data folder, shut down cleanly, never started again
/// @param password of the superuser of every cluster copied from it
record ClusterTemplate(Path data, Secret password) {
    /// Belongs to the name of the folder: another number when anything below changes.
    private static final int EDITION = 2;

    /// What Neon's owner role may do beyond owning its database.
    private static final List<String> ROLES =
            List.of(
                    "create role neon_superuser nologin createdb createrole bypassrls",
                    "grant pg_read_all_data, pg_write_all_data, pg_monitor, pg_signal_backend,"
                            + " pg_create_subscription to neon_superuser with admin option",
                    "create extension pg_stat_statements",
                    "grant execute on function pg_stat_statements_reset to neon_superuser");

    /// Finds the template beside the binaries, or makes it. Safe for several programs at once.
    static ClusterTemplate in(Path cache, PostgresBinaries binaries, Unprivileged unprivileged) {
        var folder = cache.resolve(binaries.folder().getFileName() + "-template-" + EDITION);
        try {
            Folders.once(folder, partial -> make(partial, binaries, unprivileged));
            var password = Secret.of(Files.readString(folder.resolve("superuser")));
            return new ClusterTemplate(folder.resolve("data"), password);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare Postgres in " + cache, e);
        }
    }

    private static void make(Path partial, PostgresBinaries binaries, Unprivileged unprivileged)
            throws IOException {
        PrivateFile.write(partial.resolve("superuser"), randomPassword());
        unprivileged.own(partial);
        initialise(partial, binaries, unprivileged);
        var password = Secret.of(Files.readString(partial.resolve("superuser")));
        var data = partial.resolve("data");
        var server = PostgresServer.start(binaries, unprivileged, data, password, Map.of());
        try (var connection = server.connect("template1");
                var statement = connection.createStatement()) {
            for (var sql : ROLES) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new PostgresException("cannot prepare the template: " + e.getMessage(), e);
        } finally {
            server.stop();
        }
        dropOldLog(data);
    }

    /// After a clean end only the segment with the last checkpoint is of use.
    private static void dropOldLog(Path data) throws IOException {
        var last = ControlFile.of(data).checkpoint().value();
        var segment = "%08X%08X%08X".formatted(1, last >>> 32, (last & 0xFFFF_FFFFL) >>> 20);
        try (var files = Files.list(data.resolve("pg_wal"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith(segment)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void initialise(
            Path folder, PostgresBinaries binaries, Unprivileged unprivileged) throws IOException {
        var command =
                Stream.concat(
                                unprivileged.prefix().stream(),
                                Stream.of(
                                        binaries.program("initdb").toString(),
                                        "--pgdata=" + folder.resolve("data"),
                                        "--username=" + PostgresServer.SUPERUSER,
                                        "--pwfile=" + folder.resolve("superuser"),
                                        "--auth=scram-sha-256",
                                        "--encoding=UTF8",
                                        "--locale-provider=builtin",
                                        "--builtin-locale=C.UTF-8",
                                        "--locale=C",
                                        // Small segments: less to copy for each branch.
                                        "--wal-segsize=1",
                                        // Passwords here are long and random: hashing one 4,096
                                        // times at each connection protects nothing and cost a
                                        // quarter of a test run.
                                        "--set=scram_iterations=1",
                                        "--no-sync",
                                        "--no-instructions"))
                        .toList();
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        PostgresServer.plainEnvironment(builder);
        var process = builder.start();
        var words =
                new String(
                        process.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new PostgresException("initdb failed: " + words.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during initdb", e);
        }
    }

    private static String randomPassword() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
