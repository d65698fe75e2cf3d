package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.cli.TestWorld.Added;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A migration that Drizzle skips is run or recorded by an operation of its own.
class RepairTest {
    private static final String TAG = "0043_email_preferences";
    private static final String LATE = "0042_phone";

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

    @Test
    void aSkippedMigrationIsRunUnderAPlanOfItsOwn() {
        var recorded = read("repair", TAG, "--record", "--plan-only", "--json");
        assertThat(gate(recorded, "effects"))
                .startsWith("fail: ")
                .contains("not there", "--apply", "Nothing was changed.");
        assertThat(recorded.path("effects"))
                .isNotEmpty()
                .anySatisfy(each -> assertThat(each.path("there").asBoolean()).isFalse());
        var refused = start("--record", TAG, recorded);
        assertThat(refused.code()).as(refused.err()).isEqualTo(Exit.REFUSED);

        var plan = read("repair", TAG, "--apply", "--plan-only", "--json");
        assertThat(plan.path("confirm").stringValue()).isEqualTo("repair " + TAG);
        assertThat(plan.path("plan").path("how").stringValue()).isEqualTo("apply");
        assertThat(keys(plan))
                .containsExactly(
                        "claim-lock",
                        "record-restore-point",
                        "rehearse",
                        "migrate",
                        "check-live",
                        "discard-rehearsal",
                        "release-lock");
        assertThat(gate(plan, "skipped")).startsWith("pass: ");
        assertThat(gate(plan, "verdict")).startsWith("pass: ");
        assertThat(gate(plan, "locks")).startsWith("pass: Nobody is in the way.");
        assertThat(gate(recorded, "locks")).as("its row takes none").isEmpty();

        var run = start("--apply", TAG, plan);
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(run.document().path("kind").stringValue()).isEqualTo("repair");
        assertThat(run.document().path("state").stringValue()).isEqualTo("SUCCEEDED");
        assertThat(run.document().has("release")).isFalse();

        var again = world.run("repair", TAG, "--apply", "--plan-only");
        assertThat(again.code()).isEqualTo(Exit.REFUSED);
        assertThat(again.err()).contains("is applied already");
        var promotion = read("promote", "476", "--plan-only", "--json");
        assertThat(gate(promotion, "ledger")).isEqualTo("pass: Nothing is pending.");
    }

    @Test
    void whoHoldsWhatItNeedsClosesTheGateLocks() throws Exception {
        world.pull(
                "feat/late",
                world.migrating(
                        "Add a column late",
                        List.of(new Added(LATE, 1, "ALTER TABLE \"users\" ADD \"phone\" text;"))));
        try (var report = world.production();
                var statement = report.createStatement()) {
            statement.execute("set application_name = 'nightly report'");
            report.setAutoCommit(false);
            statement.execute("lock table users in access share mode");
            var plan = new AtomicReference<JsonNode>();
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> {
                        plan.set(read("repair", LATE, "--apply", "--plan-only", "--json"));
                        assertThat(gate(plan.get(), "locks")).startsWith("fail: ");
                    });
            assertThat(gate(plan.get(), "locks"))
                    .contains("\"nightly report\" (process ", "AccessShareLock on users");
            var refused = start("--apply", LATE, plan.get());
            assertThat(refused.code()).as(refused.err()).isEqualTo(Exit.REFUSED);
            assertThat(refused.err()).contains("nightly report", "Nothing was changed.");
            report.rollback();
        }
        var plan = read("repair", LATE, "--apply", "--plan-only", "--json");
        assertThat(gate(plan, "locks")).startsWith("pass: Nobody is in the way.");
    }

    private static CommandRun start(String how, String tag, JsonNode plan) {
        return world.run(
                "repair",
                tag,
                how,
                "--plan",
                plan.path("plan").path("hash").stringValue(),
                "--confirm",
                plan.path("confirm").stringValue(),
                "--reason",
                "test",
                "--json");
    }

    @Test
    void oneOfTheTwoHasToBeNamedAndTheMigrationHasToBeThere() {
        assertThat(world.run("repair", TAG, "--plan-only").code()).isEqualTo(Exit.INPUT);
        assertThat(world.run("repair", TAG, "--apply", "--record", "--plan-only").code())
                .isEqualTo(Exit.INPUT);
        var unknown = world.run("repair", "9999_nobody", "--apply", "--plan-only");
        assertThat(unknown.code()).isEqualTo(Exit.REFUSED);
        assertThat(unknown.err()).contains("9999_nobody", "Nothing was changed.");
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
        return "";
    }
}
