package dev.slipway.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sandbox.world.CloudflareAccount.Delays;
import dev.slipway.sandbox.world.DnsRecord;
import dev.slipway.sandbox.world.WorkerUpload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeServerTest {
    private static final String OVERRIDES = "Cloudflare-Workers-Version-Overrides";
    @TempDir Path home;
    private CloudflareSandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = new CloudflareSandbox(home, Delays.NONE);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aVersionAtZeroPercentAnswersOnlyThoseWhoAskForIt() {
        var old = sandbox.live("web", "v1");
        var fresh = upload("web", "v2");
        share("web", Map.of(fresh, 0, old, 100));

        assertThat(version("web", OVERRIDES, "web=\"" + fresh + "\"")).isEqualTo(fresh);
        assertThat(versions("web", 50)).containsOnly(old);
    }

    @Test
    void aVersionOutsideTheDeploymentCannotBeAskedFor() {
        var old = sandbox.live("web", "v1");
        var fresh = upload("web", "v2");

        assertThat(version("web", OVERRIDES, "web=\"" + fresh + "\"")).isEqualTo(old);
        assertThat(version("web", OVERRIDES, "auth=\"" + fresh + "\"")).isEqualTo(old);
    }

    @Test
    void trafficFollowsTheSharesAndComesBackWithARollback() {
        var old = sandbox.live("web", "v1");
        var fresh = upload("web", "v2");

        share("web", Map.of(fresh, 10, old, 90));
        assertThat(versions("web", 300).stream().filter(fresh::equals).count()).isBetween(10L, 55L);
        share("web", Map.of(fresh, 50, old, 50));
        assertThat(versions("web", 300).stream().filter(fresh::equals).count())
                .isBetween(105L, 195L);
        share("web", Map.of(fresh, 100));
        assertThat(versions("web", 50)).containsOnly(fresh);
        share("web", Map.of(old, 100));
        assertThat(versions("web", 50)).containsOnly(old);
    }

    @Test
    void aVersionKeyKeepsItsVersionWhileTheShareGrows() {
        var old = sandbox.live("web", "v1");
        var fresh = upload("web", "v2");
        share("web", List.of(Map.entry(fresh, 30), Map.entry(old, 70)));
        var converted = keys().filter(k -> keyed(k).equals(fresh)).boxed().toList();
        assertThat(converted).hasSizeBetween(30, 90);

        share("web", List.of(Map.entry(fresh, 60), Map.entry(old, 40)));

        assertThat(converted).allMatch(k -> keyed(k).equals(fresh));
    }

    @Test
    void aDeploymentReachesTheEdgeLittleByLittle(@TempDir Path elsewhere) {
        try (var slow =
                new CloudflareSandbox(
                        elsewhere,
                        new Delays(Duration.ZERO, Duration.ofSeconds(6), Duration.ZERO))) {
            sandbox.close();
            sandbox = slow;
            var old = sandbox.live("web", "v1");
            var fresh = upload("web", "v2");
            share("web", Map.of(fresh, 100));

            assertThat(versions("web", 50)).containsOnly(old);
            sandbox.pass(Duration.ofSeconds(3));
            assertThat(versions("web", 100)).contains(old, fresh);
            sandbox.pass(Duration.ofSeconds(3));
            assertThat(versions("web", 50)).containsOnly(fresh);
        }
    }

    @Test
    void healthEchoesVersionAndTagAndIsNeverStored() {
        var id = sandbox.live("web", "v1");

        var answer = sandbox.visit("web.codex.test", "/health");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/version/id").asString()).isEqualTo(id);
        assertThat(answer.json().at("/version/tag").asString()).isEqualTo("v1");
        assertThat(answer.json().at("/database/connected").asBoolean()).isFalse();
        assertThat(answer.headers().get("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.headers().get("Server")).isEqualTo("cloudflare");
        assertThat(answer.headers().get("CF-RAY")).matches("[0-9a-f]{16}-SBX");
    }

    @Test
    void aWorkerBehavesAsItsModuleSays() {
        behaves("throws", "{\"throws\":\"TypeError: x is undefined\"}");
        behaves("quiet", "{\"health\":{\"path\":\"/healthz\",\"echo\":false}}");
        behaves("ill", "{\"health\":{\"failing\":\"queue is full\"}}");
        behaves("shaky", "{\"errorRate\":0.5}");
        behaves("lost", "{\"statements\":[\"select 1\"]}");

        assertThat(sandbox.visit("throws.codex.test", "/health").text())
                .isEqualTo("error code: 1101");
        assertThat(sandbox.visit("quiet.codex.test", "/healthz").json().has("version")).isFalse();
        assertThat(sandbox.visit("ill.codex.test", "/health").status()).isEqualTo(503);
        var shaky =
                IntStream.range(0, 200)
                        .filter(_ -> sandbox.visit("shaky.codex.test", "/").status() == 500)
                        .count();
        assertThat(shaky).isBetween(60L, 140L);
        var lost = sandbox.visit("lost.codex.test", "/health");
        assertThat(lost.status()).isEqualTo(503);
        assertThat(lost.json().at("/status").asString()).isEqualTo("failing");
        assertThat(lost.json().at("/error/message").asString()).contains("DATABASE_URL");
    }

    @Test
    void versionsAnswerAtAddressesOfTheirOwnOncePreviewsAreOn() {
        var old = sandbox.live("web", "v1");
        var fresh = upload("web", "v2");
        var own = fresh.substring(0, 8) + "-web.codex.workers.dev";

        assertThat(sandbox.visit(own, "/health").status()).isEqualTo(404);
        assertThat(sandbox.visit("web.codex.workers.dev", "/health").status()).isEqualTo(404);
        sandbox.world.workers().reachable("web", true, true);

        assertThat(sandbox.visit(own, "/health").json().at("/version/id").asString())
                .isEqualTo(fresh);
        assertThat(
                        sandbox.visit("web.codex.workers.dev", "/health")
                                .json()
                                .at("/version/id")
                                .asString())
                .isEqualTo(old);
    }

    @Test
    void routesNeedAProxiedRecordAndTheLongestPatternWins() {
        sandbox.live("web", "v1");
        var api = sandbox.live("api", "v1");
        sandbox.world.domains().addRoute("shop.codex.test/*", Optional.of("web"));
        sandbox.world.domains().addRoute("shop.codex.test/api/*", Optional.of("api"));
        assertThat(sandbox.visit("shop.codex.test", "/").status()).isEqualTo(409);

        sandbox.world.zone().create(DnsRecord.of("A", "shop.codex.test", "192.0.2.1", true, ""));

        assertThat(sandbox.visit("shop.codex.test", "/").json().at("/worker").asString())
                .isEqualTo("web");
        assertThat(sandbox.visit("shop.codex.test", "/api/x").json().at("/worker").asString())
                .isEqualTo("api");
        assertThat(
                        sandbox.edge.counts().stream()
                                .filter(c -> c.version().equals(api))
                                .mapToLong(EdgeCounts.Count::requests)
                                .sum())
                .isEqualTo(1);
    }

    @Test
    void aRouteGoesBeforeACustomDomainUntilItIsGone() {
        sandbox.live("web", "v1");
        sandbox.live("page", "v1");
        assertThat(sandbox.visit("web.codex.test", "/").json().at("/worker").asString())
                .isEqualTo("web");

        var route = sandbox.world.domains().addRoute("web.codex.test/*", Optional.of("page"));
        assertThat(sandbox.visit("web.codex.test", "/").json().at("/worker").asString())
                .isEqualTo("page");

        sandbox.world.domains().removeRoute(route.id());
        assertThat(sandbox.visit("web.codex.test", "/").json().at("/worker").asString())
                .isEqualTo("web");
    }

    @Test
    void aProxiedNameWithoutAWorkerHasNoOrigin() {
        sandbox.world
                .zone()
                .create(DnsRecord.of("CNAME", "old.codex.test", "elsewhere.example", true, ""));

        assertThat(sandbox.visit("old.codex.test", "/").status()).isEqualTo(522);
    }

    @Test
    void backgroundTrafficFlowsWhileItIsOn() {
        var id = sandbox.live("web", "v1");
        sandbox.edge.traffic().on(List.of("web.codex.test"), Duration.ofMillis(2));
        Awaitility.await().until(() -> requests(id) > 20);

        sandbox.edge.traffic().off();

        assertThat(sandbox.edge.traffic().isOn()).isFalse();
        var after = requests(id);
        Awaitility.await().during(Duration.ofMillis(50)).until(() -> requests(id) <= after + 1);
    }

    private long requests(String version) {
        return sandbox.edge.counts().stream()
                .filter(c -> c.version().equals(version))
                .mapToLong(EdgeCounts.Count::requests)
                .sum();
    }

    private IntStream keys() {
        return IntStream.range(0, 200);
    }

    private String keyed(int key) {
        return version("web", "Cloudflare-Workers-Version-Key", "user-" + key);
    }

    private void behaves(String name, String behaviour) {
        sandbox.world.workers().deploy(name, WorkerUpload.of("export default {}", behaviour));
        sandbox.world.domains().attach(name + ".codex.test", name, false, false);
    }

    private String upload(String name, String tag) {
        var answer =
                sandbox.upload(
                        "POST",
                        sandbox.script(name) + "/versions",
                        CloudflareSandbox.metadata(tag),
                        "{}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.result().path("id").asString();
    }

    private void share(String name, Map<String, Integer> shares) {
        share(name, List.copyOf(shares.entrySet()));
    }

    private void share(String name, List<Map.Entry<String, Integer>> shares) {
        var versions =
                shares.stream()
                        .map(e -> Map.of("version_id", e.getKey(), "percentage", e.getValue()))
                        .toList();
        var answer =
                sandbox.send(
                        "POST",
                        sandbox.script(name) + "/deployments",
                        Map.of("strategy", "percentage", "versions", versions));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private List<String> versions(String name, int times) {
        return IntStream.range(0, times).mapToObj(_ -> version(name)).toList();
    }

    private String version(String name, String... headers) {
        return sandbox.visit(name + ".codex.test", "/health", headers)
                .json()
                .at("/version/id")
                .asString();
    }
}
