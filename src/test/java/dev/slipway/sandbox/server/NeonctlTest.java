package dev.slipway.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.domain.Secret;
import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.sandbox.world.Faults;
import dev.slipway.sandbox.world.NeonProject;
import dev.slipway.sandbox.world.NeonWorld;
import dev.slipway.sandbox.world.Pace;
import java.net.URI;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Neon's own command-line client, unchanged, against the sandbox. Needs Node.
@Tag("vendor")
class NeonctlTest {
    private static final String KEY = "napi_test";

    @TempDir Path home;
    @TempDir static Path installed;
    private NeonWorld world;
    private NeonServer server;
    private String project;

    @BeforeEach
    void start() {
        world =
                NeonWorld.open(
                        new NeonWorld.Place(
                                home.resolve("neon"),
                                PostgresForTests.CACHE,
                                false,
                                new Pace(4),
                                InstantSource.system()));
        project = world.createProject(NeonProject.Draft.named("codex")).id();
        server = new NeonServer(world, new Faults(), Secret.of(KEY), 0);
    }

    @AfterEach
    void stop() {
        server.close();
        world.close();
    }

    @Test
    void aBranchLivesFromItsMakingToItsEnd() throws Exception {
        var made = json("branches", "create", "--name", "pr-7", "--expires-at", tomorrow());
        var id = made.at("/branch/id").asString();
        assertThat(made.at("/branch/expires_at").asString()).isNotEmpty();
        assertThat(made.path("endpoints")).hasSize(1);
        assertThat(json("branches", "get", "pr-7").path("id").asString()).isEqualTo(id);
        assertThat(names()).containsExactlyInAnyOrder("production", "pr-7");

        try (var connection = DriverManager.getConnection(jdbc("pr-7"));
                var rows = connection.createStatement().executeQuery("select current_user")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("neondb_owner");
        }

        json("branches", "rename", "pr-7", "pr-8");
        json("branches", "delete", "pr-8");
        await().atMost(Duration.ofMinutes(3))
                .untilAsserted(() -> assertThat(names()).containsExactly("production"));
        assertThat(neonctl("branches", "get", "pr-8").text()).contains("pr-8 not found");
    }

    @Test
    void aRestoreBringsBackWhatWasAndKeepsWhatThereIs() throws Exception {
        json("branches", "create", "--name", "pr-7");
        execute("pr-7", "create table kept (x int)");
        // The client takes no finer time; asking it for the address of the drop takes longer.
        var then = Instant.now().plusMillis(1).truncatedTo(ChronoUnit.MILLIS);
        execute("pr-7", "drop table kept");

        json("branches", "restore", "pr-7", "^self@" + then, "--preserve-under-name", "pr-7-old");

        assertThat(names()).contains("pr-7", "pr-7-old");
        execute("pr-7", "select x from kept");

        // From another branch, as it is now.
        json("branches", "create", "--name", "pr-9");
        json("branches", "restore", "pr-9", "pr-7");
        execute("pr-9", "select x from kept");
    }

    @Test
    void whatTheAccountHoldsIsListed() throws Exception {
        assertThat(json("projects", "list").at("/projects/0/id").asString()).isEqualTo(project);
        assertThat(json("databases", "list").findValuesAsString("name")).containsExactly("neondb");
        assertThat(json("roles", "list").findValuesAsString("name"))
                .containsExactly("neondb_owner");
        assertThat(json("me").path("login").asString()).isNotEmpty();
    }

    private static String tomorrow() {
        return Instant.now().plus(Duration.ofDays(1)).toString();
    }

    private List<String> names() throws Exception {
        return json("branches", "list").findValuesAsString("name").stream()
                .filter(name -> !name.equals("sandbox"))
                .toList();
    }

    private void execute(String branch, String sql) throws Exception {
        try (var connection = DriverManager.getConnection(jdbc(branch));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// The connection string the client builds, without the encryption that loopback does not have.
    private String jdbc(String branch) throws Exception {
        var ran = neonctl("connection-string", branch);
        assertThat(ran.exit()).as(ran.text()).isZero();
        var uri = URI.create(ran.text().lines().reduce("", (_, last) -> last).strip());
        assertThat(uri.getQuery()).contains("sslmode=require");
        var user = uri.getUserInfo().split(":", 2);
        return "jdbc:postgresql://%s:%d%s?user=%s&password=%s"
                .formatted(uri.getHost(), uri.getPort(), uri.getPath(), user[0], user[1]);
    }

    private JsonNode json(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(arguments));
        command.addAll(List.of("--output", "json"));
        var ran = neonctl(command.toArray(String[]::new));
        assertThat(ran.exit()).as(command + "\n" + ran.text()).isZero();
        // What it says beside the answer stands in lines of its own before it.
        var lines = ran.text().lines().dropWhile(line -> !line.matches("[\\[{].*")).toList();
        return JsonMapper.builder().build().readTree(String.join("\n", lines));
    }

    private NodeClient.Ran neonctl(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("neonctl"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--no-analytics", "--config-dir", home.resolve("cli").toString()));
        if (!List.of("me", "projects").contains(arguments[0])) {
            command.addAll(List.of("--project-id", project));
        }
        return new NodeClient(installed, "neonctl@5.0.1")
                .program(
                        home,
                        Map.of("NEON_API_HOST", server.base().toString(), "NEON_API_KEY", KEY),
                        "",
                        command);
    }
}
