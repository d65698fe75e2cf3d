package dev.slipway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.domain.InputException;
import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.sandbox.world.RepoSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Worlds built from repositories that are made here.
class RepoWorldTest {
    @TempDir Path folder;

    @Test
    void productionHasWhatDrizzleAppliedAtItsCommitAndSkipsWhatItSkips() throws Exception {
        journal(entry(0, 1000, "0000_users"), entry(1, 3000, "0001_posts"));
        file("drizzle/0000_users.sql", "CREATE TABLE users (id serial PRIMARY KEY, name text)");
        file("drizzle/0001_posts.sql", "CREATE TABLE posts (id int REFERENCES users (id))");
        file("wrangler.toml", "name = \"shop\"\nroute = \"shop.example.com/*\"\n");
        commit("first");
        journal(
                entry(0, 1000, "0000_users"),
                entry(1, 3000, "0001_posts"),
                entry(2, 2000, "0002_late"),
                entry(3, 4000, "0003_tags"));
        file("drizzle/0002_late.sql", "CREATE TABLE late (id int)");
        file("drizzle/0003_tags.sql", "CREATE TABLE tags (id int)");
        var head = commit("second");
        git("branch topic");
        var said = new ArrayList<String>();

        try (var sandbox = start(source(Optional.of("HEAD~1"), List.of()), said)) {
            var visitor = new Visitor(sandbox.worldFile());

            assertThat(said).isEmpty();
            assertThat(rows(sandbox)).containsExactly(1000L, 3000L);
            assertThat(visitor.health(hostname(sandbox)).status()).isEqualTo(200);
            assertThat(checks(sandbox, visitor, head))
                    .as("what is on main can be promoted at once")
                    .hasSize(5)
                    .containsOnly("success");
            assertThat(sandbox.cloudflare().workers().script("shop").orElseThrow().newest())
                    .hasValueSatisfying(version ->
                            assertThat(version.annotation("workers/commit_sha")).contains(head));
            assertThat(Files.readString(sandbox.stack()))
                    .contains("folder: \"drizzle\"", "script: \"shop\"", ".test\"");
        }
    }

    @Test
    void aFolderOfTheSecondLayoutAndAMadeUpWorkerAreWelcome() throws Exception {
        file("db/20260101120000_users/migration.sql", "CREATE TABLE users (id int NOT NULL)");
        commit("first");
        git("branch topic");
        git("checkout -q topic");
        file("db/20260102120000_posts/migration.sql", "CREATE TABLE posts (id int NOT NULL)");
        commit("second");
        git("checkout -q main");
        var said = new ArrayList<String>();

        try (var sandbox = start(source(Optional.empty(), List.of("topic")), said)) {
            var visitor = new Visitor(sandbox.worldFile());
            var pulls = visitor.github("/repos/" + sandbox.worldFile().repository() + "/pulls");

            assertThat(said).singleElement().asString().contains("made one up");
            assertThat(pulls).hasSize(1);
            assertThat(visitor.health(hostname(sandbox)).status()).isEqualTo(200);
            assertThat(
                            sandbox.neon()
                                    .branch(
                                            sandbox.worldFile().project(),
                                            "pr-" + pulls.get(0).path("number").asInt()))
                    .isPresent();
        }
    }

    @Test
    void aDatabaseNamedInAWranglerFileIsNeverTheOneTheSandboxUses() throws Exception {
        journal(entry(0, 1000, "0000_users"));
        file("drizzle/0000_users.sql", "CREATE TABLE users (id serial PRIMARY KEY)");
        file(
                "wrangler.jsonc",
                """
                {"name": "shop", "vars": {"MODE": "blue", "DATABASE_URL":
                  "postgresql://postgres:postgres@127.0.0.1:1/postgres"}}
                """);
        commit("first");
        var said = new ArrayList<String>();

        try (var sandbox = start(source(Optional.empty(), List.of()), said)) {
            var answer = new Visitor(sandbox.worldFile()).health(hostname(sandbox));

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.json().at("/database/connected").booleanValue()).isTrue();
            assertThat(said).singleElement().asString().contains("wrangler.jsonc", "DATABASE_URL");
        }
    }

    @Test
    void whatIsWrongIsSaidBeforeAnythingIsStarted() throws Exception {
        file("a/20260101120000_users/migration.sql", "select 1");
        file("b/meta/_journal.json", "{\"dialect\": \"pg\", \"entries\": []}");
        commit("first");

        assertThatThrownBy(() -> start(source(Optional.empty(), List.of()), new ArrayList<>()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a, b")
                .hasMessageContaining("--migrations");
        assertThatThrownBy(
                        () -> start(source(Optional.of("nowhere"), List.of()), new ArrayList<>()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> start(RepoSource.of(folder.resolve("nothing")), new ArrayList<>()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no Git repository");
    }

    private RepoSource source(Optional<String> production, List<String> pulls) {
        return new RepoSource(folder, production, pulls, Optional.empty(), Optional.of("main"));
    }

    private static Sandbox start(RepoSource source, List<String> said) {
        return Sandbox.start(
                SandboxOptions.temporary(PostgresForTests.CACHE).from(source).speed(20), said::add);
    }

    private static String hostname(Sandbox sandbox) throws Exception {
        return Files.readString(sandbox.stack())
                .lines()
                .filter(line -> line.contains(" hostname:"))
                .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> checks(Sandbox sandbox, Visitor visitor, String commit) {
        return visitor.github(
                        "/repos/%s/commits/%s/check-runs"
                                .formatted(sandbox.worldFile().repository(), commit))
                .path("check_runs")
                .valueStream()
                .map(run -> run.path("conclusion").asString("none"))
                .toList();
    }

    private static List<Long> rows(Sandbox sandbox) throws Exception {
        var project = sandbox.worldFile().project();
        return sandbox.neon()
                .asOwner(
                        project,
                        "production",
                        sandbox.neon().projects().getFirst().name().replace('-', '_'),
                        connection -> {
                            var found = new ArrayList<Long>();
                            try (var statement = connection.createStatement();
                                    var rows =
                                            statement.executeQuery(
                                                    "select created_at from"
                                                            + " drizzle.__drizzle_migrations"
                                                            + " order by id")) {
                                while (rows.next()) {
                                    found.add(rows.getLong(1));
                                }
                            }
                            return found;
                        });
    }

    private static String entry(int index, long when, String tag) {
        return "{\"idx\": %d, \"when\": %d, \"tag\": \"%s\"}".formatted(index, when, tag);
    }

    private void journal(String... entries) throws Exception {
        file(
                "drizzle/meta/_journal.json",
                "{\"dialect\": \"postgresql\", \"entries\": [" + String.join(", ", entries) + "]}");
    }

    private void file(String path, String text) throws Exception {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String commit(String message) throws Exception {
        try (var git = Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call()) {
            git.add().addFilepattern(".").call();
            return git.commit()
                    .setMessage(message)
                    .setAuthor("ana", "ana@example.com")
                    .setCommitter("ana", "ana@example.com")
                    .setSign(false)
                    .call()
                    .name();
        }
    }

    private void git(String command) throws Exception {
        try (var git = Git.open(folder.toFile())) {
            var words = command.split(" ");
            if (words[0].equals("branch")) {
                git.branchCreate().setName(words[1]).call();
            } else {
                git.checkout().setName(words[words.length - 1]).call();
            }
        }
    }
}
