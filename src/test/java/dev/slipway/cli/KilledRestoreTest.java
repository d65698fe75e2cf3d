package dev.slipway.cli;

import static dev.slipway.cli.SlipwayProcess.begins;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sandbox.world.WorkerUpload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
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
    private static Restoring restoring;
    private static Path stack;

    @BeforeAll
    static void start() throws Exception {
        world = new TestWorld();
        restoring = new Restoring(world);
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
        restoring.protect();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void goneOnWithItIsProtectedAndOpenAgain() throws Exception {
        var routes = routes();
        var before = restoring.hashes();
        var at = restoring.now();
        damage();
        var plan = restoring.plan(command(at));
        assertThat(plan.path("loss").path("new").asLong()).isEqualTo(1);
        assertThat(Restoring.gate(plan, "maintenance"))
                .startsWith("pass: " + PAGE + " answers at ");
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
        assertThat(restoring.hashes()).isEqualTo(before);
        assertThat(restoring.production().isProtected()).isTrue();
        assertThat(routes()).isEqualTo(routes);
        assertThat(resumed.document().path("production").path("health").stringValue())
                .isEqualTo("healthy");
    }

    @Test
    void leftWhereItIsItIsProtectedAndOpenAgain() throws Exception {
        var routes = routes();
        damage();
        var damaged = restoring.hashes();
        var at = restoring.now();
        damage();
        var after = restoring.hashes();
        var plan = restoring.plan(command(at));
        try (var process = restore(at, plan)) {
            process.await(begins("unprotect"));
            process.kill();
        }

        var left = world.run("resume", interrupted(), "--leave", "--reason", "a test", "--json");

        assertThat(left.document().path("state").stringValue()).isEqualTo("STOPPED_SAFE");
        assertThat(restoring.hashes()).isIn(damaged, after);
        assertThat(restoring.production().isProtected()).isTrue();
        assertThat(routes()).isEqualTo(routes);
        assertThat(restoring.read("lock", "--json").path("state").stringValue()).isEqualTo("free");
    }

    /// What a rescue reads from is thrown away, also when its program was killed.
    @Test
    void whatAKilledRescueReadFromIsRemovedByTheNextStart() throws Exception {
        var at = restoring.now();
        damage();
        var plan = restoring.plan(command(at));
        var restored = restoring.start(command(at), plan, plan.path("confirm").stringValue());
        assertThat(restored.code()).as(restored.err()).isEqualTo(Exit.DONE);
        var before = restoring.names();
        var rescue = List.of("rescue", "replay");
        var rows = restoring.plan(rescue);
        var phrase = rows.path("confirm").stringValue();
        try (var process = new SlipwayProcess(world, Restoring.confirmed(rescue, rows, phrase))) {
            process.await(begins("fence.rescue"));
            process.kill();
        }
        assertThat(restoring.names()).hasSize(before.size() + 2);
        var left = restoring.read("operations", "--json").path("leftBehind");
        assertThat(left.valueStream().map(debt -> debt.path("name").stringValue()))
                .hasSize(2)
                .allMatch(name -> name.endsWith("/point") || name.endsWith("/backup"));

        // Another command that may write sweeps first.
        assertThat(world.run("rescue", "replay", "--plan-only").code())
                .isIn(Exit.DONE, Exit.REFUSED);

        assertThat(restoring.names()).containsExactlyInAnyOrderElementsOf(before);
        assertThat(restoring.read("operations", "--json").path("leftBehind")).isEmpty();
        var resumed = world.run("resume", interrupted(), "--leave", "--reason", "a test", "--json");
        assertThat(resumed.document().path("state").stringValue()).isEqualTo("STOPPED_SAFE");
        assertThat(restoring.read("lock", "--json").path("state").stringValue()).isEqualTo("free");
    }

    private static List<String> command(String at) {
        return List.of("rollback", "--database", at, "--maintenance", "--stack", stack.toString());
    }

    private static SlipwayProcess restore(String at, JsonNode plan) {
        var phrase = plan.path("confirm").stringValue();
        return new SlipwayProcess(world, Restoring.confirmed(command(at), plan, phrase));
    }

    private static String interrupted() {
        var newest = restoring.read("operations", "--json").path("operations").get(0);
        assertThat(newest.path("state").stringValue()).isEqualTo("INTERRUPTED");
        return newest.path("id").stringValue();
    }

    private static void damage() throws SQLException {
        restoring.sql(
                "insert into payments (order_id, stripe_id, amount_cents, state) select id, 'pi_' ||"
                        + " clock_timestamp(), 1, 'succeeded' from orders where id not in (select"
                        + " order_id from payments) limit 1");
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
}
