package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sandbox.world.NeonBranch;
import dev.slipway.sandbox.world.NeonBranches;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/// Going back with the database, looked at from outside. The tests follow each other, as an evening does.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RestoreTest {
    private static final List<String> DAMAGE =
            List.of(
                    "insert into orders (user_id, product_id, status, amount_cents) select id, 1,"
                            + " 'open', 4200 from users order by id limit 37",
                    "update users set name = 'Nobody' where legacy_id <= 9012",
                    "delete from sessions where user_id in (select id from users where legacy_id <="
                            + " 9003)");

    private static TestWorld world;
    private static Map<String, String> before;
    private static Map<String, String> damaged;
    private static String point;
    private static String restored;

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
    void whatIsLostIsCountedBeforeAnybodyDecides() throws Exception {
        protect(true);
        before = hashes();
        point = now();
        try (var connection = world.production()) {
            TableHashes.run(connection, DAMAGE);
        }
        damaged = hashes();
        var branches = branches();

        var plan = read("rollback", "--database", point, "--plan-only", "--json");

        assertThat(plan.path("confirm").stringValue()).isEqualTo("lose 49 rows");
        assertThat(plan.path("loss").path("new").asLong()).isEqualTo(37);
        assertThat(plan.path("loss").path("changed").asLong()).isEqualTo(12);
        assertThat(plan.path("loss").path("back").asLong()).isEqualTo(3);
        assertThat(gate(plan, "loss")).contains("orders 37 new", "users 12 changed");
        assertThat(gate(plan, "protected")).startsWith("pass: production is protected");
        assertThat(gate(plan, "children")).contains("move under the backup");
        assertThat(gate(plan, "fit")).startsWith("pass: r41 was made for the schema of then");
        assertThat(keys(plan))
                .containsExactly(
                        "claim-lock",
                        "fence",
                        "unprotect",
                        "restore",
                        "protect",
                        "await-restored",
                        "check-back",
                        "record-deployment",
                        "see-protected",
                        "release-lock");
        assertThat(hashes()).as("production was only read").isEqualTo(damaged);
        assertThat(branches()).as("the branch of the look is gone").isEqualTo(branches);
    }

    @Test
    @Order(2)
    void theDatabaseGoesBackInPlaceAndWhatWasThereIsKept() throws Exception {
        var plan = read("rollback", "--database", point, "--plan-only", "--json");
        var backup = plan.path("plan").path("backup").stringValue();
        var id = production().id();

        var refused = started(List.of("rollback", "--database", point), plan, "lose 12 rows");
        assertThat(refused.code()).isEqualTo(Exit.REFUSED);
        assertThat(refused.err()).contains("lose 49 rows", "Nothing was changed");

        var run = started(List.of("rollback", "--database", point), plan, "lose 49 rows");

        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        restored = run.document().path("operation").stringValue();
        assertThat(hashes()).isEqualTo(before);
        assertThat(production().id()).isEqualTo(id);
        assertThat(production().isProtected()).as("protected again").isTrue();
        assertThat(branch(backup)).as("kept").isPresent();
        assertThat(production().parentId()).isEqualTo(branch(backup).map(NeonBranch::id));
        var state = read("production", "--json");
        assertThat(state.path("release").stringValue()).isEqualTo("r41");
        assertThat(state.path("health").stringValue()).isEqualTo("healthy");
        assertThat(world.run("lock").out()).contains("free");
    }

    @Test
    @Order(3)
    void theUndoBringsBackExactlyWhatWasThere() throws Exception {
        var plan = read("rollback", "--undo", restored, "--plan-only", "--json");
        assertThat(plan.path("loss").path("back").asLong()).isEqualTo(37);
        assertThat(gate(plan, "branch")).startsWith("pass: ").contains("the backup");

        var run =
                started(
                        List.of("rollback", "--undo", restored),
                        plan,
                        plan.path("confirm").stringValue());

        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(hashes()).isEqualTo(damaged);
        assertThat(production().isProtected()).isTrue();
    }

    @Test
    @Order(4)
    void whatIsWrittenUntilTheRestoreIsKeptWhole() throws Exception {
        var earlier = hashes();
        var at = now();
        var acknowledged = new AtomicInteger();
        var writer =
                Thread.ofVirtual()
                        .start(() -> {
                            try (var connection = world.production()) {
                                while (true) {
                                    TableHashes.run(
                                            connection,
                                            List.of(
                                                    "insert into webhook_events (kind, payload) values"
                                                            + " ('live', '{}')"));
                                    acknowledged.incrementAndGet();
                                    Thread.sleep(20);
                                }
                            } catch (SQLException | InterruptedException e) {
                                // The restore drops the connection; nobody writes after it.
                                return;
                            }
                        });
        var plan = read("rollback", "--database", at, "--plan-only", "--json");
        var run = started(List.of("rollback", "--database", at), plan, "lose 999999 rows");
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(writer.join(Duration.ofMinutes(1))).isTrue();
        assertThat(acknowledged.get()).isPositive();
        assertThat(hashes()).isEqualTo(earlier);

        var id = run.document().path("operation").stringValue();
        var back = read("rollback", "--undo", id, "--plan-only", "--json");
        var lost = back.path("loss").path("back").asLong();
        // The answer to the last one may have been lost with its connection.
        assertThat(lost).isBetween((long) acknowledged.get(), acknowledged.get() + 1L);
        var undo =
                started(
                        List.of("rollback", "--undo", id),
                        back,
                        back.path("confirm").stringValue());
        assertThat(undo.code()).as(undo.err()).isEqualTo(Exit.DONE);
        try (var connection = world.production()) {
            assertThat(
                            TableHashes.one(
                                    connection,
                                    "select count(*) from webhook_events where kind = 'live'"))
                    .isEqualTo("" + lost);
        }
    }

    @Test
    @Order(5)
    void whatCannotBeRestoredIsRefusedWithTheReason() throws Exception {
        var at = now();
        var live = read("rollback", "r41", "--database", at, "--plan-only", "--json");
        assertThat(gate(live, "other-release"))
                .startsWith("fail: r41 is live already. Nothing was changed.");
        assertThat(
                        started(List.of("rollback", "r41", "--database", at), live, "lose 0 rows")
                                .code())
                .isEqualTo(Exit.REFUSED);

        var old = "2020-01-01T00:00:00Z";
        var outside = read("rollback", "--database", old, "--plan-only", "--json");
        assertThat(gate(outside, "window"))
                .startsWith("fail: " + old + " is outside of the restore window. The oldest point")
                .endsWith("Nothing was changed.");
        assertThat(gate(outside, "loss")).startsWith("unknown: ");
        assertThat(outside.path("loss").isNull()).isTrue();

        // Its history begins with the restore it came from; what was before is in the backup.
        var restoredAway = read("rollback", "--database", point, "--plan-only", "--json");
        assertThat(gate(restoredAway, "window")).startsWith("unknown: ");

        for (var arguments :
                List.of(
                        List.of("rollback", "--database", "yesterday", "--plan-only"),
                        List.of("rollback", "--database", "14:05", "--plan-only"),
                        List.of("rollback", "r41", "--undo", restored, "--plan-only"),
                        List.of("rollback", "--maintenance", "--plan-only"))) {
            var run = world.run(arguments.toArray(String[]::new));
            assertThat(run.code()).as(run.err()).isEqualTo(Exit.INPUT);
            assertThat(run.err()).contains("Nothing was asked or changed");
        }
        var noPage = world.run("rollback", "--database", at, "--maintenance", "--plan-only");
        assertThat(noPage.code()).isEqualTo(Exit.REFUSED);
        assertThat(noPage.err()).contains("slipway.yaml names no Worker under restore.maintenance");
    }

    @Test
    @Order(6)
    void productionGetsNoOtherBranchThanItsOwnBackup() throws Exception {
        var before = hashes();
        var at = now();
        var plan = read("rollback", "--database", at, "--plan-only", "--json");
        var newer = started(List.of("rollback", "--database", at), plan, "lose 0 rows");
        assertThat(newer.code()).as(newer.err()).isEqualTo(Exit.DONE);

        // The first restore's backup is still there, and production does not hang under it any
        // more.
        var foreign = read("rollback", "--undo", restored, "--plan-only", "--json");
        assertThat(gate(foreign, "branch"))
                .startsWith("fail: ")
                .contains("Slipway restores production only to its own past")
                .endsWith("Nothing was changed.");
        var phrase = foreign.path("confirm").stringValue();
        assertThat(started(List.of("rollback", "--undo", restored), foreign, phrase).code())
                .isEqualTo(Exit.REFUSED);
        assertThat(hashes()).isEqualTo(before);
    }

    @Test
    @Order(7)
    void aVersionThatOnlyASecretMadeStaysAndIsNoTarget() throws Exception {
        world.sandbox()
                .cloudflare()
                .workers()
                .secrets(
                        "auth-worker-production",
                        Map.of("SESSION_KEY", Optional.of("another")),
                        "dash");
        var at = now();
        var stays = read("rollback", "--database", at, "--plan-only", "--json");
        assertThat(keys(stays)).doesNotContain("back");
        assertThat(gate(stays, "return")).startsWith("pass: ");

        var other = read("rollback", "r40", "--database", at, "--plan-only", "--json");
        assertThat(gate(other, "return"))
                .startsWith("fail: auth: a secret was changed on ")
                .contains("10220", "nothing is moved");
    }

    @Test
    @Order(8)
    void aLookKeepsItsBranchForAPersonAndProductionIsOnlyRead() throws Exception {
        var before = hashes();
        var look = read("look", now(), "--keep", "2h", "--json");
        var branch = look.path("branch").stringValue();
        assertThat(branch(branch).flatMap(NeonBranch::expiresAt)).isPresent();
        assertThat(look.path("loss").path("new").asLong()).isZero();
        assertThat(world.run("previews").code()).as("a sweep leaves it").isEqualTo(Exit.DONE);
        assertThat(read("look", now(), "--json").path("branch").stringValue()).isNotEqualTo(branch);
        assertThat(branch(branch)).isPresent();

        assertThat(read("look", "--remove", branch, "--json").path("removed").asBoolean()).isTrue();
        assertThat(branch(branch)).isEmpty();
        var production = world.run("look", "--remove", "production");
        assertThat(production.code()).isEqualTo(Exit.REFUSED);
        assertThat(production.err()).contains("Nothing was deleted");
        assertThat(hashes()).isEqualTo(before);
    }

    private static void protect(boolean isProtected) {
        world.sandbox()
                .neon()
                .branching()
                .set(
                        project(),
                        production().id(),
                        new NeonBranches.Change(
                                Optional.empty(), Optional.of(isProtected), Optional.empty()));
    }

    private static String project() {
        return world.sandbox().worldFile().project();
    }

    private static NeonBranch production() {
        return branch("production").orElseThrow();
    }

    private static Optional<NeonBranch> branch(String name) {
        return world.sandbox().neon().branching().list(project()).stream()
                .filter(b -> b.name().equals(name))
                .findFirst();
    }

    private static List<String> branches() {
        return world.sandbox().neon().branching().list(project()).stream()
                .map(NeonBranch::name)
                .toList();
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

    private static List<String> keys(JsonNode plan) {
        var keys = new ArrayList<String>();
        plan.path("plan").path("steps").forEach(step -> keys.add(step.path("key").stringValue()));
        return keys;
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
