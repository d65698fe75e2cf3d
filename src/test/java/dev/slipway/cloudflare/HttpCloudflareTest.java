package dev.slipway.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.http.EdgeClient;
import dev.slipway.http.Transport;
import dev.slipway.http.Wire;
import dev.slipway.http.Worlds;
import dev.slipway.sandbox.server.CloudflareServer;
import dev.slipway.sandbox.server.EdgeServer;
import dev.slipway.sandbox.world.CloudflareAccount;
import dev.slipway.sandbox.world.CloudflareAccount.Delays;
import dev.slipway.sandbox.world.CloudflareToken;
import dev.slipway.sandbox.world.CloudflareWorld;
import dev.slipway.sandbox.world.DnsZone;
import dev.slipway.sandbox.world.Fault;
import dev.slipway.sandbox.world.Faults;
import dev.slipway.sandbox.world.Pace;
import dev.slipway.sandbox.world.WorkerUpload;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The adapter against the sandbox's Cloudflare, over real sockets.
class HttpCloudflareTest {
    private static final String SHA = "2c82c231aa0f1e7f3a2b4c5d6e7f8091a2b3c4d5";

    @TempDir Path home;
    private final Faults faults = new Faults();
    private CloudflareWorld sandbox;
    private CloudflareServer server;
    private Transport transport;
    private Cloudflare cloudflare;

    @BeforeEach
    void start() {
        sandbox =
                CloudflareWorld.open(
                        home,
                        CloudflareAccount.of("Codex", "codex", "codex.test").with(Delays.NONE),
                        new Pace(1),
                        InstantSource.system());
        sandbox.admit(CloudflareToken.full("full-token"));
        sandbox.admit(CloudflareToken.readOnly("read-only-token"));
        server = new CloudflareServer(sandbox, faults, 0);
        transport = transport("full-token");
        cloudflare = new HttpCloudflare(transport, sandbox.account().id());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aWorkerItsVersionsAndWhatIsLiveAreRead() {
        var old = live("web", "v1");
        var fresh =
                sandbox.workers()
                        .upload(
                                "web",
                                WorkerUpload.of("export default {}", "{}")
                                        .annotate("workers/tag", "v2")
                                        .annotate("workers/commit_sha", SHA)
                                        .annotate("workers/message", "second"))
                        .id();

        assertThat(cloudflare.scripts()).extracting(Script::name).containsExactly("web");
        var versions = cloudflare.versions("web", 10);
        assertThat(versions).extracting(Version::id).containsExactly(fresh, old);
        assertThat(versions.getFirst().commit()).contains(SHA);
        assertThat(versions.getFirst().tag()).contains("v2");
        assertThat(versions.getFirst().message()).contains("second");
        assertThat(versions.getFirst().number()).isEqualTo(2);
        assertThat(cloudflare.versions("web", 1)).hasSize(1);
        assertThat(cloudflare.version("web", fresh))
                .hasValueSatisfying(v -> assertThat(v.version().id()).isEqualTo(fresh));
        assertThat(
                        cloudflare.version(
                                "web",
                                old.replace(old.charAt(0), old.charAt(0) == 'a' ? 'b' : 'a')))
                .isEmpty();
        assertThat(cloudflare.deployments("web").getFirst().only()).contains(old);
        assertThat(cloudflare.secretNames("web")).isEmpty();
        assertThat(cloudflare.customDomains())
                .extracting(CustomDomain::hostname, CustomDomain::service)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("web.codex.test", "web"));
        assertThat(cloudflare.subdomain()).contains("codex");
        assertThat(cloudflare.zones()).extracting(Zone::name).containsExactly("codex.test");
        assertThat(cloudflare.token().active()).isTrue();
    }

    @Test
    void aRouteIsAddedGivenToAnotherWorkerAndTakenAway() {
        live("web", "v1");
        live("page", "v1");
        var zone = cloudflare.zones().getFirst().id();
        var pattern = "web.codex.test/*";
        change(() -> cloudflare.addRoute(zone, pattern, "page"));

        var route = cloudflare.routes(zone).getFirst();
        assertThat(route.pattern()).isEqualTo(pattern);
        assertThat(route.script()).contains("page");
        change(() -> cloudflare.setRoute(zone, new Route(route.id(), pattern, Optional.of("web"))));
        assertThat(cloudflare.routes(zone))
                .containsExactly(new Route(route.id(), pattern, Optional.of("web")));
        change(() -> cloudflare.removeRoute(zone, route.id()));
        assertThat(cloudflare.routes(zone)).isEmpty();
    }

