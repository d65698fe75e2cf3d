package dev.slipway.cli;

import static dev.slipway.cli.SlipwayProcess.begins;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sandbox.world.NeonBranch;
import dev.slipway.sandbox.world.NeonBranches;
import dev.slipway.sandbox.world.WorkerUpload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Restores with a maintenance page as real processes that are killed without a word.
class KilledRestoreTest {
    private static final String PAGE = "maintenance-page";

    private static TestWorld world;
    private static Path stack;

    @BeforeAll
    static void start() throws Exception {
        world = new TestWorld();
        world.sandbox()
                .cloudflare()
                .workers()
                .deploy(PAGE, WorkerUpload.of("export default {}", "{}"));
        stack =
                world.write(
                        "with-page.yaml",
                        Files.readString(world.sandbox().stack())
                                + "\nrestore: {precious: [payments], maintenance: "
                                + PAGE
                                + "}\n");
        world.sandbox()
                .neon()
                .branching()
                .set(
                        project(),
                        production().id(),
                        new NeonBranches.Change(
                                Optional.empty(), Optional.of(true), Optional.empty()));
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void goneOnWithItIsProtectedAndOpenAgain() throws Exception {
        var routes = routes();
        var before = hashes();
        var at = now();
        damage();
        var plan = plan(at);
        assertThat(plan.path("loss").path("new").asLong()).isEqualTo(1);
        assertThat(gate(plan, "maintenance")).startsWith("pass: " + PAGE + " answers at ");
        var precious =
                Stream.of(plan.path("loss").path("tables"))
                        .flatMap(tables -> tables.valueStream())
                        .filter(table -> table.path("precious").asBoolean())
                        .map(table -> table.path("table").stringValue())
                        .toList();
        assertThat(precious).containsExactly("payments");
        try (var process = restore(at, plan)) {
            process.await(begins("restore"));
            process.kill();
        }
        assertThat(routes().values()).filteredOn(PAGE::equals).hasSize(3);

        var resumed = world.run("resume", interrupted(), "--json");

        assertThat(resumed.code()).as(resumed.err()).isEqualTo(Exit.DONE);
        assertThat(hashes()).isEqualTo(before);
        assertThat(production().isProtected()).isTrue();
        assertThat(routes()).isEqualTo(routes);
        assertThat(resumed.document().path("production").path("health").stringValue())
                .isEqualTo("healthy");
    }

    @Test
    void leftWhereItIsItIsProtectedAndOpenAgain() throws Exception {
        var routes = routes();
        damage();
        var damaged = hashes();
        var at = now();
        damage();
        var after = hashes();
        var plan = plan(at);
        try (var process = restore(at, plan)) {
            process.await(begins("unprotect"));
            process.kill();
        }

        var left = world.run("resume", interrupted(), "--leave", "--reason", "a test", "--json");

        assertThat(left.document().path("state").stringValue()).isEqualTo("STOPPED_SAFE");
        assertThat(hashes()).isIn(damaged, after);
        assertThat(production().isProtected()).isTrue();
        assertThat(routes()).isEqualTo(routes);
        assertThat(read("lock", "--json").path("state").stringValue()).isEqualTo("free");
    }

    private static JsonNode plan(String at) {
        return read(arguments(at, "--plan-only", "--json"));
    }

    private static SlipwayProcess restore(String at, JsonNode plan) {
        return new SlipwayProcess(
                world,
                arguments(
                        at,
                        "--plan",
                        plan.path("plan").path("hash").stringValue(),
                        "--confirm",
                        plan.path("confirm").stringValue(),
                        "--reason",
                        "test"));
    }

    private static String[] arguments(String at, String... more) {
        var all =
                new ArrayList<>(
                        List.of(
                                "rollback",
                                "--database",
                                at,
                                "--maintenance",
                                "--stack",
                                stack.toString()));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static String interrupted() {
        var newest = read("operations", "--json").path("operations").get(0);
        assertThat(newest.path("state").stringValue()).isEqualTo("INTERRUPTED");
        return newest.path("id").stringValue();
    }

    private static void damage() throws SQLException {
        try (var connection = world.production()) {
            TableHashes.run(
                    connection,
                    List.of(
                            "insert into payments (order_id, stripe_id, amount_cents, state) select"
                                    + " id, 'pi_' || clock_timestamp(), 1, 'succeeded' from orders"
                                    + " where id not in (select order_id from payments) limit 1"));
        }
    }

    private static Map<String, String> hashes() throws SQLException {
        try (var connection = world.production()) {
            return TableHashes.of(connection);
        }
    }

    private static String now() throws SQLException {
        try (var connection = world.production()) {
            return TableHashes.now(connection);
        }
    }

    /// Which Worker answers, by pattern.
    private static Map<String, String> routes() {
        var routes = new TreeMap<String, String>();
        world.sandbox()
                .cloudflare()
                .domains()
                .routes()
                .forEach(route -> routes.put(route.pattern(), route.script().orElse("none")));
        return routes;
    }

    private static String project() {
        return world.sandbox().worldFile().project();
    }

    private static NeonBranch production() {
        return world.sandbox().neon().branching().list(project()).stream()
                .filter(b -> b.name().equals("production"))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode read(String... arguments) {
        var run = world.run(arguments);
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        return run.document();
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
