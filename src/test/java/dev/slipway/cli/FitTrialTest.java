package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sandbox.Sandbox;
import dev.slipway.sandbox.SandboxOptions;
import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.sandbox.world.RepoSource;
import dev.slipway.sandbox.world.WorkerScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Both codes are tried on both schemas, and what is said of them is what they did.
class FitTrialTest {
    @TempDir private static Path folder;

    private static Sandbox sandbox;
    private static Path file;
    private final List<String> before = scripts();

    @BeforeAll
    static void start() throws Exception {
        var repository = folder.resolve("shop");
        try (var git =
                Git.init().setDirectory(repository.toFile()).setInitialBranch("main").call()) {
            write(repository, "wrangler.toml", "name = \"shop\"\n");
            migrations(repository, "0000_users");
            write(
                    repository,
                    "drizzle/0000_users.sql",
                    "CREATE TABLE users (id serial PRIMARY KEY, name text, legacy text)");
            commit(git);
            pull(git, repository, "index", "CREATE INDEX users_name ON users (name)");
            pull(git, repository, "drop", "ALTER TABLE users DROP COLUMN legacy");
            pull(git, repository, "expand", "ALTER TABLE users ADD COLUMN mail text");
        }
        sandbox =
                Sandbox.start(
                        SandboxOptions.temporary(PostgresForTests.CACHE)
                                .from(
                                        new RepoSource(
                                                repository,
                                                Optional.empty(),
                                                List.of("index", "drop", "expand"),
                                                Optional.empty(),
                                                Optional.of("main")))
                                .speed(20),
                        _ -> {});
        file = Files.writeString(folder.resolve("world.json"), sandbox.worldFile().line());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @AfterEach
    void noScriptIsLeft() {
        assertThat(scripts()).isEqualTo(before);
    }

    private static List<String> scripts() {
        return sandbox.cloudflare().workers().scripts().stream().map(WorkerScript::name).toList();
    }

    private static void pull(Git git, Path repository, String name, String sql) throws Exception {
        git.checkout().setCreateBranch(true).setName(name).setStartPoint("main").call();
        migrations(repository, "0000_users", "0001_" + name);
        write(repository, "drizzle/0001_" + name + ".sql", sql);
        commit(git);
        git.checkout().setName("main").call();
    }

    private static void commit(Git git) throws Exception {
        git.add().addFilepattern(".").call();
        git.commit().setMessage("work").setSign(false).setAuthor("a", "a@example.com").call();
    }

    private static void migrations(Path repository, String... tags) throws IOException {
        var entries = new ArrayList<String>();
        for (int i = 0; i < tags.length; i++) {
            entries.add(
                    "{\"idx\":%d,\"version\":\"7\",\"when\":%d,\"tag\":\"%s\",\"breakpoints\":true}"
                            .formatted(i, 1000 * (i + 1), tags[i]));
        }
        write(
                repository,
                "drizzle/meta/_journal.json",
                "{\"version\":\"7\",\"dialect\":\"postgresql\",\"entries\":["
                        + String.join(",", entries)
                        + "]}");
    }

    private static void write(Path repository, String name, String text) throws IOException {
        var target = repository.resolve(name);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
    }

    private static JsonNode rehearse(String branch) {
        var previews = run("previews", "--json").document().path("previews");
        var number =
                previews.valueStream()
                        .filter(one -> one.path("branch").stringValue().contains(branch))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(previews))
                        .path("pullRequest")
                        .asInt();
        var run = run("rehearse", "" + number, "--json");
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        return run.document();
    }

    private static CommandRun run(String... arguments) {
        var all = new ArrayList<>(List.of("--world", file.toString()));
        all.addAll(List.of(arguments));
        return CommandRun.of(folder.resolve("home"), all);
    }

    private static String tried(JsonNode rehearsal, String code) {
        return rehearsal
                .path("fit")
                .path("tried")
                .valueStream()
                .filter(one -> one.path("code").stringValue().equals(code))
                .map(one ->
                        one.path("today").stringValue() + " " + one.path("migrated").stringValue())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anIndexDisturbsNeitherCode() {
        var rehearsal = rehearse("index");

        assertThat(tried(rehearsal, "live")).isEqualTo("yes yes");
        assertThat(tried(rehearsal, "new")).isEqualTo("yes yes");
        assertThat(rehearsal.path("fit").path("liveOnNew").stringValue()).isEqualTo("yes");
        assertThat(rehearsal.path("fit").path("newOnLive").stringValue()).isEqualTo("yes");
        assertThat(rehearsal.path("order").stringValue()).isEqualTo("any");
        assertThat(rehearsal.path("sentence").stringValue())
                .contains(
                        "works on the new schema (tried).",
                        "works on today's schema (tried).",
                        "Any order is safe.");
    }

    @Test
    void theLiveCodeFailsWithoutItsColumnAndTheNewCodeDoesNotNeedIt() {
        var rehearsal = rehearse("drop");

        assertThat(tried(rehearsal, "live")).isEqualTo("yes no");
        assertThat(tried(rehearsal, "new")).isEqualTo("yes yes");
        assertThat(rehearsal.path("fit").path("liveOnNew").stringValue()).isEqualTo("no");
        assertThat(rehearsal.path("fit").path("liveOnNewReason").stringValue())
                .contains("does not work on the new schema (tried)");
        assertThat(rehearsal.path("fit").path("newOnLive").stringValue()).isEqualTo("yes");
        assertThat(rehearsal.path("order").stringValue()).isEqualTo("code-first");
    }

    @Test
    void theNewCodeFailsWithoutTheColumnItWasMadeFor() {
        var rehearsal = rehearse("expand");

        assertThat(tried(rehearsal, "live")).isEqualTo("yes yes");
        assertThat(tried(rehearsal, "new")).isEqualTo("no yes");
        assertThat(rehearsal.path("fit").path("newOnLive").stringValue()).isEqualTo("no");
        assertThat(rehearsal.path("order").stringValue()).isEqualTo("schema-first");
    }
}
