package dev.slipway.cli;

import static dev.slipway.cli.Contract.each;
import static dev.slipway.cli.Contract.integers;
import static dev.slipway.cli.Contract.keys;
import static dev.slipway.cli.Contract.time;
import static dev.slipway.cli.Contract.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.sandbox.world.GitChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A promotion as a script drives it: with a plan that still holds, and with one that does not.
class ScriptedPromotionTest {
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

    private static String name(JsonNode line) {
        return line.path("event").stringValue();
    }

    /// One promotion end to end, and everything that tells of it afterwards.
    @Test
    void aPromotionItsEventsItsOperationAndItsLogAreAsDescribed() {
        var plan = read("promote", "482", "--plan-only", "--json");

        var run =
                world.run(
                        "promote",
                        "482",
                        "--plan",
                        plan.path("plan").path("hash").stringValue(),
                        "--confirm",
                        plan.path("confirm").stringValue(),
                        "--reason",
                        "contract",
                        "--json");

        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        var end = run.document();
        keys(end, "operation", "kind", "state", "release?", "step", "reason", "production");
        word(end.path("state"), "end state");
        assertThat(end.path("state").stringValue()).isEqualTo("SUCCEEDED");
        assertThat(end.path("release").stringValue())
                .isEqualTo(plan.path("plan").path("release").stringValue());
        ContractTest.production(end.path("production"));
        events(run);
        operations(end.path("operation").stringValue());
        log(end.path("operation").stringValue());
        evidence();
        forPeople(end.path("operation").stringValue());
        ownersAlone();
    }

