package dev.slipway.cli;

import static org.awaitility.Awaitility.await;

import dev.slipway.ScratchFolders;
import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxOptions;
import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.sandbox.world.GitChange;
import dev.slipway.sandbox.world.GitHubPulls;
import dev.slipway.sandbox.world.GitPerson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The default world, its world file, and commands that are run against it.
public final class TestWorld implements AutoCloseable {
    static final String MIGRATIONS = "packages/database/src/migrations/";
    private static final String JOURNAL = MIGRATIONS + "meta/_journal.json";

    private final Sandbox sandbox;
    private final Path folder;
    private final Path file;

    public TestWorld() {
        sandbox =
                Sandbox.start(SandboxOptions.temporary(PostgresForTests.CACHE).speed(20), _ -> {});
        try {
            folder = ScratchFolders.newFolder("cli-");
            file = Files.writeString(folder.resolve("world.json"), sandbox.worldFile().line());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    /// A folder for what a test writes.
    public Path folder() {
        return folder;
    }

    /// The world file.
    public Path file() {
        return file;
    }

    public Path home() {
        return folder.resolve("home");
    }

    /// A migration a branch adds.
    ///
    /// @param when as Drizzle's journal has it; older than the newest one of production is skipped
    record Added(String tag, long when, String sql) {}

    /// A commit that adds migrations to those of the base branch.
    GitChange migrating(String subject, List<Added> added) {
        var change = GitChange.of(subject, kim(), Instant.now());
        var entries = new StringBuilder();
        for (int i = 0; i < added.size(); i++) {
            var one = added.get(i);
            change = change.with(MIGRATIONS + one.tag() + ".sql", one.sql());
            entries.append(
                    ", {\"idx\": %d, \"version\": \"7\", \"when\": %d, \"tag\": \"%s\", \"breakpoints\": true}"
                            .formatted(90 + i, one.when(), one.tag()));
        }
        var journal = text(JOURNAL);
        return change.with(
                JOURNAL, journal.substring(0, journal.lastIndexOf(']')) + entries + "]}");
    }

    /// Opens a pull request of a new branch, by its number.
    int pull(String branch, GitChange change) {
        var hub = sandbox.github();
        hub.push(branch, "kim", change);
        return hub.pulls()
                .open(new GitHubPulls.Opening(branch, "", "kim", branch, "main", false))
                .number();
    }

    GitPerson kim() {
        return sandbox.github().accounts().person("kim").person();
    }

    /// A file of the base branch.
    String text(String path) {
        var git = sandbox.github().git();
        var main = git.resolve("refs/heads/main").orElseThrow();
        return new String(git.file(main, path).orElseThrow(), StandardCharsets.UTF_8);
    }

    /// Runs a command against this world.
    public CommandRun run(String... arguments) {
        return runAt(home(), arguments);
    }

    /// The same in another home.
    public CommandRun runAt(Path home, String... arguments) {
        return CommandRun.of(
                home,
                Stream.concat(Stream.of("--world", file.toString()), Arrays.stream(arguments))
                        .toList());
    }

    /// Runs a command against the world of another file.
    public CommandRun through(Path world, String... arguments) {
        return CommandRun.of(
                home(),
                Stream.concat(Stream.of("--world", world.toString()), Arrays.stream(arguments))
                        .toList());
    }

    /// Waits until clients see what was done to a script behind their backs.
    void seen(String script) {
        var workers = sandbox.cloudflare().workers();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> workers.seen(script).equals(workers.script(script)));
    }

    /// A file in [#folder].
    public Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The world file with something replaced.
    public Path worldWith(String name, String pattern, String replacement) {
        return write(name, sandbox.worldFile().line().replaceAll(pattern, replacement));
    }

    /// A connection to production's database as its owner.
    public Connection production() throws SQLException {
        return production(sandbox);
    }

    /// The same of another sandbox.
    public static Connection production(Sandbox sandbox) throws SQLException {
        var uri =
                sandbox.neon()
                        .connectionUri(
                                sandbox.worldFile().project(),
                                "production",
                                "codex",
                                "codex_owner",
                                false)
                        .reveal();
        var parts = URI.create(uri);
        var user = parts.getUserInfo().split(":", 2);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + parts.getHost() + ":" + parts.getPort() + parts.getPath(),
                user[0],
                user[1]);
    }

    @Override
    public void close() {
        sandbox.close();
        try (var all = Files.walk(folder)) {
            for (var one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
