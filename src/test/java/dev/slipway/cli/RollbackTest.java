package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.domain.CommitSha;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/// Going back with code alone, looked at from outside. The tests follow each other, as an evening does.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RollbackTest {
    private static TestWorld world;
    private static final String LOCK = "refs/slipway/production";

    private static Map<String, String> versionsOf41;
    private static String heldByThePromotion;

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
    void aReleaseWhoseMigrationsNobodyMeasuredIsNotGuessed() {
        var production = read("production", "--json");
        assertThat(production.path("goBack").path("answer").stringValue()).isEqualTo("look-first");
        assertThat(production.path("goBack").path("sentence").stringValue())
                .contains("r40", "0042_email_verified", "measured by nobody");
        assertThat(production.path("goBack").path("seconds").isNull()).isTrue();

        var plan = read("rollback", "--plan-only", "--json");
        assertThat(gate(plan, "fit"))
                .startsWith("unknown: Whether r40 works on the schema of today");
        assertThat(started(plan, plan.path("confirm").stringValue()).code())
                .isEqualTo(Exit.REFUSED);
        assertThat(live()).isEqualTo(versions(production));
    }

    @Test
    @Order(2)
    void whatCannotBeATargetIsRefusedWithTheReason() {
        var live = read("rollback", "r41", "--plan-only", "--json");
        assertThat(gate(live, "other-release"))
                .isEqualTo("fail: r41 is live already. Nothing was changed.");

        var none = world.run("rollback", "r99", "--plan-only");
        assertThat(none.code()).isEqualTo(Exit.REFUSED);
        assertThat(none.err()).contains("There is no release r99", "Nothing was changed.");

        var word = world.run("rollback", "yesterday", "--plan-only");
        assertThat(word.code()).isEqualTo(Exit.INPUT);
        assertThat(word.err()).contains("\"yesterday\" is no release");
    }

    @Test
    @Order(3)
    void afterAMigrationThatOnlyAddsTheCodeGoesBackAndTheDatabaseStays() throws Exception {
        versionsOf41 = live();
        var plan = read("promote", "482", "--plan-only", "--json");
        var promoted = started(List.of("promote", "482"), plan, "promote r42");
        assertThat(promoted.code()).as(promoted.err()).isEqualTo(Exit.DONE);
        heldByThePromotion = lastHeld();
        var ledger = ledger();
        assertThat(live()).isNotEqualTo(versionsOf41);
        var answer = goBack();
        assertThat(answer.path("answer").stringValue()).isEqualTo("code-only");
        assertThat(answer.path("release").stringValue()).isEqualTo("r41");
        assertThat(answer.path("sentence").stringValue())
                .startsWith("Yes, to r41, code only.")
                .contains("0043_payment_intents only adds to it");
        assertThat(answer.path("seconds").asInt()).isPositive();
        assertThat(answer.path("dependsOn").stringValue())
                .contains("never measured here", "slipway drill", "of each of 3 Workers");

        var back = read("rollback", "--plan-only", "--json");
        assertThat(back.path("confirm").stringValue()).isEqualTo("roll back to r41");
        assertThat(keys(back))
                .containsExactly(
                        "claim-lock",
                        "back",
                        "check-back",
                        "hold",
                        "record-deployment",
                        "release-lock");
        assertThat(started(back, "roll back to r40").code()).isEqualTo(Exit.REFUSED);

        var run = started(back, "roll back to r41");
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        assertThat(run.document().path("kind").stringValue()).isEqualTo("rollback");
        assertThat(live()).isEqualTo(versionsOf41);
        assertThat(ledger()).isEqualTo(ledger);
        var production = read("production", "--json");
        assertThat(production.path("release").stringValue()).isEqualTo("r41");
        assertThat(production.path("health").stringValue()).isEqualTo("healthy");
        for (var probe : production.path("probes")) {
            assertThat(probe.path("version").stringValue())
                    .isEqualTo(versionsOf41.get(probe.path("worker").stringValue()));
        }
        assertThat(world.run("lock").out()).contains("free");
    }

    @Test
    @Order(4)
    void whatWasLeftDoesNotComeBackWithTheNextPromotion() {
        var left = main();
        var promotion = read("promote", "484", "--plan-only", "--json");
        assertThat(gate(promotion, "hold"))
                .startsWith("fail: The commit is held: r42 was rolled back to r41")
                .contains("Revert it there, then \"slipway unhold " + left + "\".");
        assertThat(gate(read("rollback", "r42", "--plan-only", "--json"), "hold"))
                .startsWith("fail: r42 is held");

        var plan = read("unhold", left, "--plan-only", "--json");
        var phrase = plan.path("confirm").stringValue();
        assertThat(phrase).isEqualTo("unhold " + new CommitSha(left).brief());
        assertThat(started(List.of("unhold", left), plan, phrase).code()).isEqualTo(Exit.DONE);
        assertThat(gate(read("promote", "484", "--plan-only", "--json"), "hold"))
                .isEqualTo("pass: No hold.");
        assertThat(gate(read("unhold", left, "--plan-only", "--json"), "stands"))
                .startsWith("fail: ");

        var hold = read("hold", left, "--plan-only", "--json");
        assertThat(started(List.of("hold", left), hold, hold.path("confirm").stringValue()).code())
                .isEqualTo(Exit.DONE);
        assertThat(gate(read("promote", "484", "--plan-only", "--json"), "hold"))
                .startsWith("fail: The commit is held: held by ");
        assertThat(world.run("hold", "main", "--plan-only").code()).isEqualTo(Exit.INPUT);
        assertThat(world.run("hold", "0".repeat(40), "--plan-only").code()).isEqualTo(Exit.REFUSED);
    }

    @Test
    @Order(5)
    void aWorkerWhoseSecretsChangedCannotReturnAndNothingIsMoved() {
        var left = main();
        var plan = read("unhold", left, "--plan-only", "--json");
        assertThat(
                        started(List.of("unhold", left), plan, plan.path("confirm").stringValue())
                                .code())
                .isEqualTo(Exit.DONE);
        var forth = read("rollback", "r42", "--no-hold", "--plan-only", "--json");
        assertThat(keys(forth)).doesNotContain("hold");
        assertThat(
                        started(List.of("rollback", "r42", "--no-hold"), forth, "roll back to r42")
                                .code())
                .isEqualTo(Exit.DONE);
        var measured = goBack();
        assertThat(measured.path("answer").stringValue()).isEqualTo("code-only");
        assertThat(measured.path("dependsOn").stringValue())
                .contains("That is as the rollback to r42 of ");
        world.sandbox()
                .cloudflare()
                .workers()
                .secrets(
                        "auth-worker-production",
                        Map.of("SESSION_KEY", Optional.of("another")),
                        "dash");

        world.seen("auth-worker-production");

        assertThat(goBack().path("answer").stringValue()).isNotEqualTo("code-only");
        assertThat(gate(read("rollback", "r41", "--plan-only", "--json"), "return"))
                .startsWith("fail: auth: a secret was changed on ")
                .contains("10220", "nothing is moved");
    }

    /// The last step, which gives the lock back, only warns. The lock is put back here to where that
    /// promotion held it.
    @Test
    @Order(6)
    void aLockThatARunLeftWhenItEndedCanBeTakenAndIsFree() {
        var git = world.sandbox().github().git();
        git.setRef(LOCK, heldByThePromotion);
        await().atMost(Duration.ofMinutes(3))
                .until(() -> read("lock", "--json").path("takeable").booleanValue());

        var taken =
                world.run(
                        "lock",
                        "--take-over",
                        "--confirm",
                        "take over production",
                        "--reason",
                        "its run has ended");

        assertThat(taken.out() + taken.err())
                .contains("has ended, so it cannot be gone on with. The lock is free again.");
        assertThat(read("lock", "--json").path("state").stringValue()).isEqualTo("free");
    }

    private static JsonNode goBack() {
        return read("production", "--json").path("goBack");
    }

    private static JsonNode read(String... arguments) {
        var run = world.run(arguments);
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        return run.document();
    }

    private static CommandRun started(JsonNode plan, String phrase) {
        return started(List.of("rollback"), plan, phrase);
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

    /// The link before the one that gave the lock back.
    private static String lastHeld() {
        var git = world.sandbox().github().git();
        var newest = git.commit(new CommitSha(git.ref(LOCK).orElseThrow())).orElseThrow();
        return newest.parents().getFirst().value();
    }

    private static String main() {
        return world.sandbox().github().git().ref("refs/heads/main").orElseThrow();
    }

    /// What Cloudflare serves, by Worker.
    private static Map<String, String> live() {
        return versions(read("production", "--json"));
    }

    private static Map<String, String> versions(JsonNode production) {
        var versions = new TreeMap<String, String>();
        for (var worker : production.path("workers")) {
            assertThat(worker.path("versions")).hasSize(1);
            versions.put(
                    worker.path("name").stringValue(),
                    worker.path("versions").get(0).path("id").stringValue());
        }
        return versions;
    }

    private static List<String> ledger() throws Exception {
        var hashes = new ArrayList<String>();
        try (var connection = world.production();
                var rows =
                        connection
                                .createStatement()
                                .executeQuery(
                                        "select hash from drizzle.__drizzle_migrations order by id")) {
            while (rows.next()) {
                hashes.add(rows.getString(1));
            }
        }
        return hashes;
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