    /// Nothing the home keeps may be read by others, whatever the folder above it allows.
    private static void ownersAlone() {
        try (var files = Files.walk(world.home())) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file ->
                            assertThat(
                                            PosixFilePermissions.toString(
                                                    Files.getPosixFilePermissions(file)))
                                    .as("%s", file)
                                    .isEqualTo("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the lock's last record says of the journal stands in the export of it.
    private static void evidence() {
        var file = world.folder().resolve("journal.ndjson").toString();
        var export = read("operations", "export", file, "--json");
        keys(export, "file", "lines");
        var anchor = read("lock", "--json").path("journalHead").stringValue();
        var whole = read("operations", "verify", file, "--anchor", anchor, "--json");
        keys(whole, "whole", "operations", "lines", "head", "anchoredAt");
        assertThat(whole.path("whole").asBoolean()).isTrue();
        assertThat(whole.path("lines").asInt()).isEqualTo(export.path("lines").asInt());
        assertThat(whole.path("anchoredAt").asInt()).isPositive();
        var foreign = world.run("operations", "verify", file, "--anchor", "0".repeat(64));
        assertThat(foreign.code()).isEqualTo(Exit.INPUT);
        assertThat(foreign.out()).contains("is whole").contains("No line has the hash");
        assertThat(world.run("operations", "export", file).err()).contains("It was not changed");
    }

    /// What a person reads has words, and milliseconds at most.
    private static void forPeople(String operation) {
        var rows = world.run("logs", "--level", "debug").out();
        var journal = world.run("operations", operation).out();

        assertThat(rows)
                .contains("  claim-lock  OK  done", "step 1 of 18: Claim the lock", "INFO  done")
                .containsPattern("\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z")
                .doesNotContainPattern("\\.\\d{4,}Z");
        assertThat(rows + journal)
                .doesNotContainPattern(
                        "(?i)\\b(SUCCEEDED|CONFIRMED|INTENDED|INTENT|SKIPPED_ALREADY_TRUE|PT\\d)");
        assertThat(journal).contains("18 of 18  done", "claim-lock             announced");
    }

    private static void events(CommandRun run) {
        run.lines().forEach(ContractTest::message);
        var events = run.lines().filter(line -> line.has("event")).toList();
        assertThat(events.stream().map(ScriptedPromotionTest::name))
                .contains("step-started", "step-ended", "state");
        for (var event : events) {
            switch (name(event)) {
                case "step-started" -> integers(event, "position", "steps");
                case "step-ended" -> word(event.path("state"), "step state");
                case "state" -> word(event.path("state"), "operation state");
                case "line" -> word(event.path("level"), "level");
                case "progress" -> assertThat(event.path("done").isNumber()).isTrue();
                case "waiting" -> integers(event, "millis");
                case String other -> assertThat(other).isEqualTo("an event of docs/cli.md");
            }
        }
    }

    private static void operations(String id) {
        var newest = read("operations", "--json").path("operations").get(0);
        keys(
                newest,
                "id",
                "kind",
                "target",
                "by",
                "startedAt",
                "step",
                "steps",
                "stepKey",
                "state",
                "updatedAt",
                "reason");
        assertThat(newest.path("id").stringValue()).isEqualTo(id);
        word(newest.path("state"), "operation state");
        integers(newest, "step", "steps");
        time(newest.path("startedAt"));
        var one = read("operations", id.substring(0, 6), "--json");
        assertThat(one.path("planHash").stringValue()).matches("[0-9a-f]{64}");
        one.path("events")
                .forEach(event -> keys(event, "seq", "at", "type", "step", "attempt", "payload"));
        assertThat(each(one.path("events")).stream().map(e -> e.path("type").stringValue()))
                .contains("STARTED", "INTENDED", "SENT", "FINISHED");
    }

    private static void log(String operation) {
        var rows = read("logs", "--json", "--level", "debug").path("rows");
        rows.forEach(row -> {
            keys(
                    row,
                    "at",
                    "kind",
                    "channel",
                    "source",
                    "level",
                    "text",
                    "operation?",
                    "step?",
                    "worker?",
                    "detail?");
            word(row.path("kind"), "row kind");
            word(row.path("channel"), "channel");
            word(row.path("level"), "level");
        });
        assertThat(each(rows).stream().map(r -> r.path("operation").asString("")))
                .contains(operation);
    }

    private static CommandRun promote(int pull, JsonNode shown) {
        return world.run(
                "promote",
                "" + pull,
                "--plan",
                shown.path("plan").path("hash").stringValue(),
                "--confirm",
                shown.path("confirm").stringValue(),
                "--reason",
                "test");
    }

    @Test
    void aPlanThatWouldBeAnotherOneNowIsRefusedWithTheDifference() {
        var shown = read("promote", "479", "--plan-only", "--json");
        var hub = world.sandbox().github();
        hub.push(
                "main",
                "kim",
                GitChange.of("Write news", hub.accounts().person("kim").person(), Instant.now())
                        .with("docs/news.md", "new"));

        var run = promote(479, shown);

        assertThat(run.code()).as(run.err()).isEqualTo(Exit.REFUSED);
        assertThat(run.err())
                .contains(
                        "The plan has changed", "Nothing was changed.", "base was ", "now it is ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aPullRequestClosedMeanwhileIsRefusedAndSaysSo() {
        var shown = read("promote", "484", "--plan-only", "--json");
        world.sandbox().github().pulls().close(484, "kim");

        var run = promote(484, shown);

        assertThat(run.code()).as(run.err()).isEqualTo(Exit.REFUSED);
        assertThat(run.err()).contains("#484 is closed").doesNotContain("has changed");
    }

    /// A shell that runs the tests in the background has them ignore interrupts, and what they start
    /// would, too.
    private static List<String> interruptible() throws Exception {
        var again = List.of("env", "--default-signal=INT");
        var tried = Stream.concat(again.stream(), Stream.of("true")).toList();
        return new ProcessBuilder(tried).start().waitFor() == 0 ? again : List.of();
    }

    /// A real process, because a signal is for a process.
    @Test
    void anInterruptPausesTheOperationSaysHowToGoOnAndItGoesOn() throws Exception {
        var shown = read("promote", "487", "--plan-only", "--json");
        var errors = world.folder().resolve("interrupted.err");
        var output = world.folder().resolve("interrupted.out");
        var command =
                Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        "dev.slipway.Main",
                        "--home",
                        world.home().toString(),
                        "--world",
                        world.file().toString(),
                        "promote",
                        "487",
                        "--plan",
                        shown.path("plan").path("hash").stringValue(),
                        "--confirm",
                        shown.path("confirm").stringValue(),
                        "--reason",
                        "test");
        var process =
                new ProcessBuilder(Stream.concat(interruptible().stream(), command).toList())
                        .redirectError(errors.toFile())
                        .redirectOutput(output.toFile())
                        .start();
        try {
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> Files.readString(errors).contains("Stage web at 0 %"));
            new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();

            assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        var said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isEqualTo(Exit.PAUSED);
        assertThat(said).contains("is paused", "Production runs ", "slipway resume ");
        var id = said.substring(said.indexOf("slipway resume ") + 15).strip();
        var row = read("operations", id, "--json");
        assertThat(read("lock", "--json").path("sentence").stringValue())
                .contains(
                        "step %d of %d"
                                .formatted(
                                        row.path("step").intValue(), row.path("steps").intValue()));
        var paused = world.run("pause", id.substring(0, 8));
        assertThat(paused.code()).isEqualTo(Exit.INPUT);
        assertThat(paused.err())
                .contains(id + ") is paused already, at step ", "Go on with: slipway resume " + id);

        var end = read("resume", id, "--json");

        assertThat(end.path("state").stringValue()).isEqualTo("SUCCEEDED");
        var ended = world.run("pause", id);
        assertThat(ended.code()).isEqualTo(Exit.INPUT);
        assertThat(ended.err()).contains("has ended (done), so there is nothing to pause");
        var unknown = world.run("pause", "ffffffff");
        assertThat(unknown.code()).isEqualTo(Exit.REFUSED);
        assertThat(unknown.err())
                .contains("No operation ffffffff holds production: free.", "Nothing was changed.");
    }
}