    private static void change(Runnable call) {
        Wire.during(Wire.Listener.NONE, call);
    }

    @Test
    void trafficIsMovedAndTheMarkIsKept() {
        var old = live("web", "v1");
        var fresh = upload("web", "v2");

        var deployed =
                Wire.during(
                        Wire.Listener.NONE,
                        () ->
                                cloudflare.deploy(
                                        "web",
                                        List.of(new Share(fresh, 10), new Share(old, 90)),
                                        "slipway:1a2b3c4d:traffic-10"));

        var live = cloudflare.deployments("web").getFirst();
        assertThat(live).isEqualTo(deployed);
        assertThat(live.shares())
                .containsExactlyInAnyOrder(new Share(fresh, 10), new Share(old, 90));
        assertThat(live.message()).contains("slipway:1a2b3c4d:traffic-10");
        assertThat(live.only()).isEmpty();
    }

    @Test
    void aDeploymentWhoseAnswerIsLostIsUnknownAndSentOnce() {
        var old = live("web", "v1");
        var fresh = upload("web", "v2");
        var before = cloudflare.deployments("web").size();
        faults.add(
                new Fault.LoseAnswer(Fault.Target.next(1, "cloudflare", "POST", "/deployments$")));
        int calls = server.calls();

        var failure =
                catchThrowableOfType(
                                FailureException.class,
                                () ->
                                        Wire.during(
                                                Wire.Listener.NONE,
                                                () ->
                                                        cloudflare.deploy(
                                                                "web",
                                                                List.of(new Share(fresh, 100)),
                                                                "m")))
                        .failure();

        assertThat(failure).isInstanceOf(Failure.Unknown.class);
        assertThat(server.calls()).isEqualTo(calls + 1);
        assertThat(cloudflare.deployments("web")).hasSize(before + 1);
        assertThat(cloudflare.deployments("web").getFirst().only())
                .contains(fresh)
                .isNotEqualTo(Optional.of(old));
    }

    @Test
    void refusalsKeepTheirCode() {
        live("web", "v1");
        var missing =
                catchThrowableOfType(
                        FailureException.class, () -> cloudflare.deployments("nobody"));
        assertThat(missing.failure()).isInstanceOf(Failure.NotFound.class);

        var unknown =
                catchThrowableOfType(
                        FailureException.class,
                        () ->
                                Wire.during(
                                        Wire.Listener.NONE,
                                        () ->
                                                cloudflare.deploy(
                                                        "web",
                                                        List.of(
                                                                new Share(
                                                                        "0".repeat(8)
                                                                                + "-0000-4000-8000-"
                                                                                + "0".repeat(12),
                                                                        100)),
                                                        "m")));
        assertThat(unknown.failure().outcome()).isEqualTo(Failure.Outcome.REFUSED);

        var readOnly = new HttpCloudflare(transport("read-only-token"), sandbox.account().id());
        assertThat(readOnly.scripts()).hasSize(1);
        var denied =
                catchThrowableOfType(
                        FailureException.class,
                        () ->
                                Wire.during(
                                        Wire.Listener.NONE,
                                        () ->
                                                readOnly.deploy(
                                                        "web", List.of(new Share("x", 100)), "m")));
        assertThat(denied.failure()).isInstanceOf(Failure.Unauthorized.class);
        var stranger = new HttpCloudflare(transport("stranger"), sandbox.account().id());
        assertThat(catchThrowableOfType(FailureException.class, stranger::token).failure())
                .isInstanceOf(Failure.Unauthorized.class);
    }

    @Test
    void sharesThatAreNotAHundredNeverLeave() {
        int calls = server.calls();

        assertThatThrownBy(() ->
                        Wire.during(
                                Wire.Listener.NONE,
                                () -> cloudflare.deploy("web", List.of(new Share("x", 99)), "m")))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(server.calls()).isEqualTo(calls);
    }

