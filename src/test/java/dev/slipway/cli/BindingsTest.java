package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sandbox.world.AccountResource.Kind;
import dev.slipway.sandbox.world.CloudflareRefusal;
import dev.slipway.sandbox.world.CloudflareToken;
import dev.slipway.sandbox.world.CloudflareToken.Permission;
import dev.slipway.sandbox.world.Fault;
import dev.slipway.sandbox.world.WorkerBinding;
import dev.slipway.sandbox.world.WorkerScript;
import dev.slipway.sandbox.world.WorkerUpload;
import dev.slipway.sandbox.world.WorkerVersion;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// A version is bound to what is no part of it. The tests follow each other: r41 has a namespace, a bucket, a
/// database and a queue, and r42 has not.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BindingsTest {
    private static final String AUTH = "auth-worker-production";
    private static final String CACHE = "0f2c7a9d0f2c7a9d0f2c7a9d0f2c7a9d";
    private static final List<String> BACK = List.of("rollback", "r41");

    private static TestWorld world;
    private static Restoring ask;
    private static Map<String, String> of42;

    @BeforeAll
    static void start() {
        world = new TestWorld();
        ask = new Restoring(world);
        bind(
                new WorkerBinding("kv_namespace", "CACHE", Map.of("namespace_id", CACHE)),
                new WorkerBinding("r2_bucket", "FILES", Map.of("bucket_name", "uploads")),
                new WorkerBinding("d1", "EDGE", Map.of("id", "d1-of-auth")),
                new WorkerBinding("queue", "MAIL", Map.of("queue_name", "mail")),
                new WorkerBinding("service", "WEB", Map.of("service", "web-worker-production")));
        var plan = ask.plan(List.of("promote", "482"));
        assertThat(ask.start(List.of("promote", "482"), plan).code()).isEqualTo(Exit.DONE);
        of42 = live();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    /// Uploads what serves of auth again, as r41 was built from, bound to more.
    private static void bind(WorkerBinding... bindings) {
        var workers = world.sandbox().cloudflare().workers();
        var now = workers.script(AUTH).flatMap(WorkerScript::live).orElseThrow();
        var upload =
                new WorkerUpload(
                                now.mainModule(),
                                now.modules().stream()
                                        .map(m ->
                                                new WorkerUpload.File(
                                                        m.name(),
                                                        m.contentType(),
                                                        workers.content(m)))
                                        .toList(),
                                now.bindings(),
                                Set.of(),
                                now.annotations(),
                                now.runtime(),
                                "wrangler")
                        .bind(bindings);
        workers.deploy(AUTH, upload);
    }

    @Test
    @Order(1)
    void whileAllOfItIsThereTheCodeGoesBack() {
        assertThat(answer()).isEqualTo("code-only");
        assertThat(Restoring.gate(ask.plan(BACK), "return")).startsWith("pass: ");
    }

    @Test
    @Order(2)
    void whatATokenMayNotSeeIsNotTakenToBeThere() {
        var rights = EnumSet.allOf(Permission.class);
        rights.removeIf(p -> p.name().startsWith("WORKERS_KV"));
        world.sandbox().cloudflare().admit(CloudflareToken.of("cfut_nokv", rights));
        var file =
                world.worldWith(
                        "nokv.json",
                        "\"cloudflare\":\"cf[a-z]+_[^\"]+\"",
                        "\"cloudflare\":\"cfut_nokv\"");
        var run = world.through(file, "rollback", "r41", "--plan-only", "--json");
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(Restoring.gate(run.document(), "return"))
                .contains(
                        "Whether the KV namespace " + CACHE + ", its binding CACHE, is still there",
                        "Workers KV Storage: Read",
                        "nothing is moved");
    }

    @Test
    @Order(3)
    void aDeletedNamespaceKeepsItsVersionFromReturningAndIsNamed() {
        delete(Kind.KV_NAMESPACE, CACHE);

        assertThat(answer()).isNotEqualTo("code-only");
        assertThat(sentence()).contains("auth", "CACHE", "KV namespace " + CACHE, "gone");
        var plan = ask.plan(BACK);
        assertThat(Restoring.gate(plan, "return"))
                .startsWith("fail: auth: its version ")
                .contains("of r41 cannot return", "CACHE", "choose another release")
                .contains("nothing is moved");
        assertThat(ask.start(BACK, plan).code()).isEqualTo(Exit.REFUSED);
        assertThat(live()).isEqualTo(of42);
        // As Cloudflare itself does.
        assertThat(deployedByHand()).contains("10041", CACHE);
    }

    @Test
    @Order(4)
    void soDoBucketDatabaseQueueAndWorker() {
        create(Kind.KV_NAMESPACE, CACHE);
        for (var one :
                List.of(
                        List.of(Kind.R2_BUCKET, "uploads", "R2 bucket uploads", "Make it again"),
                        List.of(Kind.D1, "d1-of-auth", "D1 database d1-of-auth", "another id"),
                        List.of(Kind.QUEUE, "mail", "queue mail", "Make it again"))) {
            var kind = (Kind) one.get(0);
            delete(kind, (String) one.get(1));
            assertThat(Restoring.gate(ask.plan(BACK), "return"))
                    .startsWith("fail: auth")
                    .contains((String) one.get(2), (String) one.get(3));
            create(kind, (String) one.get(1));
        }
        assertThat(answer()).isEqualTo("code-only");
    }

    /// Deleted between the plan and the moment it is sent.
    @Test
    @Order(5)
    void aBindingThatGoesAwayAtTheLastMomentIsToldInTheMixedResult() {
        var plan = ask.plan(BACK);
        world.sandbox()
                .faults()
                .add(
                        new Fault.Answer(
                                Fault.Target.next(1, "cloudflare", "POST", AUTH + "/deployments"),
                                400,
                                "{\"success\":false,\"errors\":[{\"code\":10041,\"message\":\"KV namespace '%s' not found.\"}],\"messages\":[],\"result\":null}"
                                        .formatted(CACHE),
                                Optional.empty()));
        var run = ask.start(BACK, plan);

        assertThat(run.code()).as(run.err() + run.out()).isEqualTo(Exit.STOPPED);
        assertThat(run.document().path("reason").stringValue())
                .contains("auth", "10041", "its binding CACHE leads to the KV namespace " + CACHE)
                .contains("web", "stripe-webhook-handler");
        assertThat(live().get(AUTH)).isEqualTo(of42.get(AUTH));
        assertThat(live().get("web-worker-production"))
                .isNotEqualTo(of42.get("web-worker-production"));
        assertThat(world.run("lock").out()).contains("free");
    }

    private static String answer() {
        return ask.read("production", "--json").path("goBack").path("answer").stringValue();
    }

    private static String sentence() {
        return ask.read("production", "--json").path("goBack").path("sentence").stringValue();
    }

    private static void delete(Kind kind, String id) {
        assertThat(world.sandbox().cloudflare().resources().delete(kind, id)).isTrue();
    }

    private static void create(Kind kind, String id) {
        world.sandbox().cloudflare().resources().create(kind, id, id);
    }

    /// What Cloudflare says to somebody who deploys the version of r41.
    private static String deployedByHand() {
        var workers = world.sandbox().cloudflare().workers();
        var bound =
                workers.script(AUTH).orElseThrow().versions().stream()
                        .filter(v -> v.binding("CACHE").isPresent())
                        .map(WorkerVersion::id)
                        .findFirst()
                        .orElseThrow();
        try {
            workers.deploy(AUTH, bound);
            throw new AssertionError("it was deployed");
        } catch (CloudflareRefusal e) {
            return e.code() + " " + e.sentence();
        }
    }

    private static Map<String, String> live() {
        var live = new TreeMap<String, String>();
        world.sandbox().cloudflare().workers().scripts().stream()
                .filter(s -> s.name().endsWith("-production"))
                .forEach(s -> live.put(s.name(), s.live().orElseThrow().id()));
        return live;
    }
}
