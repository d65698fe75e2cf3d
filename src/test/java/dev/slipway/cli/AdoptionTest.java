package dev.slipway.cli;

import static dev.slipway.cli.SlipwayProcess.begins;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.sandbox.world.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Two computers, one production: two homes on one sandbox. The first runs as a process that is
/// killed; the second sees its run, asks it to pause, and goes on with it when its lock has expired.
class AdoptionTest {
    private static final List<String> WORKERS =
            List.of(
                    "web-worker-production",
                    "auth-worker-production",
                    "stripe-webhook-handler-production");

    private static TestWorld world;

    @BeforeAll
    static void start() {
        world = new TestWorld();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static CommandRun colleague(String... arguments) {
        return CommandRun.of(
                world.folder().resolve("colleague"),
                Stream.concat(
                                Stream.of("--world", world.file().toString()),
                                Arrays.stream(arguments))
                        .toList());
    }

    private static JsonNode document(CommandRun run) {
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

    private static void awaitExpiry() {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> document(colleague("lock", "--json")).path("takeable").booleanValue());
    }

    private static List<String> deployedMarks() {
        var workers = world.sandbox().cloudflare().workers();
        return WORKERS.stream()
                .flatMap(w ->
                        workers.script(w).orElseThrow().deployments().stream()
                                .flatMap(d -> d.annotations().values().stream())
                                .filter(text -> text.startsWith("slipway:"))
                                .map(mark -> w + " " + mark))
                .toList();
    }

    @Test
    void whoIsGoneIsSeenAskedAndTakenOverAndNothingIsDoneTwice() throws Exception {
        var shown = document(world.run("promote", "487", "--plan-only", "--json"));
        world.sandbox()
                .faults()
                .add(
                        new Fault.Slow(
                                Fault.Target.next(1, "github", "PUT", "/merge$"),
                                Duration.ofSeconds(20)));
        String id;
        try (var process = promote(487, shown)) {
            process.await(begins("merge"));
            id = seen();
            notTaken();
            assertThat(document(colleague("pause", id, "--json")).path("asked").booleanValue())
                    .isTrue();
            assertThat(process.ended()).isEqualTo(Exit.PAUSED);
        }
        assertThat(document(world.run("operations", id, "--json")).path("reason").stringValue())
                .contains("asked by ", "asked on the command line");

        try (var process = new SlipwayProcess(world, "resume", id)) {
            process.await(begins("traffic-10"));
            process.kill();
        }
        awaitExpiry();
        taken(id);
        var resumed = colleague("resume", id, "--json");

        assertThat(resumed.code()).as(resumed.err()).isEqualTo(Exit.DONE);
        assertThat(resumed.document().path("state").stringValue()).isEqualTo("SUCCEEDED");
        assertThat(resumed.document().path("production").path("fit").stringValue())
                .isEqualTo("yes");
        assertThat(deployedMarks()).as("each change once").doesNotHaveDuplicates().isNotEmpty();
        assertThat(document(colleague("lock", "--json")).path("state").stringValue())
                .isEqualTo("free");
        comesBack(id);
    }

    /// What the colleague sees while it runs.
    private static String seen() {
        var list = document(colleague("operations", "--json"));
        var elsewhere = list.path("elsewhere");
        assertThat(elsewhere.path("kind").stringValue()).isEqualTo("promotion");
        assertThat(elsewhere.path("holder").stringValue()).contains(" on ");
        assertThat(elsewhere.path("heardAt").stringValue()).isNotEmpty();
        assertThat(elsewhere.path("takeable").booleanValue()).isFalse();
        var id = elsewhere.path("id").stringValue();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(
                                        document(colleague("operations", id, "--json"))
                                                .path("events")
                                                .valueStream()
                                                .filter(e ->
                                                        e.path("step").asString("").equals("merge"))
                                                .map(e -> e.path("type").stringValue()))
                                .as("announced to others before it was sent")
                                .contains("INTENDED"));
        return id;
    }

    private static void notTaken() {
        var refused =
                colleague(
                        "lock",
                        "--take-over",
                        "--confirm",
                        "take over production",
                        "--reason",
                        "in a hurry");
        assertThat(refused.code()).isEqualTo(Exit.REFUSED);
        assertThat(refused.err())
                .contains(
                        "Production is held by ",
                        "It cannot be taken over before 20",
                        "slipway pause ",
                        "Nothing was changed.");
    }

    private static void taken(String id) {
        var wrong =
                colleague(
                        "lock", "--take-over", "take over staging", "--reason", "a broken laptop");
        assertThat(wrong.code()).isEqualTo(Exit.REFUSED);
        assertThat(wrong.err()).contains("The phrase to take production over is");

        var taken =
                colleague(
                        "lock",
                        "--take-over",
                        "--confirm",
                        "take over production",
                        "--reason",
                        "a broken laptop",
                        "--json");

        assertThat(taken.code()).as(taken.err()).isEqualTo(Exit.PAUSED);
        assertThat(taken.document().path("operation").stringValue()).isEqualTo(id);
        assertThat(document(colleague("lock", "--json")).path("state").stringValue())
                .isEqualTo("yours");
        var row = document(colleague("operations", "--json")).path("operations").get(0);
        assertThat(row.path("id").stringValue()).isEqualTo(id);
        assertThat(row.path("state").stringValue()).isEqualTo("INTERRUPTED");
    }

    /// The first computer is back: it may do nothing any more, and it can end its own record.
    private static void comesBack(String id) {
        var before = deployedMarks();
        var again = world.run("resume", id, "--json");
        assertThat(again.code()).as(again.err()).isEqualTo(Exit.PAUSED);
        assertThat(again.document().path("state").stringValue()).isEqualTo("NEEDS_OPERATOR");

        var left = world.run("resume", id, "--leave", "--reason", "a colleague did it", "--json");

        assertThat(left.document().path("state").stringValue()).isEqualTo("STOPPED_SAFE");
        assertThat(left.document().path("reason").stringValue())
                .contains("left it as it is", "a colleague did it");
        assertThat(deployedMarks()).isEqualTo(before);
    }

    @Test
    void whatWasKilledBeforeItsMigrationIsAdoptedInOneCommand() throws Exception {
        var shown = document(world.run("promote", "482", "--plan-only", "--json"));
        try (var process = promote(482, shown)) {
            process.await(begins("migrate.apply"));
            process.kill();
        }
        var id =
                document(world.run("operations", "--json"))
                        .path("operations")
                        .get(0)
                        .path("id")
                        .stringValue();
        awaitExpiry();

        var adopted =
                colleague(
                        "resume",
                        id.substring(0, 6),
                        "--adopt",
                        "--confirm",
                        "take over production",
                        "--reason",
                        "a broken laptop",
                        "--json");

        assertThat(adopted.code()).as(adopted.err()).isEqualTo(Exit.DONE);
        assertThat(adopted.document().path("state").stringValue()).isEqualTo("SUCCEEDED");
        assertThat(deployedMarks()).doesNotHaveDuplicates();
    }
}
