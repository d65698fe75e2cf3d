package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.World;
import dev.slipway.http.EdgeClient.Probe;
import dev.slipway.http.EdgeClient.Reason;
import dev.slipway.http.RawServer.Reply;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EdgeClientTest {
    @Test
    void theWorkerSeesItsOwnHostnameAndTheHeadersGiven() {
        try (var server = RawServer.answering(200, "{\"status\":\"ok\"}", "Set-Cookie", "a=b")) {
            var edge = new EdgeClient(Worlds.edge(server.address()), InstantSource.system());
            var override = Map.of("Cloudflare-Workers-Version-Overrides", "web=\"1\"");

            edge.get("web-pr-7.codex.test", "/health?x=1", override);
            var probe = edge.get("web-pr-7.codex.test", "/health?x=1", override);

            assertThat(probe)
                    .isInstanceOfSatisfying(
                            Probe.Answered.class,
                            a -> {
                                assertThat(a.status()).isEqualTo(200);
                                assertThat(a.json().orElseThrow().text("status")).isEqualTo("ok");
                                assertThat(a.cut()).isFalse();
                            });
            var seen = server.received().getLast();
            assertThat(seen.target()).isEqualTo("/health?x=1");
            assertThat(seen.headers())
                    .containsEntry("host", "web-pr-7.codex.test")
                    .containsEntry("cloudflare-workers-version-overrides", "web=\"1\"")
                    .doesNotContainKeys("cookie", "authorization");
        }
    }

    @Test
    void aLongBodyIsCut() {
        try (var server = RawServer.answering(200, "x".repeat(200_000))) {
            assertThat(
                            new EdgeClient(Worlds.edge(server.address()), InstantSource.system())
                                    .get("a.test", "/", Map.of()))
                    .isInstanceOfSatisfying(
                            Probe.Answered.class,
                            a -> {
                                assertThat(a.body()).hasSize(EdgeClient.LONGEST_BODY);
                                assertThat(a.cut()).isTrue();
                                assertThat(a.json()).isEmpty();
                            });
        }
    }

    @Test
    void aRedirectIsAnAnswer() {
        try (var server = RawServer.answering(302, "", "Location", "/login")) {
            assertThat(
                            new EdgeClient(Worlds.edge(server.address()), InstantSource.system())
                                    .get("a.test", "/", Map.of()))
                    .isInstanceOfSatisfying(
                            Probe.Answered.class, a -> assertThat(a.status()).isEqualTo(302));
            assertThat(server.count()).isEqualTo(1);
        }
    }

    @Test
    void everyWayOfNotAnsweringHasItsReason() {
        try (var broken = new RawServer(_ -> new Reply.Reset())) {
            assertThat(reason(Worlds.edge(broken.address()), "a.test")).isEqualTo(Reason.BROKEN);
        }
        assertThat(reason(Worlds.edge(URI.create("http://127.0.0.1:1")), "a.test"))
                .isEqualTo(Reason.REFUSED);
        try (var plain = RawServer.answering(200, "")) {
            var https = URI.create("https://127.0.0.1:" + plain.address().getPort());
            assertThat(reason(Worlds.edge(https), "a.test")).isEqualTo(Reason.TLS);
        }
    }

    @Test
    void aNameThatLeadsIntoAPrivateNetworkIsNotFollowedInTheLiveWorld() {
        var api = URI.create("https://api.github.com");
        var live =
                Worlds.with(
                        api,
                        api,
                        api,
                        Optional.empty(),
                        Optional.empty(),
                        Worlds.QUICK,
                        World.Transport.LIVE);

        assertThat(reason(live, "localhost")).isEqualTo(Reason.NAME);
        assertThat(reason(live, "127.0.0.1")).isEqualTo(Reason.NAME);
    }

    private static Reason reason(World world, String host) {
        var probe = new EdgeClient(world, InstantSource.system()).get(host, "/health", Map.of());
        return ((Probe.Silent) probe).reason();
    }
}
