package dev.slipway.cli;

import static dev.slipway.cli.SlipwayProcess.begins;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.sandbox.world.Fault;
import dev.slipway.sandbox.world.WorkerDeployment;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Promotions as real processes that are killed without a word. Another process goes on, and from
/// outside nothing happened twice.
class KilledPromotionTest {
    private static TestWorld world;

    @BeforeAll
    static void start() {
        world = new TestWorld();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static JsonNode read(String... arguments) {
        var run = world.run(arguments);
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        return run.document();
    }

    private static SlipwayProcess promote(int pull, JsonNode shown) {
        return new SlipwayProcess(
                world,
                "promote",
                "" + pull,
                "--plan",
                shown.path("plan").path("hash").stringValue(),
                "--confirm",
                shown.path("confirm").stringValue(),
                "--reason",
                "test");
    }

    private static String interrupted() {
        var newest = read("operations", "--json").path("operations").get(0);
        assertThat(newest.path("state").stringValue()).isEqualTo("INTERRUPTED");
        return newest.path("id").stringValue();
    }

    private static int operations() {
        return read("operations", "--json").path("operations").size();
    }

    /// Whether an operation that came after the first `known` has sent `step`.
    private static boolean sent(String step, int known) {
        var all = read("operations", "--json").path("operations");
        if (all.size() <= known) {
            return false;
        }
        var events = read("operations", all.get(0).path("id").stringValue(), "--json");
        return types(events.path("events"), step).contains("SENT");
    }

    private static List<String> types(JsonNode events, String step) {
        var types = new ArrayList<String>();
        for (var event : events) {
            if (event.path("step").asString("").equals(step)) {
                types.add(event.path("type").stringValue());
            }
        }
        return types;
    }

    private static void goesOnToTheEnd(String id, int pull, JsonNode shown, String tip)
            throws Exception {
        var resumed = world.run("resume", id, "--json");

        assertThat(resumed.code()).as(resumed.err()).isEqualTo(Exit.DONE);
        assertThat(resumed.document().path("state").stringValue()).isEqualTo("SUCCEEDED");
        var hub = world.sandbox().github();
        var main = hub.git().resolve("refs/heads/main").orElseThrow();
        assertThat(hub.pulls().get(pull).orElseThrow().merged()).isPresent();
        assertThat(hub.git().commit(main).orElseThrow().parents())
                .as("one merge, on what was the tip")
                .first()
                .hasToString(tip);
        var release = shown.path("plan").path("release").stringValue();
        assertThat(hub.git().refs("refs/tags/production-" + release)).hasSize(1);
        for (var worker : List.of("web-worker", "auth-worker", "stripe-webhook-handler")) {
            var versions =
                    world.sandbox()
                            .cloudflare()
                            .workers()
                            .script(worker + "-production")
                            .orElseThrow()
                            .active()
                            .map(WorkerDeployment::versions)
                            .orElseThrow();
            assertThat(versions)
                    .singleElement()
                    .satisfies(v -> assertThat(v.percentage()).isEqualTo(100));
        }
        assertThat(read("lock", "--json").path("state").stringValue()).isEqualTo("free");
        var production = resumed.document().path("production");
        assertThat(production.path("release").stringValue()).isEqualTo(release);
        assertThat(production.path("fit").stringValue()).isEqualTo("yes");
    }

    private static String tip() {
        return world.sandbox().github().git().resolve("refs/heads/main").orElseThrow().toString();
    }

    @Test
    void beforeTheAnswerToTheMerge() throws Exception {
        var shown = read("promote", "487", "--plan-only", "--json");
        var tip = tip();
        var slow =
                new Fault.Slow(
                        Fault.Target.next(1, "github", "PUT", "/merge$"), Duration.ofSeconds(30));
        world.sandbox().faults().add(slow);
        var known = operations();
        try (var process = promote(487, shown)) {
            await().atMost(Duration.ofMinutes(3)).until(() -> sent("merge", known));
            process.kill();
        }
        world.sandbox().faults().clear();
        var id = interrupted();

        goesOnToTheEnd(id, 487, shown, tip);
    }

    @Test
    void whileTheMigrationRuns() throws Exception {
        var shown = read("promote", "482", "--plan-only", "--json");
        var tip = tip();
        var before = hashes();
        // Whoever migrates has to wait for this table, so the process is killed in the middle.
        try (var process = promote(482, shown);
                var reader = world.production();
                var statement = reader.createStatement()) {
            process.await(begins("migrate.fence"));
            hold(reader);
            process.await(begins("migrate.apply"));
            process.kill();
            statement.execute("rollback");
        }
        var id = interrupted();

        goesOnToTheEnd(id, 482, shown, tip);
        var after = hashes();
        assertThat(after).doesNotHaveDuplicates().startsWith(before.toArray(String[]::new));
        assertThat(after.size() - before.size())
                .isEqualTo(shown.path("plan").path("migrations").size())
                .isPositive();
    }

    private static void hold(Connection connection) {
        try (var statement = connection.createStatement()) {
            statement.execute("begin");
            statement.execute("lock table drizzle.__drizzle_migrations in access exclusive mode");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whileTrafficMoves() throws Exception {
        var shown = read("promote", "484", "--plan-only", "--json");
        var tip = tip();
        try (var process = promote(484, shown)) {
            process.await(begins("traffic-10"));
            process.kill();
        }

        goesOnToTheEnd(interrupted(), 484, shown, tip);
    }

    private static List<String> hashes() throws SQLException {
        try (var connection = world.production();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select hash from drizzle.__drizzle_migrations order by id")) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
