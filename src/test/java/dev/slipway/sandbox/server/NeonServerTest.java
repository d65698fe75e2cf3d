package dev.slipway.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.domain.Secret;
import dev.slipway.sandbox.postgres.PostgresForTests;
import dev.slipway.sandbox.world.Faults;
import dev.slipway.sandbox.world.NeonBranch;
import dev.slipway.sandbox.world.NeonProject;
import dev.slipway.sandbox.world.NeonWorld;
import dev.slipway.sandbox.world.Pace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NeonServerTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir static Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private NeonWorld world;
    private NeonServer server;
    private String project;

    private record Answer(int status, JsonNode body) {}

    @BeforeAll
    void start() {
        world =
                NeonWorld.open(
                        new NeonWorld.Place(
                                folder.resolve("neon"),
                                PostgresForTests.CACHE,
                                false,
                                new Pace(4),
                                InstantSource.system()));
        project = world.createProject(NeonProject.Draft.named("codex")).id();
        server = new NeonServer(world, new Faults(), Secret.of("napi_test"), 0);
    }

    @AfterAll
    void stop() {
        server.close();
        world.close();
    }

    @Test
    void aBranchIsMadeByAnOperationThatLocksTheProject() throws Exception {
        quiet();
        var made =
                post(
                        "/branches",
                        "{\"branch\":{\"name\":\"pr-1\"},\"endpoints\":[{\"type\":\"read_write\"}],\"annotation_value\":{\"pr\":\"1\"}}");
        assertThat(made.status).isEqualTo(201);
        var branch = made.body.path("branch");
        assertThat(branch.path("current_state").stringValue()).isEqualTo("init");
        assertThat(made.body.path("endpoints").get(0).path("current_state").stringValue())
                .isEqualTo("init");
        assertThat(made.body.path("operations"))
                .extracting(o -> o.path("action").stringValue())
                .containsExactly("create_branch", "start_compute");
        assertThat(made.body.path("operations"))
                .extracting(o -> o.path("status").stringValue())
                .containsExactly("running", "scheduling");

        var refused = post("/branches", "{\"branch\":{\"name\":\"pr-2\"}}");
        assertThat(refused.status).isEqualTo(423);
        assertThat(refused.body.path("message").stringValue())
                .isEqualTo(
                        "project already has running conflicting operations, scheduling of new ones is prohibited");

        var last = made.body.path("operations").get(1).path("id").stringValue();
        await().atMost(Duration.ofMinutes(3))
                .until(() ->
                        get("/operations/" + last)
                                .body
                                .path("operation")
                                .path("status")
                                .stringValue()
                                .equals("finished"));
        var ready = get("/branches/" + branch.path("id").stringValue()).body;
        assertThat(ready.path("branch").path("current_state").stringValue()).isEqualTo("ready");
        assertThat(ready.path("annotation").path("value").path("pr").stringValue()).isEqualTo("1");
        assertThat(
                        get("/branches?search=pr-1")
                                .body
                                .path("annotations")
                                .has(branch.path("id").stringValue()))
                .isTrue();

        var uri =
                URI.create(
                        made.body
                                .path("connection_uris")
                                .get(0)
                                .path("connection_uri")
                                .stringValue());
        var user = uri.getUserInfo().split(":", 2);
        try (var connection =
                DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + uri.getPort() + uri.getPath(),
                        user[0],
                        user[1])) {
            assertThat(connection.isValid(5)).isTrue();
        }
        assertThat(
                        get("/endpoints/"
                                        + made.body
                                                .path("endpoints")
                                                .get(0)
                                                .path("id")
                                                .stringValue())
                                .body
                                .path("endpoint")
                                .path("current_state")
                                .stringValue())
                .isEqualTo("active");
    }

    @Test
    void aRestoreToATimestampBringsBackWhatWas() throws Exception {
        var id = world.createBranch(project, NeonBranch.Draft.named("restored")).id();
        world.asOwner(
                project,
                id,
                "neondb",
                c -> c.createStatement().execute("create table kept (x int)"));
        var then = Instant.now();
        world.asOwner(project, id, "neondb", c -> c.createStatement().execute("drop table kept"));
        quiet();
        assertThat(
                        post(
                                        "/branches/" + id + "/restore",
                                        "{\"source_branch_id\":\""
                                                + id
                                                + "\",\"source_timestamp\":\""
                                                + then
                                                + "\"}")
                                .status)
                .isEqualTo(422);
        var answer =
                post(
                        "/branches/" + id + "/restore",
                        "{\"source_branch_id\":\""
                                + id
                                + "\",\"source_timestamp\":\""
                                + then
                                + "\",\"preserve_under_name\":\"restored_old\"}");
        assertThat(answer.status).isEqualTo(200);
        assertThat(answer.body.path("branch").path("current_state").stringValue())
                .isEqualTo("resetting");
        quiet();
        var exists =
                world.asOwner(
                        project,
                        id,
                        "neondb",
                        c -> {
                            try (var rows =
                                    c.createStatement()
                                            .executeQuery(
                                                    "select to_regclass('kept') is not null")) {
                                rows.next();
                                return rows.getBoolean(1);
                            }
                        });
        assertThat(exists).isTrue();
        assertThat(world.branch(project, "restored_old")).isPresent();
    }

    @Test
    void deletingTwiceIsNoError() throws Exception {
        var id = world.createBranch(project, NeonBranch.Draft.named("twice")).id();
        quiet();
        assertThat(send("DELETE", "/branches/" + id, "").status).isEqualTo(200);
        quiet();
        assertThat(send("DELETE", "/branches/" + id, "").status).isEqualTo(204);
        assertThat(get("/branches/" + id).status).isEqualTo(404);
    }

    @Test
    void protectionAndExpiryAreSettingsOfABranch() throws Exception {
        var id = world.createBranch(project, NeonBranch.Draft.named("kept")).id();
        assertThat(send("PATCH", "/branches/" + id, "{\"branch\":{\"protected\":true}}").status)
                .isEqualTo(200);
        quiet();
        var refused = send("DELETE", "/branches/" + id, "");
        assertThat(refused.status).isEqualTo(422);
        assertThat(refused.body.path("message").stringValue())
                .isEqualTo("cannot delete protected branch");
        var expiring =
                send(
                        "PATCH",
                        "/branches/" + id,
                        "{\"branch\":{\"protected\":false,\"expires_at\":\"2099-01-01T00:00:00.000Z\"}}");
        assertThat(expiring.body.path("branch").path("expires_at").stringValue())
                .isEqualTo("2099-01-01T00:00:00Z");
        var never = send("PATCH", "/branches/" + id, "{\"branch\":{\"expires_at\":null}}");
        assertThat(never.body.path("branch").has("expires_at")).isFalse();
        assertThat(
                        send("PATCH", "/branches/" + id, "{\"branch\":{\"expires_at\":\"soon\"}}")
                                .status)
                .isEqualTo(400);
    }

    @Test
    void listsAreSearchedSortedAndPaged() throws Exception {
        for (var name : new String[] {"list-b", "list-a", "list-c"}) {
            world.createBranch(project, NeonBranch.Draft.named(name));
        }
        assertThat(get("/branches/count?search=list-").body.path("count").intValue()).isEqualTo(3);
        var first = get("/branches?search=list-&sort_by=name&sort_order=asc&limit=2").body;
        assertThat(first.path("branches"))
                .extracting(b -> b.path("name").stringValue())
                .containsExactly("list-a", "list-b");
        var rest =
                get("/branches?search=list-&sort_by=name&sort_order=asc&limit=2&cursor="
                                + first.path("pagination").path("next").stringValue())
                        .body;
        assertThat(rest.path("branches"))
                .extracting(b -> b.path("name").stringValue())
                .containsExactly("list-c");
        assertThat(rest.path("pagination").has("next")).isFalse();
    }

    @Test
    void rolesAndDatabasesAreMadeInTheCluster() throws Exception {
        var id = world.createBranch(project, NeonBranch.Draft.named("people")).id();
        quiet();
        var made = post("/branches/" + id + "/roles", "{\"role\":{\"name\":\"app\"}}");
        assertThat(made.status).isEqualTo(201);
        quiet();
        assertThat(
                        post(
                                        "/branches/" + id + "/databases",
                                        "{\"database\":{\"name\":\"shop\",\"owner_name\":\"app\"}}")
                                .status)
                .isEqualTo(201);
        var uri =
                get("/connection_uri?branch_id="
                                + id
                                + "&database_name=shop&role_name=app&pooled=true")
                        .body
                        .path("uri")
                        .stringValue();
        assertThat(uri)
                .contains("app:" + made.body.path("role").path("password").stringValue())
                .endsWith("-pooler");
        quiet();
        var reset = post("/branches/" + id + "/roles/app/reset_password", "");
        assertThat(get("/branches/" + id + "/roles/app/reveal_password").body.path("password"))
                .isEqualTo(reset.body.path("role").path("password"));
        boolean valid = world.asOwner(project, id, "shop", c -> c.isValid(5));
        assertThat(valid).isTrue();
    }

    @Test
    void strangersAndNonsenseAreRefusedWithTheRequestsId() throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(server.base() + "/projects"))
                        .header("Authorization", "Bearer wrong")
                        .header("X-Request-ID", "id-7")
                        .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(JSON.readTree(answer.body()).path("request_id").stringValue()).isEqualTo("id-7");
        assertThat(get("/nothing").status).isEqualTo(404);
        assertThat(post("/branches", "{").status).isEqualTo(400);
        assertThat(post("/branches", "{\"branch\":{\"name\":7}}").status).isEqualTo(400);
        assertThat(post("/branches", "{\"branch\":{\"parent_lsn\":\"x\"}}").status).isEqualTo(400);
    }

    @Test
    void theAccountIsDescribed() throws Exception {
        for (var path :
                new String[] {
                    "/auth",
                    "/users/me",
                    "/users/me/organizations",
                    "/projects?limit=100",
                    "/projects/shared?limit=100",
                    "/projects/" + project
                }) {
            assertThat(raw("GET", path, "").status).as(path).isEqualTo(200);
        }
        assertThat(raw("GET", "/projects/none", "").status).isEqualTo(404);
    }

    /// Until no operation locks the project.
    private void quiet() {
        await().atMost(Duration.ofMinutes(3))
                .until(() -> {
                    for (var operation : get("/operations").body.path("operations")) {
                        if (!operation.path("status").stringValue().equals("finished")) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    private Answer get(String path) throws Exception {
        return send("GET", path, "");
    }

    private Answer post(String path, String body) throws Exception {
        return send("POST", path, body);
    }

    private Answer send(String method, String path, String body) throws Exception {
        return raw(method, "/projects/" + project + path, body);
    }

    private Answer raw(String method, String path, String body) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(server.base() + path))
                        .header("Authorization", "Bearer napi_test")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(
                answer.statusCode(),
                Optional.of(answer.body())
                        .filter(b -> !b.isEmpty())
                        .map(JSON::readTree)
                        .orElseGet(JSON::createObjectNode));
    }
}