    @Test
    void fifteenHundredRecordsCostOneCall() {
        sandbox.zone()
                .batch(
                        DnsZone.Batch.posts(
                                IntStream.range(0, 1_500)
                                        .mapToObj(i -> "r" + i + ".codex.test")
                                        .map(name ->
                                                dev.slipway.sandbox.world.DnsRecord.of(
                                                        "A", name, "192.0.2.1", false, ""))
                                        .toList()));
        int calls = transport.calls();

        var records = cloudflare.dnsRecords(sandbox.account().zoneId());

        assertThat(records).hasSizeGreaterThanOrEqualTo(1_500);
        assertThat(records).extracting(DnsRecord::id).doesNotHaveDuplicates();
        assertThat(transport.calls() - calls).isEqualTo(1);
    }

    @Test
    void theLiveVersionOfAWorkerThatStayedIsFree() {
        var old = live("web", "v1");
        var script = cloudflare.scripts().getFirst();
        assertThat(cloudflare.deploymentOf(script).flatMap(Deployment::only)).contains(old);
        int calls = transport.calls();

        cloudflare.deploymentOf(script);
        assertThat(transport.calls()).isEqualTo(calls);

        var fresh = live("web", "v2");
        var changed = cloudflare.scripts().getFirst();
        assertThat(cloudflare.deploymentOf(changed).flatMap(Deployment::only)).contains(fresh);
    }

    @Test
    void theBudgetIsWhatTheServerSays() {
        cloudflare.scripts();

        assertThat(transport.budget(Provider.CLOUDFLARE, "default"))
                .hasValueSatisfying(b -> {
                    assertThat(b.limit()).isEqualTo(1_200);
                    assertThat(b.left()).isEqualTo(1_199);
                    assertThat(b.reserve()).isEqualTo(200);
                });
    }

    @Test
    void anAnswerOfAPortalIsNotBelieved() {
        faults.add(
                new Fault.Answer(
                        new Fault.Target("cloudflare", Optional.empty(), Pattern.compile(""), 1),
                        200,
                        "<html>Sign in</html>",
                        Optional.empty()));

        assertThat(catchThrowableOfType(FailureException.class, cloudflare::scripts).failure())
                .isInstanceOf(Failure.BadAnswer.class);
    }

    @Test
    void aVersionIsSmokedThroughTheEdgeByItsOwnHostname() {
        var old = live("web", "v1");
        var fresh = upload("web", "v2");
        Wire.during(
                Wire.Listener.NONE,
                () -> {
                    cloudflare.deploy(
                            "web", List.of(new Share(fresh, 0), new Share(old, 100)), "m");
                });
        try (var edge = new EdgeServer(sandbox, faults, 0, new Random(7))) {
            var client = new EdgeClient(Worlds.edge(edge.address()), InstantSource.system());

            assertThat(version(client, Map.of())).isEqualTo(old);
            assertThat(
                            version(
                                    client,
                                    Map.of(
                                            "Cloudflare-Workers-Version-Overrides",
                                            "web=\"" + fresh + "\"")))
                    .isEqualTo(fresh);
        }
    }

    private static String version(EdgeClient client, Map<String, String> headers) {
        var probe = (EdgeClient.Probe.Answered) client.get("web.codex.test", "/health", headers);
        return probe.json().orElseThrow().get("version").text("id");
    }

    private String live(String name, String tag) {
        var id = sandbox.workers().deploy(name, code(tag)).id();
        if (sandbox.domains().domain(name + ".codex.test").isEmpty()) {
            sandbox.domains().attach(name + ".codex.test", name, false, false);
        }
        return id;
    }

    private String upload(String name, String tag) {
        return sandbox.workers().upload(name, code(tag)).id();
    }

    private static WorkerUpload code(String tag) {
        return WorkerUpload.of("export default {}", "{}").annotate("workers/tag", tag);
    }

    private Transport transport(String token) {
        return new Transport(
                Worlds.with(
                        server.address(),
                        server.address(),
                        server.address(),
                        Optional.empty(),
                        Optional.empty(),
                        Worlds.QUICK,
                        Worlds.LOOPBACK,
                        Map.of(Provider.CLOUDFLARE, Secret.of(token))),
                InstantSource.system());
    }
}
