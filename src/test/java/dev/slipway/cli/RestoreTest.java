package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.sandbox.world.NeonBranch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
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
    private static Restoring restoring;
    private static Map<String, String> before;
    private static Map<String, String> damaged;
    private static String point;
    private static String restored;

    @BeforeAll
    static void start() {
        world = new TestWorld();
        restoring = new Restoring(world);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    @Order(1)
    void whatIsLostIsCountedBeforeAnybodyDecides() throws Exception {
        restoring.protect();
        before = restoring.hashes();
        point = restoring.now();
        restoring.sql(DAMAGE.toArray(String[]::new));
        damaged = restoring.hashes();
        var branches = restoring.names();

        var plan = restoring.read("rollback", "--database", point, "--plan-only", "--json");

        assertThat(plan.path("confirm").stringValue()).isEqualTo("lose 49 rows");
        assertThat(plan.path("loss").path("new").asLong()).isEqualTo(37);
        assertThat(plan.path("loss").path("changed").asLong()).isEqualTo(12);
        assertThat(plan.path("loss").path("back").asLong()).isEqualTo(3);
        assertThat(Restoring.gate(plan, "loss")).contains("orders 37 new", "users 12 changed");
        assertThat(Restoring.gate(plan, "protected")).startsWith("pass: production is protected");
        assertThat(Restoring.gate(plan, "children")).contains("move under the backup");
        assertThat(Restoring.gate(plan, "fit"))
                .startsWith("pass: r41 was made for the schema of then");
        assertThat(Restoring.keys(plan))
                .containsExactly(
                        "claim-lock",
                        "fence",
                        "unprotect",
                        "restore",
                        "protect",
                        "await-restored",
                        "fence-again",
                        "check-back",
                        "record-deployment",
                        "see-protected",
                        "release-lock");
        assertThat(restoring.hashes()).as("production was only read").isEqualTo(damaged);
        assertThat(restoring.names()).as("the branch of the look is gone").isEqualTo(branches);
    }

    @Test
    @Order(2)
    void theDatabaseGoesBackInPlaceAndWhatWasThereIsKept() throws Exception {
        var plan = restoring.read("rollback", "--database", point, "--plan-only", "--json");
        var backup = plan.path("plan").path("backup").stringValue();
        var id = restoring.production().id();

        var refused =
                restoring.start(List.of("rollback", "--database", point), plan, "lose 44 rows");
        assertThat(refused.code()).isEqualTo(Exit.REFUSED);
        assertThat(refused.err()).contains("lose 49 rows", "Nothing was changed");

        // What has grown by less than a tenth since it was typed still is what was agreed to.
        var run = restoring.start(List.of("rollback", "--database", point), plan, "lose 45 rows");

        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        restored = run.document().path("operation").stringValue();
        assertThat(restoring.hashes()).isEqualTo(before);
        assertThat(restoring.production().id()).isEqualTo(id);
        assertThat(restoring.production().isProtected()).as("protected again").isTrue();
        assertThat(restoring.branch(backup)).as("kept").isPresent();
        assertThat(restoring.production().parentId())
                .isEqualTo(restoring.branch(backup).map(NeonBranch::id));
        var state = restoring.read("production", "--json");
        assertThat(state.path("release").stringValue()).isEqualTo("r41");
        assertThat(state.path("health").stringValue()).isEqualTo("healthy");
        assertThat(world.run("lock").out()).contains("free");
    }

    @Test
    @Order(3)
    void theUndoBringsBackExactlyWhatWasThere() throws Exception {
        var plan = restoring.read("rollback", "--undo", restored, "--plan-only", "--json");
        assertThat(plan.path("loss").path("back").asLong()).isEqualTo(37);
        assertThat(Restoring.gate(plan, "branch")).startsWith("pass: ").contains("the backup");

        var run =
                restoring.start(
                        List.of("rollback", "--undo", restored),
                        plan,
                        plan.path("confirm").stringValue());

        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(restoring.hashes()).isEqualTo(damaged);
        assertThat(restoring.production().isProtected()).isTrue();
    }

    @Test
    @Order(4)
    void whatIsWrittenUntilTheRestoreIsKeptWhole() throws Exception {
        var earlier = restoring.hashes();
        var at = restoring.now();
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
        var plan = restoring.read("rollback", "--database", at, "--plan-only", "--json");
        var run = restoring.start(List.of("rollback", "--database", at), plan, "lose 999999 rows");
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(writer.join(Duration.ofMinutes(1))).isTrue();
        assertThat(acknowledged.get()).isPositive();
        assertThat(restoring.hashes()).isEqualTo(earlier);

        var id = run.document().path("operation").stringValue();
        var back = restoring.read("rollback", "--undo", id, "--plan-only", "--json");
        var lost = back.path("loss").path("back").asLong();
        // The answer to the last one may have been lost with its connection.
        assertThat(lost).isBetween((long) acknowledged.get(), acknowledged.get() + 1L);
        var undo =
                restoring.start(
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
        var at = restoring.now();
        var live = restoring.read("rollback", "r41", "--database", at, "--plan-only", "--json");
        assertThat(Restoring.gate(live, "other-release"))
                .startsWith("fail: r41 is live already. Nothing was changed.");
        assertThat(
                        restoring
                                .start(
                                        List.of("rollback", "r41", "--database", at),
                                        live,
                                        "lose 0 rows")
                                .code())
                .isEqualTo(Exit.REFUSED);

        var old = "2020-01-01T00:00:00Z";
        var outside = restoring.read("rollback", "--database", old, "--plan-only", "--json");
        assertThat(Restoring.gate(outside, "window"))
                .startsWith("fail: " + old + " is outside of the restore window. The oldest point")
                .containsPattern(" \\(\\d+ (min|h|days)[^)]*\\)\\. ")
                .endsWith("Nothing was changed.");
        assertThat(Restoring.gate(outside, "loss")).startsWith("unknown: ");
        assertThat(outside.path("loss").isNull()).isTrue();

        // Its history begins with the restore it came from; what was before is in the backup.
        var restoredAway = restoring.read("rollback", "--database", point, "--plan-only", "--json");
        assertThat(Restoring.gate(restoredAway, "window")).startsWith("unknown: ");

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
        var before = restoring.hashes();
        var at = restoring.now();
        var plan = restoring.read("rollback", "--database", at, "--plan-only", "--json");
        var newer = restoring.start(List.of("rollback", "--database", at), plan, "lose 0 rows");
        assertThat(newer.code()).as(newer.err()).isEqualTo(Exit.DONE);

        // The first restore's backup is still there, and production does not hang under it any
        // more.
        var foreign = restoring.read("rollback", "--undo", restored, "--plan-only", "--json");
        assertThat(Restoring.gate(foreign, "branch"))
                .startsWith("fail: ")
                .contains("Slipway restores production only to its own past")
                .endsWith("Nothing was changed.");
        var phrase = foreign.path("confirm").stringValue();
        assertThat(restoring.start(List.of("rollback", "--undo", restored), foreign, phrase).code())
                .isEqualTo(Exit.REFUSED);
        assertThat(restoring.hashes()).isEqualTo(before);
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
        world.seen("auth-worker-production");
        var at = restoring.now();
        var stays = restoring.read("rollback", "--database", at, "--plan-only", "--json");
        assertThat(Restoring.keys(stays)).doesNotContain("back");
        assertThat(Restoring.gate(stays, "return")).startsWith("pass: ");

        var other = restoring.read("rollback", "r40", "--database", at, "--plan-only", "--json");
        assertThat(Restoring.gate(other, "return"))
                .startsWith("fail: auth: a secret was changed on ")
                .contains("10220", "nothing is moved");
    }

    @Test
    @Order(8)
    void aLookKeepsItsBranchForAPersonAndProductionIsOnlyRead() throws Exception {
        var at = restoring.now();
        restoring.sql("insert into plans (name, monthly_cents) values ('Kept', 4711)");
        var files = world.folder().resolve("lost");
        var exported =
                restoring.read("look", at, "--keep", "1h", "--export", files.toString(), "--json");
        assertThat(exported.path("exported")).hasSize(1);
        assertThat(exported.path("exported").get(0).path("table").stringValue()).isEqualTo("plans");
        for (var file : exported.path("exported").get(0).path("files")) {
            assertThat(Path.of(file.stringValue())).content().contains("4711");
        }
        var again = world.run("look", at, "--export", files.toString());
        assertThat(again.code()).isEqualTo(Exit.INPUT);
        assertThat(again.err()).contains("exists");

        var before = restoring.hashes();
        var look = restoring.read("look", restoring.now(), "--keep", "2h", "--json");
        var branch = look.path("branch").stringValue();
        assertThat(restoring.branch(branch).flatMap(NeonBranch::expiresAt)).isPresent();
        assertThat(look.path("loss").path("new").asLong()).isZero();
        assertThat(world.run("previews").code()).as("a sweep leaves it").isEqualTo(Exit.DONE);
        assertThat(restoring.read("look", restoring.now(), "--json").path("branch").stringValue())
                .isNotEqualTo(branch);
        assertThat(restoring.branch(branch)).isPresent();

        assertThat(restoring.read("look", "--remove", branch, "--json").path("removed").asBoolean())
                .isTrue();
        assertThat(restoring.branch(branch)).isEmpty();
        var production = world.run("look", "--remove", "production");
        assertThat(production.code()).isEqualTo(Exit.REFUSED);
        assertThat(production.err()).contains("Nothing was deleted");
        assertThat(restoring.hashes()).isEqualTo(before);
    }

    @Test
    @Order(9)
    void whatCannotBeCountedIsSaidAndClosesWhenItIsPrecious() throws Exception {
        restoring.sql("create table notes (note text)", "insert into notes values ('a')");
        var at = restoring.now();
        restoring.sql("insert into notes values ('b')");
        var said = restoring.read("rollback", "--database", at, "--plan-only", "--json");
        assertThat(Restoring.gate(said, "loss")).startsWith("pass: ").contains("notes not counted");
        assertThat(said.path("confirm").stringValue())
                .isEqualTo("lose 0 rows and 1 table not counted");

        var stack =
                world.write(
                        "precious.yaml",
                        Files.readString(world.sandbox().stack())
                                + "\nrestore: {precious: [notes]}\n");
        var closed =
                restoring.read(
                        "rollback",
                        "--database",
                        at,
                        "--stack",
                        stack.toString(),
                        "--plan-only",
                        "--json");
        assertThat(Restoring.gate(closed, "loss"))
                .startsWith("unknown: ")
                .contains("notes is precious and could not be counted");
        assertThat(
                        restoring
                                .start(
                                        List.of(
                                                "rollback",
                                                "--database",
                                                at,
                                                "--stack",
                                                stack.toString()),
                                        closed,
                                        closed.path("confirm").stringValue())
                                .code())
                .isEqualTo(Exit.REFUSED);
    }
}
