package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.domain.CommitSha;
import dev.slipway.sandbox.world.Fault;
import dev.slipway.sandbox.world.WorkerUpload;
import dev.slipway.sandbox.world.WorkerVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/// Going back where not every Worker can, or somebody else is at it. The tests follow each other.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MixedRollbackTest {
    private static final String AUTH = "auth-worker-production";

    private static TestWorld world;
    private static Map<String, String> versionsOf41;
    private static Map<String, String> versionsOf42;

    @BeforeAll
    static void start() {
        world = new TestWorld();
        versionsOf41 = live();
        var plan = read(world.home(), "promote", "482", "--plan-only", "--json");
        var run = started(world.home(), List.of("promote", "482"), plan);
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        versionsOf42 = live();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    @Order(1)
    void oneThatIsRefusedAtTheLastMomentIsToldWithWhatEachWorkerRuns() {
        refuseAuth(1, 10220, "The following secrets have changed: SESSION_KEY");
        var plan = rollback(world.home(), "r41");
        var run = started(world.home(), List.of("rollback", "r41"), plan);

        assertThat(run.code()).as(run.err() + run.out()).isEqualTo(Exit.STOPPED);
        assertThat(run.document().path("state").stringValue()).isEqualTo("STOPPED_SAFE");
        assertThat(run.document().path("reason").stringValue())
                .contains("auth", "10220", "SESSION_KEY")
                .contains("web", "stripe-webhook-handler");
        var now = live();
        assertThat(now.get("auth")).isEqualTo(versionsOf42.get("auth"));
        assertThat(now.get("web")).isEqualTo(versionsOf41.get("web"));
        assertThat(now.get("stripe-webhook-handler"))
                .isEqualTo(versionsOf41.get("stripe-webhook-handler"));
        assertThat(world.run("lock").out()).contains("free");
    }

    /// A release somebody else made, from a computer that has never seen it.
    @Test
    @Order(2)
    void anotherHomeTakesTheRestBackAndLeavesWhatIsBack() {
        var other = world.folder().resolve("home-of-ana");
        var plan = rollback(other, "r41", "--no-hold");
        var run = started(other, List.of("rollback", "r41", "--no-hold"), plan);

        assertThat(run.code()).as(run.err() + run.out()).isEqualTo(Exit.DONE);
        assertThat(live()).isEqualTo(versionsOf41);
        assertThat(
                        world
                                .sandbox()
                                .cloudflare()
                                .workers()
                                .script("web-worker-production")
                                .orElseThrow()
                                .deployments()
                                .stream()
                                .filter(d -> d.annotations().toString().contains(":back.web")))
                .hasSize(1);
    }

    @Test
    @Order(3)
    void ofTwoWhoGoBackOneWritesAndTheOtherHearsWhoAndWhere() throws Exception {
        var ana = world.folder().resolve("home-of-ana");
        var ben = world.folder().resolve("home-of-ben");
        var ofAna = rollback(ana, "r42", "--no-hold");
        var ofBen = rollback(ben, "r42", "--no-hold");
        var slow =
                new Fault.Slow(
                        Fault.Target.next(3, "cloudflare", "POST", "/deployments"),
                        Duration.ofSeconds(4));
        world.sandbox().faults().add(slow);
        var first =
                CompletableFuture.supplyAsync(
                        () -> started(ana, List.of("rollback", "r42", "--no-hold"), ofAna));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !world.run("lock").out().contains("free"));
        var second = started(ben, List.of("rollback", "r42", "--no-hold"), ofBen);
        var won = first.get();
        world.sandbox().faults().clear();

        assertThat(won.code()).as(won.err() + won.out()).isEqualTo(Exit.DONE);
        assertThat(second.code()).as(second.err() + second.out()).isEqualTo(Exit.REFUSED);
        assertThat(second.err() + second.out())
                .containsPattern("kim on [^,\"]+[,:] rollback of r42, step \\d+ of \\d+");
        assertThat(live()).isEqualTo(versionsOf42);
    }

    /// A colleague finds what he needs to go back where everybody can read it.
    @Test
    @Order(4)
    void theManifestIsInTheTagTheDeploymentAndTheLock() {
        var workers = world.sandbox().cloudflare().workers();
        workers.secrets("web-worker-production", Map.of("FLAG", Optional.of("on")), "dash");
        var changed = web();
        var live = Optional.ofNullable(versionsOf42.get("web")).orElseThrow();
        workers.deploy("web-worker-production", live);
        world.seen("web-worker-production");
        var plan = read(world.home(), "promote", "484", "--plan-only", "--json");
        var run = started(world.home(), List.of("promote", "484"), plan);
        assertThat(run.code()).as(run.err() + run.out()).isEqualTo(Exit.DONE);

        var hub = world.sandbox().github();
        var tag = hub.git().tag(hub.git().ref("refs/tags/production-r43").orElseThrow());
        assertThat(tag.orElseThrow().message())
                .contains(
                        "secrets.web: " + changed.createdOn(),
                        "previous.web: " + live,
                        "restore.lsn: ",
                        "restore.time: ");
        assertThat(hub.deployments().deployments())
                .anySatisfy(d ->
                        assertThat(d.payload().toString())
                                .contains("secrets.web", changed.createdOn().toString()));
        var lock = hub.git().ref("refs/slipway/production").orElseThrow();
        var frozen =
                hub.git()
                        .file(new CommitSha(lock), "plan.json")
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        assertThat(frozen.orElseThrow())
                .contains("\"secrets.web\":\"" + changed.createdOn())
                .contains("\"live.web\":\"" + live);
    }

    private static WorkerVersion web() {
        return world.sandbox()
                .cloudflare()
                .workers()
                .script("web-worker-production")
                .flatMap(s -> s.newest())
                .orElseThrow();
    }

    @Test
    @Order(5)
    void aVersionBehindAHundredOthersIsNoTarget() {
        var workers = world.sandbox().cloudflare().workers();
        for (int i = 0; i < 100; i++) {
            workers.upload(AUTH, WorkerUpload.of("export default {}", "{}"));
        }
        var before = live();
        var shown = read(world.home(), "rollback", "r42", "--plan-only", "--json");
        assertThat(gate(shown, "return"))
                .contains("auth: the version ")
                .contains("of r42 is not among the newest 100")
                .contains("nothing is moved");
        assertThat(
                        read(world.home(), "production", "--json")
                                .path("goBack")
                                .path("answer")
                                .stringValue())
                .isNotEqualTo("code-only");
        assertThat(live()).isEqualTo(before);
    }

    private static void refuseAuth(int times, int code, String message) {
        world.sandbox()
                .faults()
                .add(
                        new Fault.Answer(
                                Fault.Target.next(
                                        times, "cloudflare", "POST", AUTH + "/deployments"),
                                400,
                                "{\"success\":false,\"errors\":[{\"code\":%d,\"message\":\"%s\"}],\"messages\":[],\"result\":null}"
                                        .formatted(code, message),
                                Optional.empty()));
    }

    private static JsonNode rollback(Path home, String release, String... more) {
        var arguments = new ArrayList<>(List.of("rollback", release));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("--plan-only", "--json"));
        return read(home, arguments.toArray(String[]::new));
    }

    private static JsonNode read(Path home, String... arguments) {
        var run = world.runAt(home, arguments);
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        return run.document();
    }

    private static CommandRun started(Path home, List<String> command, JsonNode plan) {
        var arguments = new ArrayList<>(command);
        arguments.addAll(
                List.of(
                        "--plan",
                        plan.path("plan").path("hash").stringValue(),
                        "--confirm",
                        plan.path("confirm").stringValue(),
                        "--reason",
                        "a test",
                        "--json"));
        return world.runAt(home, arguments.toArray(String[]::new));
    }

    private static Map<String, String> live() {
        var versions = new TreeMap<String, String>();
        for (var worker : read(world.home(), "production", "--json").path("workers")) {
            versions.put(
                    worker.path("name").stringValue(),
                    worker.path("versions").get(0).path("id").stringValue());
        }
        return versions;
    }

    private static String gate(JsonNode shown, String id) {
        for (var gate : shown.path("gates")) {
            if (gate.path("id").stringValue().equals(id)) {
                return gate.path("state").stringValue()
                        + ": "
                        + gate.path("evidence").stringValue();
            }
        }
        throw new AssertionError("no gate " + id);
    }
}
