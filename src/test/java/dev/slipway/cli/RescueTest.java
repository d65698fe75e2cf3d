package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Getting back what a restore took away, looked at from outside. The tests follow each other.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RescueTest {
    private static final String NAME = "Topsecret Person";

    private static TestWorld world;
    private static Map<String, String> later;

    @BeforeAll
    static void start() {
        world = new TestWorld();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    @Order(1)
    void beforeAnyRestoreThereIsNothingToRescue() {
        var run = world.run("rescue");

        assertThat(run.code()).isEqualTo(Exit.REFUSED);
        assertThat(run.err()).contains("no restore has kept anything", "Nothing was changed");
    }

    @Test
    @Order(2)
    void whatARestoreTookAwayIsShownOnTheScreenAlone() throws Exception {
        var point = now();
        change(
                "insert into orders (user_id, product_id, status, amount_cents) select id, 1, 'open', 4200"
                        + " from users order by id limit 37",
                "update users set name = '" + NAME + "' where legacy_id <= 9012",
                "delete from sessions where user_id in (select id from users where legacy_id <= 9003)");
        later = hashes();
        var taken = one("select max(id::text) from orders where amount_cents = 4200");
        var plan = read("rollback", "--database", point, "--plan-only", "--json");
        var restored =
                started(
                        List.of("rollback", "--database", point),
                        plan,
                        plan.path("confirm").stringValue());
        assertThat(restored.code()).as(restored.err()).isEqualTo(Exit.DONE);
        // Production goes on: what it has now is not what was lost.
        change(
                "insert into orders (id, user_id, product_id, status, amount_cents) overriding system value"
                        + " select '"
                        + taken
                        + "', id, 1, 'open', 1 from users order by id limit 1");

        var document = world.run("rescue", "--json");
        var screen = world.run("rescue");

        var loss = document.document().path("loss");
        assertThat(loss.path("new").asLong()).isEqualTo(37);
        assertThat(loss.path("changed").asLong()).isEqualTo(12);
        assertThat(loss.path("back").asLong()).isEqualTo(3);
        assertThat(screen.out()).contains("orders 37 new", "users 12 changed", "status=open");
        assertThat(document.out() + document.err() + screen.err()).doesNotContain("=open");
    }

    @Test
    @Order(3)
    void lostRowsAreWrittenToFilesOfTheirOwner(@TempDir Path folder) throws Exception {
        var exported = read("rescue", "--export", folder.toString(), "--table", "users", "--json");

        assertThat(exported.path("tables")).hasSize(1);
        var users = Files.readAllLines(folder.resolve("users.csv"));
        assertThat(users).hasSize(13);
        assertThat(users.get(1)).startsWith("changed,").contains(NAME);
        var again = world.run("rescue", "--export", folder.toString());
        assertThat(again.code()).isEqualTo(Exit.INPUT);
        assertThat(again.err()).contains("exists").doesNotContain(NAME);
    }

    @Test
    @Order(4)
    void aRowWhoseKeyWasGivenAwayStopsTheReplayUntilItIsLeft() throws Exception {
        var plan = read("rescue", "replay", "--plan-only", "--json");

        assertThat(gate(plan, "conflicts"))
                .startsWith(
                        "fail: 1 row of orders: the key belongs to another row that was made since.");
        var refused =
                started(List.of("rescue", "replay"), plan, plan.path("confirm").stringValue());
        assertThat(refused.code()).isEqualTo(Exit.REFUSED);
        assertThat(refused.err()).contains("Nothing was changed");
    }

    @Test
    @Order(5)
    void theRowsComeBackInOneTransactionAndTheJournalHoldsNoValue() throws Exception {
        var command = List.of("rescue", "replay", "--leave-conflicts", "--delete-again");
        var plan =
                read(
                        "rescue",
                        "replay",
                        "--leave-conflicts",
                        "--delete-again",
                        "--plan-only",
                        "--json");
        assertThat(plan.path("confirm").stringValue()).isEqualTo("bring back 51 rows");
        var branches = branches();

        var run = started(command, plan, "bring back 51 rows");

        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        var now = hashes();
        for (var table : List.of("public.users", "public.sessions")) {
            assertThat(now.get(table)).as(table).isNotNull().isEqualTo(later.get(table));
        }
        assertThat(one("select count(*) from orders where amount_cents = 1")).isEqualTo("1");
        assertThat(one("select count(*) from orders where amount_cents = 4200")).isEqualTo("36");
        assertThat(branches()).isEqualTo(branches);
        var journal =
                world.run("operations", run.document().path("operation").stringValue(), "--json");
        assertThat(journal.out() + run.err()).contains("replay").doesNotContain(NAME);
        assertThat(world.run("lock").out()).contains("free");
    }

    @Test
    @Order(6)
    void aSecondReplayFindsNothingToDo() {
        var plan =
                read(
                        "rescue",
                        "replay",
                        "--leave-conflicts",
                        "--delete-again",
                        "--plan-only",
                        "--json");

        assertThat(gate(plan, "rows")).startsWith("fail: Production has everything already");
        assertThat(plan.path("confirm").stringValue()).isEqualTo("bring back 0 rows");
    }

    private static void change(String... statements) throws SQLException {
        try (var connection = world.production()) {
            TableHashes.run(connection, List.of(statements));
        }
    }

    private static String one(String sql) throws SQLException {
        try (var connection = world.production()) {
            return TableHashes.one(connection, sql);
        }
    }

    private static String now() throws SQLException {
        try (var connection = world.production()) {
            return TableHashes.now(connection);
        }
    }

    private static Map<String, String> hashes() throws SQLException {
        try (var connection = world.production()) {
            return TableHashes.of(connection);
        }
    }

    private static List<String> branches() {
        return world
                .sandbox()
                .neon()
                .branching()
                .list(world.sandbox().worldFile().project())
                .stream()
                .map(branch -> branch.name())
                .sorted()
                .toList();
    }

    private static JsonNode read(String... arguments) {
        var run = world.run(arguments);
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        return run.document();
    }

    private static CommandRun started(List<String> command, JsonNode plan, String phrase) {
        var arguments = new ArrayList<>(command);
        arguments.addAll(
                List.of(
                        "--plan",
                        plan.path("plan").path("hash").stringValue(),
                        "--confirm",
                        phrase,
                        "--reason",
                        "a test",
                        "--json"));
        return world.run(arguments.toArray(String[]::new));
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
