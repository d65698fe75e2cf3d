package dev.slipway.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.bench.Numbers;
import dev.slipway.cli.CommandRun;
import dev.slipway.cli.SlipwayProcess;
import dev.slipway.cli.TestWorld;
import dev.slipway.sandbox.WorldFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The same way back by hand, with the vendors' own clients, and with Slipway, in one world: calls, seconds,
/// and what the one forgets that the other does. Needs Node. The tests follow each other.
@Tag("vendor")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ByHandTest {
    private static final List<String> WORKERS =
            List.of(
                    "web-worker-production",
                    "auth-worker-production",
                    "stripe-webhook-handler-production");

    @TempDir static Path folder;
    private static TestWorld world;
    private static WorldFile line;
    private static CountingProxy cloudflare;
    private static CountingProxy neon;
    private static CountingProxy gitHub;
    private static Path counted;
    private static NodeClient node;
    private static Map<String, String> of41;
    private static Map<String, String> of42;

    @BeforeAll
    static void start() throws Exception {
        world = new TestWorld();
        line = world.sandbox().worldFile();
        cloudflare = new CountingProxy(line.cloudflare());
        neon = new CountingProxy(line.neon());
        gitHub = new CountingProxy(line.github());
        counted =
                world.write(
                        "counted.json",
                        line.line()
                                .replace(line.cloudflare().toString(), cloudflare.address())
                                .replace(line.neon().toString(), neon.address())
                                .replace(line.github().toString(), gitHub.address()));
        node = new NodeClient(folder, "wrangler@4.86.0", "neonctl@5.0.1");
        of41 = live();
        var plan = world.run("promote", "482", "--plan-only", "--json").document();
        assertThat(carriedOut(List.of("promote", "482"), plan).code()).isZero();
        of42 = live();
    }

    @AfterAll
    static void stop() {
        List.of(cloudflare, neon, gitHub).forEach(CountingProxy::close);
        world.close();
    }

    /// What is live, by script.
    private static Map<String, String> live() {
        var live = new TreeMap<String, String>();
        for (var script : WORKERS) {
            live.put(
                    script,
                    world.sandbox()
                            .cloudflare()
                            .workers()
                            .script(script)
                            .flatMap(s -> s.live())
                            .orElseThrow()
                            .id());
        }
        return live;
    }

    private static CommandRun carriedOut(List<String> command, JsonNode plan) {
        var arguments = new ArrayList<>(command);
        arguments.addAll(confirmed(plan));
        return world.run(arguments.toArray(String[]::new));
    }

    private static List<String> confirmed(JsonNode plan) {
        return List.of(
                "--plan",
                plan.path("plan").path("hash").stringValue(),
                "--confirm",
                plan.path("confirm").stringValue(),
                "--reason",
                "bench");
    }

    private static double since(Instant began) {
        return Duration.between(began, Instant.now()).toMillis() / 1e3;
    }

    private static void calls(String what, double seconds) {
        Numbers.row(
                what,
                "%.1f s; Cloudflare %d, Neon %d, GitHub %d calls"
                        .formatted(seconds, cloudflare.calls(), neon.calls(), gitHub.calls()));
    }

    private static void forget() {
        List.of(cloudflare, neon, gitHub).forEach(CountingProxy::calls);
    }

    @Test
    @Order(1)
    void codeByHandWithoutAnyoneKnowing() throws Exception {
        var lock = world.sandbox().github().git().ref("refs/slipway/production");
        var deployments = world.sandbox().github().deployments().deployments().size();
        forget();
        var began = Instant.now();
        for (var script : WORKERS) {
            // Whoever does it by hand has to find the version first.
            wrangler(script, "deployments", "list");
            wrangler(
                    script,
                    "rollback",
                    Optional.ofNullable(of41.get(script)).orElseThrow(),
                    "-y",
                    "-m",
                    "back");
        }
        calls("code back by hand: 3 × wrangler deployments list, 3 × rollback ID", since(began));

        assertThat(live()).isEqualTo(of41);
        // Nobody is told, nobody is kept out, nothing is asked whether it is well, and what was
        // left
        // comes back with the next promotion.
        assertThat(world.sandbox().github().git().ref("refs/slipway/production")).isEqualTo(lock);
        assertThat(world.sandbox().github().deployments().deployments()).hasSize(deployments);
        assertThat(gate("promote", "484", "hold")).isEqualTo("pass");
    }

    @Test
    @Order(2)
    void codeWithSlipway() throws Exception {
        forth();
        var plan = world.run("rollback", "r41", "--plan-only", "--json").document();
        forget();
        var began = Instant.now();
        var arguments = new ArrayList<>(List.of("rollback", "r41"));
        arguments.addAll(confirmed(plan));
        try (var process =
                new SlipwayProcess(
                        world, world.home(), counted, arguments.toArray(String[]::new))) {
            assertThat(process.finish()).as(process.words() + process.written()).isZero();
        }
        calls("code back: slipway rollback, with lock, probes, hold and record", since(began));

        assertThat(live()).isEqualTo(of41);
        assertThat(gate("promote", "484", "hold")).isEqualTo("fail");
        var release = world.sandbox().github().git().resolve("refs/tags/production-r42");
        var commit = release.orElseThrow().value();
        var free = world.run("unhold", commit, "--plan-only", "--json").document();
        assertThat(carriedOut(List.of("unhold", commit), free).code()).isZero();
    }

    @Test
    @Order(3)
    void aSecretThatChangedSinceComesBackOldByHand() throws Exception {
        forth();
        var auth = "auth-worker-production";
        var workers = world.sandbox().cloudflare().workers();
        workers.secrets(auth, Map.of("SESSION_KEY", Optional.of("rotated")), "dash");
        assertThat(gate("rollback", "r41", "return")).isEqualTo("fail");

        // Asked by nobody, it sends the same again with force=true when it is refused with 10220.
        wrangler(
                auth,
                "rollback",
                Optional.ofNullable(of41.get(auth)).orElseThrow(),
                "-y",
                "-m",
                "back");
        assertThat(live()).containsEntry(auth, of41.get(auth));
        var secret =
                workers.script(auth).flatMap(s -> s.live()).flatMap(v -> v.binding("SESSION_KEY"));
        assertThat(secret.flatMap(b -> b.text())).isNotEqualTo(Optional.of("rotated"));
    }

    @Test
    @Order(4)
    void theDatabaseByHandWithoutACount() throws Exception {
        // The client takes milliseconds only.
        var then = Instant.now().plusMillis(1).truncatedTo(ChronoUnit.MILLIS);
        try (var connection = world.production();
                var statement = connection.createStatement()) {
            statement.execute("insert into plans (name, monthly_cents) values ('Lost', 1)");
        }
        forget();
        var began = Instant.now();
        var ran =
                neonctl(
                        "branches",
                        "restore",
                        "production",
                        "^self@" + then,
                        "--preserve-under-name",
                        "by-hand");
        assertThat(ran.exit()).as(ran.text()).isZero();
        calls("database back by hand: neonctl branches restore", since(began));
        assertThat(ran.text()).doesNotContain("plans", "Lost");
        assertThat(plans("Lost")).isZero();
    }

    @Test
    @Order(5)
    void theDatabaseWithSlipway() throws Exception {
        forth();
        String then;
        try (var connection = world.production();
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "select to_char(clock_timestamp() at time zone 'utc',"
                                        + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")) {
            assertThat(row.next()).isTrue();
            then = row.getString(1);
        }
        try (var connection = world.production();
                var statement = connection.createStatement()) {
            statement.execute("insert into plans (name, monthly_cents) values ('Lost', 1)");
        }
        var shown = world.run("rollback", "--database", then, "--plan-only", "--json");
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out()).contains("plans");
        forget();
        var began = Instant.now();
        var arguments = new ArrayList<>(List.of("rollback", "--database", then));
        arguments.addAll(confirmed(shown.document()));
        try (var process =
                new SlipwayProcess(
                        world, world.home(), counted, arguments.toArray(String[]::new))) {
            assertThat(process.finish()).as(process.words() + process.written()).isZero();
        }
        calls("database back: slipway rollback --database, loss counted twice", since(began));
        assertThat(plans("Lost")).isZero();
    }

    /// Production on r42 again.
    private static void forth() {
        for (var script : WORKERS) {
            world.sandbox()
                    .cloudflare()
                    .workers()
                    .deploy(script, Optional.ofNullable(of42.get(script)).orElseThrow());
        }
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        world.run("production", "--json")
                                .document()
                                .path("release")
                                .asString("")
                                .equals("r42"));
    }

    private static int plans(String name) throws Exception {
        try (var connection = world.production();
                var statement =
                        connection.prepareStatement("select count(*) from plans where name = ?")) {
            statement.setString(1, name);
            try (var row = statement.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getInt(1);
            }
        }
    }

    private static String gate(String command, String target, String id) {
        var shown = world.run(command, target, "--plan-only", "--json");
        assertThat(shown.code()).as(shown.err()).isZero();
        for (var gate : shown.document().path("gates")) {
            if (gate.path("id").stringValue().equals(id)) {
                return gate.path("state").stringValue();
            }
        }
        throw new AssertionError("no gate " + id);
    }

    private static void wrangler(String script, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("wrangler"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--name", script));
        var environment =
                Map.of(
                        "CLOUDFLARE_API_BASE_URL",
                        cloudflare.address(),
                        "CLOUDFLARE_API_TOKEN",
                        Optional.ofNullable(line.tokens().get("cloudflare")).orElseThrow(),
                        "CLOUDFLARE_ACCOUNT_ID",
                        line.account(),
                        "WRANGLER_SEND_METRICS",
                        "false",
                        "WRANGLER_SEND_ERROR_REPORTS",
                        "false",
                        "XDG_CONFIG_HOME",
                        Files.createDirectories(folder.resolve("config")).toString());
        var ran = node.program(folder, environment, "", command);
        assertThat(ran.exit()).as(command + "\n" + ran.text()).isZero();
    }

    private static NodeClient.Ran neonctl(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("neonctl"));
        command.addAll(List.of(arguments));
        command.addAll(
                List.of(
                        "--no-analytics",
                        "--config-dir",
                        folder.resolve("cli").toString(),
                        "--project-id",
                        line.project()));
        return node.program(
                folder,
                Map.of(
                        "NEON_API_HOST",
                        URI.create(neon.address()).toString(),
                        "NEON_API_KEY",
                        Optional.ofNullable(line.tokens().get("neon")).orElseThrow()),
                "",
                command);
    }
}
