package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.fault.FaultKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every fault, switched on the command line, does what its name says.
class FaultsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static TestWorld world;
    private static JsonNode file;
    private final HttpClient http = HttpClient.newHttpClient();

    private static final OkHttpClient EDGE = new OkHttpClient();

    private record Answer(int status, JsonNode body, Map<String, List<String>> headers) {
        Answer(int status, JsonNode body) {
            this(status, body, Map.of());
        }
    }

    @BeforeAll
    static void start() {
        world = new TestWorld();
        file = JSON.readTree(world.sandbox().worldFile().line());
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @AfterEach
    void clear() {
        assertThat(faults("clear").path("faults").isEmpty()).isTrue();
        http.close();
    }

    private static JsonNode faults(String... arguments) {
        var run =
                world.run(
                        Stream.concat(
                                        Stream.of("--json", "sandbox", "faults"),
                                        Stream.of(arguments))
                                .toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        return run.document();
    }

    @Test
    void whatIsOnIsListedAndSwitchedOffByItsId() {
        faults("on", "slow", "--service", "neon", "--method", "POST", "--by", "1500");
        var both = faults("on", "weak-code", "--worker", "web", "--after", "5");

        var shown = new ArrayList<String>();
        both.path("faults").forEach(f -> shown.add(f.path("kind").stringValue()));
        assertThat(shown).containsExactly("slow", "weak-code");
        var first = both.path("faults").get(0);
        assertThat(first.path("byMs").intValue()).isEqualTo(1500);
        assertThat(first.path("method").stringValue()).isEqualTo("POST");
        assertThat(both.path("faults").get(1).path("workers").get(0).stringValue())
                .isEqualTo("web");

        var rest = faults("off", first.path("id").stringValue());
        assertThat(rest.path("faults").size()).isEqualTo(1);
        assertThat(rest.path("faults").get(0).path("after").intValue()).isEqualTo(5);
        assertThat(faults("list")).isEqualTo(rest);
        assertThat(world.run("sandbox", "faults").out()).contains("weak-code", "web, after 5");
    }

    @Test
    void everyKindCanBeSwitchedOnAndComesBackByItsName() {
        for (var kind : FaultKind.values()) {
            var arguments = new ArrayList<>(List.of("on", kind.key()));
            if (kind.concern() == FaultKind.Concern.REQUESTS) {
                arguments.addAll(List.of("--service", "dns", "--path", "nobody.asks.this"));
            }
            if (kind.timed()) {
                arguments.addAll(List.of("--by", "10"));
            }
            if (kind == FaultKind.ANSWER) {
                arguments.addAll(List.of("--status", "418"));
            }
            var list = faults(arguments.toArray(String[]::new)).path("faults");
            assertThat(list.get(list.size() - 1).path("kind").stringValue()).isEqualTo(kind.key());
        }
    }

    @Test
    void aMistakeSwitchesNothing() {
        for (var wrong :
                List.of(
                        List.of("on", "lose-anser", "--service", "neon"),
                        List.of("on", "lose-answer"),
                        List.of("on", "slow", "--service", "neon"),
                        List.of("on", "answer", "--service", "neon"),
                        List.of("on", "build-fails", "--service", "neon"),
                        List.of("on", "lose-answer", "--service", "neon", "--worker", "web"))) {
            var run =
                    world.run(
                            Stream.concat(Stream.of("sandbox", "faults"), wrong.stream())
                                    .toArray(String[]::new));
            assertThat(run.code()).as(wrong.toString()).isEqualTo(Exit.INPUT);
            assertThat(run.err()).endsWith("Nothing was switched.\n");
        }
        for (var refused :
                List.of(
                        List.of("on", "build-fails", "--worker", "none"),
                        List.of("on", "lose-answer", "--service", "mars"),
                        List.of("on", "lose-answer", "--service", "neon", "--path", "("),
                        List.of("off", "4711"))) {
            var run =
                    world.run(
                            Stream.concat(Stream.of("sandbox", "faults"), refused.stream())
                                    .toArray(String[]::new));
            assertThat(run.code()).as(refused.toString()).isEqualTo(Exit.REFUSED);
        }
        assertThat(faults().path("faults").isEmpty()).isTrue();
        assertThat(
                        CommandRun.of(world.folder().resolve("empty"), List.of("sandbox", "faults"))
                                .code())
                .isEqualTo(Exit.INPUT);
    }

    @Test
    void requestsAreAnsweredWithWhatWasAskedFor() throws Exception {
        faults("on", "server-error", "--service", "cloudflare");
        var broken = ask("cloudflare", "GET", "/user/tokens/verify", "");
        assertThat(broken.status).isEqualTo(500);
        assertThat(broken.body.path("errors").isEmpty()).isFalse();

        faults("on", "rate-limit", "--service", "github", "--retry-after", "7");
        var limited = ask("github", "GET", "/rate_limit", "");
        assertThat(limited.status).isEqualTo(429);
        assertThat(limited.headers.get("retry-after")).containsExactly("7");

        faults("on", "locked", "--service", "neon", "--method", "POST", "--times", "1");
        assertThat(ask("neon", "GET", branches(), "").status).isEqualTo(200);
        var locked = ask("neon", "POST", branches(), "{}");
        assertThat(locked.status).isEqualTo(423);
        assertThat(locked.body.path("message").stringValue()).contains("conflicting operations");

        faults("on", "answer", "--service", "neon", "--status", "418", "--path", "/operations$");
        assertThat(ask("neon", "GET", branches(), "").status).isEqualTo(200);
        assertThat(ask("neon", "GET", branches().replace("branches", "operations"), "").status)
                .isEqualTo(418);
    }

    @Test
    void whatIsLostBeforeIsNotCarriedOutAndWhatIsLostAfterIs() throws Exception {
        lose("lose-request");
        assertThatThrownBy(() -> make("lost-before")).isInstanceOf(IOException.class);
        assertThat(names()).doesNotContain("lost-before");

        lose("lose-answer");
        assertThatThrownBy(() -> make("lost-after")).isInstanceOf(IOException.class);
        await().atMost(Duration.ofMinutes(3)).until(() -> names().contains("lost-after"));

        quiet();
        lose("truncate");
        assertThatThrownBy(() -> make("cut")).isInstanceOf(IOException.class);
        await().atMost(Duration.ofMinutes(3)).until(() -> names().contains("cut"));

        quiet();
        lose("apply-late", "--by", "400");
        assertThatThrownBy(() -> make("late")).isInstanceOf(IOException.class);
        assertThat(names()).doesNotContain("late");
        await().atMost(Duration.ofMinutes(3)).until(() -> names().contains("late"));
    }

    private static void lose(String kind, String... more) {
        faults(
                Stream.concat(
                                Stream.of(
                                        "on",
                                        kind,
                                        "--service",
                                        "neon",
                                        "--method",
                                        "POST",
                                        "--path",
                                        "/branches$",
                                        "--times",
                                        "1"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void aSlowServiceTakesItsTimeOrMore() throws Exception {
        faults("on", "slow", "--service", "github", "--by", "600");
        var before = System.nanoTime();

        assertThat(ask("github", "GET", "/rate_limit", "").status).isEqualTo(200);

        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isGreaterThan(Duration.ofMillis(600));
    }

    @Test
    void aFailingBuildIsRedAndUploadsNothing() throws Exception {
        faults("on", "build-fails", "--worker", "auth");
        var sha = push();

        assertThat(conclusion(sha, "Versions")).isEqualTo("failure");
        assertThat(versionsOf("auth-worker-production", sha)).isEmpty();
        assertThat(conclusion(sha, "CI")).isEqualTo("failure");
    }

    @Test
    void aLostUploadLooksGood() throws Exception {
        faults("on", "upload-lost");
        var sha = push();

        assertThat(conclusion(sha, "Versions")).isEqualTo("success");
        assertThat(versionsOf("auth-worker-production", sha)).isEmpty();
    }

    @Test
    void aSlowBuildIsOvertakenByALaterOne() throws Exception {
        faults("on", "slow-build", "--factor", "1000");
        var slow = push();
        await().atMost(Duration.ofMinutes(3)).until(() -> !run(slow, "Versions").isMissingNode());
        faults("clear");
        var quick = push();

        assertThat(conclusion(quick, "Versions")).isEqualTo("success");
        assertThat(run(slow, "Versions").path("status").stringValue()).isNotEqualTo("completed");
    }

    @Test
    void somebodyElseDeploysWhatIsPushed() throws Exception {
        faults("on", "second-deployer");
        var sha = push();
        conclusion(sha, "Versions");

        var version = versionsOf("auth-worker-production", sha).getFirst();
        var deployed =
                ask("cloudflare", "GET", scripts() + "/auth-worker-production/deployments", "")
                        .body
                        .path("result")
                        .path("deployments")
                        .get(0)
                        .path("versions");
        assertThat(deployed.get(0).path("version_id").stringValue()).isEqualTo(version);
        assertThat(deployed.get(0).path("percentage").intValue()).isEqualTo(100);
    }

    @Test
    void aClosedPullRequestLeavesItsPreviewBehind() throws Exception {
        faults("on", "leaves-previews");
        control("POST", "pulls/482/close", "{}");
        faults("clear");
        control("POST", "pulls/471/close", "{}");

        await().atMost(Duration.ofMinutes(3)).until(() -> !names().contains("pr-471"));
        assertThat(names()).contains("pr-482");
    }

    @Test
    void weakCodeIsHealthyUntilOrdinaryTrafficHasReachedIt() throws Exception {
        faults("on", "weak-code", "--worker", "auth", "--after", "8");
        var sha = push();
        conclusion(sha, "Versions");
        var version = versionsOf("auth-worker-production", sha).getFirst();
        control("PUT", "traffic", "{\"on\":false}");
        deploy(version);

        for (int i = 0; i < 20; i++) {
            assertThat(edge(version).status).as("chosen by name").isEqualTo(200);
        }
        int stood = 0;
        for (var answer = edge(""); answer.status == 200; answer = edge("")) {
            stood += version(answer).equals(version) ? 1 : 0;
        }
        assertThat(stood).isEqualTo(8);
        assertThat(edge(version).status).isEqualTo(500);
    }

    private static String branches() {
        return "/projects/" + file.path("project").stringValue() + "/branches";
    }

    private static String scripts() {
        return "/accounts/" + file.path("account").stringValue() + "/workers/scripts";
    }

    private List<String> names() throws Exception {
        var names = new ArrayList<String>();
        ask("neon", "GET", branches(), "")
                .body
                .path("branches")
                .forEach(b -> names.add(b.path("name").stringValue()));
        return names;
    }

    private Answer make(String name) throws Exception {
        return ask(
                "neon",
                "POST",
                branches(),
                JSON.writeValueAsString(Map.of("branch", Map.of("name", name))));
    }

    /// Until no operation locks the project.
    private void quiet() {
        await().atMost(Duration.ofMinutes(3))
                .until(() -> {
                    for (var operation :
                            ask("neon", "GET", branches().replace("branches", "operations"), "")
                                    .body
                                    .path("operations")) {
                        if (!operation.path("status").stringValue().equals("finished")) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    private String push() throws Exception {
        var body =
                "{\"author\":\"%s\",\"files\":{\"notes.txt\":\"%s\"}}"
                        .formatted(author(), System.nanoTime());
        return control("POST", "push", body).path("head").stringValue();
    }

    private String author() throws Exception {
        return ask("github", "GET", repository() + "/pulls", "")
                .body
                .get(0)
                .path("user")
                .path("login")
                .stringValue();
    }

    private static String repository() {
        return "/repos/" + file.path("repository").stringValue();
    }

    private JsonNode run(String sha, String name) throws Exception {
        for (var run :
                ask("github", "GET", repository() + "/actions/runs?head_sha=" + sha, "")
                        .body
                        .path("workflow_runs")) {
            if (run.path("name").stringValue().equals(name)) {
                return run;
            }
        }
        return JSON.missingNode();
    }

    private String conclusion(String sha, String name) {
        await().atMost(Duration.ofMinutes(3))
                .until(() -> run(sha, name).path("status").asString("").equals("completed"));
        try {
            return run(sha, name).path("conclusion").stringValue();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> versionsOf(String script, String sha) throws Exception {
        var found = new ArrayList<String>();
        ask("cloudflare", "GET", scripts() + "/" + script + "/versions", "")
                .body
                .path("result")
                .path("items")
                .forEach(version -> {
                    if (sha.equals(
                            version.path("annotations").path("workers/commit_sha").asString(""))) {
                        found.add(version.path("id").stringValue());
                    }
                });
        return found;
    }

    private void deploy(String version) throws Exception {
        var body =
                "{\"strategy\":\"percentage\",\"versions\":[{\"version_id\":\"%s\",\"percentage\":100}]}"
                        .formatted(version);
        assertThat(
                        ask(
                                        "cloudflare",
                                        "POST",
                                        scripts() + "/auth-worker-production/deployments",
                                        body)
                                .status)
                .isEqualTo(200);
        await().atMost(Duration.ofMinutes(3)).until(() -> version(edge(version)).equals(version));
    }

    private static String version(Answer health) {
        return health.body.path("version").path("id").asString("");
    }

    /// The health check of auth, of a version chosen by name or of whichever traffic meets.
    private Answer edge(String version) {
        var request =
                new Request.Builder()
                        .url(file.path("edge").stringValue() + "/health")
                        .header("Host", "auth.codex.test");
        if (!version.isEmpty()) {
            request.header(
                    "Cloudflare-Workers-Version-Overrides",
                    "auth-worker-production=\"" + version + "\"");
        }
        try (var answer = EDGE.newCall(request.build()).execute()) {
            var text = answer.body().string();
            return new Answer(
                    answer.code(), text.startsWith("{") ? JSON.readTree(text) : JSON.missingNode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode control(String method, String path, String body) throws Exception {
        var answer =
                http.send(
                        HttpRequest.newBuilder(
                                        URI.create(file.path("control").stringValue() + path))
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
        return JSON.readTree(answer.body());
    }

    private Answer ask(String service, String method, String path, String body) throws Exception {
        var answer =
                http.send(
                        HttpRequest.newBuilder(URI.create(file.path(service).stringValue() + path))
                                .header(
                                        "Authorization",
                                        "Bearer " + file.path("tokens").path(service).stringValue())
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return new Answer(
                answer.statusCode(), JSON.readTree(answer.body()), answer.headers().map());
    }
}
