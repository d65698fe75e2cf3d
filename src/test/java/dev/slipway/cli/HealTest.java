package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.sandbox.world.WorkerBinding;
import dev.slipway.sandbox.world.WorkerScript;
import dev.slipway.sandbox.world.WorkerUpload;
import dev.slipway.sandbox.world.WorkerVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/// After a rollback the newest version is not the one that serves, and Cloudflare refuses changes of
/// secrets. The tests follow each other.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HealTest {
    private static final String WEB = "web-worker-production";
    private static final String AUTH = "auth-worker-production";
    private static final List<String> HEAL = List.of("heal");

    private static TestWorld world;
    private static Restoring ask;

    @BeforeAll
    static void start() {
        world = new TestWorld();
        ask = new Restoring(world);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    @Order(1)
    void whereTheNewestServesThereIsNothingToHeal() {
        assertThat(ask.read("production", "--json").path("overtaken")).isEmpty();
        var run = world.run("heal", "--plan-only");
        assertThat(run.code()).isEqualTo(Exit.REFUSED);
        assertThat(run.err()).contains("the one that serves", "Nothing was changed.");
    }

    @Test
    @Order(2)
    void afterARollbackSecretsAreRefusedAndProductionSaysSo() throws Exception {
        carryOut(List.of("promote", "482"));
        carryOut(List.of("rollback", "r41", "--no-hold"));

        assertThat(secret(AUTH, "two")).contains("10215");
        var overtaken = ask.read("production", "--json").path("overtaken");
        var workers = new ArrayList<String>();
        for (var one : overtaken) {
            workers.add(one.path("worker").stringValue());
            assertThat(one.path("sentence").stringValue())
                    .contains(one.path("serves").stringValue().substring(0, 8))
                    .contains(one.path("newest").stringValue().substring(0, 8))
                    .contains("10215", "slipway heal");
        }
        assertThat(workers).containsExactly("web", "auth", "stripe-webhook-handler");
        assertThat(world.run("production").out()).contains("slipway heal");
    }

    @Test
    @Order(3)
    void healingMakesWhatServesTheNewestWithTheSameCodeAndTheSameSecrets() throws Exception {
        var before = serving();
        var plan = ask.plan(HEAL);
        assertThat(Restoring.keys(plan))
                .containsExactly(
                        "claim-lock", "upload-again", "serve", "check-back", "release-lock");
        assertThat(serving()).isEqualTo(before);
        assertThat(ask.start(HEAL, plan, "heal").code()).isEqualTo(Exit.REFUSED);
        var run = ask.start(HEAL, plan);

        assertThat(run.code()).as(run.err() + run.out()).isEqualTo(Exit.DONE);
        var after = serving();
        before.forEach((script, old) -> {
            var now = after.get(script);
            assertThat(now.id()).isNotEqualTo(old.id()).isEqualTo(newest(script).id());
            assertThat(now.modules()).isEqualTo(old.modules());
            assertThat(now.bindings()).containsExactlyInAnyOrderElementsOf(old.bindings());
            assertThat(now.runtime()).containsAllEntriesOf(old.runtime());
            assertThat(now.annotation("workers/commit_sha"))
                    .isEqualTo(old.annotation("workers/commit_sha"));
        });
        var production = ask.read("production", "--json");
        assertThat(production.path("release").stringValue()).isEqualTo("r41");
        assertThat(production.path("health").stringValue()).isEqualTo("healthy");
        assertThat(production.path("overtaken")).isEmpty();
        assertThat(secret(AUTH, "three")).contains("\"success\":true");
        assertThat(world.run("lock").out()).contains("free");
    }

    /// A change of a secret makes a version that does not say of which commit it is; healing knows it.
    @Test
    @Order(4)
    void whatOnlyASecretMadeIsUploadedWithTheCommitOfItsCode() {
        assertThat(ask.read("production", "--json").path("release").isNull()).isTrue();
        var commit = serving().get(WEB).annotation("workers/commit_sha");
        world.sandbox()
                .cloudflare()
                .workers()
                .upload(AUTH, WorkerUpload.of("export default {}", "{}"));
        awaitOvertaken("auth");

        carryOut(HEAL);

        assertThat(serving().get(AUTH).annotation("workers/commit_sha")).isEqualTo(commit);
        assertThat(serving().get(AUTH).text("FLAG")).contains("three");
        assertThat(ask.read("production", "--json").path("release").stringValue()).isEqualTo("r41");
    }

    /// A manifest names versions; the copies that healing made have their code, and the newer secrets.
    @Test
    @Order(5)
    void aCopyStandsForTheVersionThatAManifestNamesWhereASecretWasChangedSince() throws Exception {
        var workers = world.sandbox().cloudflare().workers();
        carryOut(List.of("promote", "484"));
        var release = ask.read("production", "--json").path("release").stringValue();
        var recorded = serving().get(AUTH);
        upload(AUTH);
        carryOut(HEAL);
        assertThat(secret(AUTH, "four")).contains("\"success\":true");

        // The code of the release serves, with another secret.
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        Restoring.gate(ask.plan(List.of("rollback", release)), "other-release")
                                .contains(release + " is live already"));

        upload(AUTH);
        carryOut(HEAL);
        var copy = serving().get(AUTH);
        workers.deploy(AUTH, WorkerUpload.of("export default {}", "{}"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !serving().get(AUTH).id().equals(copy.id()));
        world.seen(AUTH);
        carryOut(List.of("rollback", release));

        var back = serving().get(AUTH);
        assertThat(back.id()).isEqualTo(copy.id()).isNotEqualTo(recorded.id());
        assertThat(back.modules()).isEqualTo(recorded.modules());
        assertThat(back.text("FLAG")).contains("four");
    }

    @Test
    @Order(6)
    void aWorkerWithStaticAssetsIsNotCopiedWithoutThem() {
        var workers = world.sandbox().cloudflare().workers();
        var assets =
                WorkerUpload.of("export default {}", "{}")
                        .bind(new WorkerBinding("assets", "ASSETS", Map.of()));
        workers.deploy(WEB, assets);
        workers.upload(WEB, WorkerUpload.of("export default {}", "{}"));
        awaitOvertaken("web");

        var plan = ask.plan(HEAL);

        assertThat(Restoring.gate(plan, "same"))
                .startsWith("fail: web has static assets")
                .contains("Nothing was changed.");
        var before = serving();
        assertThat(ask.start(HEAL, plan).code()).isEqualTo(Exit.REFUSED);
        assertThat(serving()).isEqualTo(before);
    }

    private static void upload(String script) {
        world.sandbox()
                .cloudflare()
                .workers()
                .upload(script, WorkerUpload.of("export default {}", "{}"));
        awaitOvertaken("auth");
    }

    /// Cloudflare lists a version a moment after it was uploaded.
    private static void awaitOvertaken(String worker) {
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        ask.read("production", "--json")
                                .path("overtaken")
                                .valueStream()
                                .anyMatch(o -> o.path("worker").stringValue().equals(worker)));
    }

    private static void carryOut(List<String> command) {
        JsonNode plan = ask.plan(command);
        var run = ask.start(command, plan);
        assertThat(run.code()).as(run.err() + run.out()).isEqualTo(Exit.DONE);
    }

    private static Map<String, WorkerVersion> serving() {
        var serving = new TreeMap<String, WorkerVersion>();
        world.sandbox().cloudflare().workers().scripts().stream()
                .filter(s -> s.name().endsWith("-production"))
                .forEach(s -> serving.put(s.name(), s.live().orElseThrow()));
        return serving;
    }

    private static WorkerVersion newest(String script) {
        return world.sandbox()
                .cloudflare()
                .workers()
                .script(script)
                .flatMap(WorkerScript::newest)
                .orElseThrow();
    }

    /// Changes a secret as wrangler does.
    private static String secret(String script, String text) throws Exception {
        var line = world.sandbox().worldFile();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    line.cloudflare()
                                                            + "/accounts/"
                                                            + line.account()
                                                            + "/workers/scripts/"
                                                            + script
                                                            + "/secrets"))
                                    .header(
                                            "Authorization",
                                            "Bearer " + line.tokens().get("cloudflare"))
                                    .PUT(
                                            BodyPublishers.ofString(
                                                    "{\"name\":\"FLAG\",\"text\":\""
                                                            + text
                                                            + "\",\"type\":\"secret_text\"}"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }
}
