package dev.slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.cli.Exit;
import dev.slipway.cli.SlipwayProcess;
import dev.slipway.cli.TestWorld;
import dev.slipway.sandbox.world.GitHubRun;
import dev.slipway.sandbox.world.NeonBranch;
import dev.slipway.sandbox.world.StackFile;
import dev.slipway.sandbox.world.WorkerScript;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A fresh world in which pull requests are taken to production one after the other, by processes.
final class Round implements AutoCloseable {
    /// Those of the default world that can be promoted, in the order rounds promote them.
    static final List<Integer> PULLS = List.of(482, 484, 487);

    private static final Duration LONGEST = Duration.ofSeconds(90);

    /// Sittings an operation may need once nothing goes wrong any more.
    private static final int SITTINGS = 6;

    private final long began = System.nanoTime();
    private final TestWorld world = new TestWorld();
    private int plans;
    private int resumes;

    TestWorld world() {
        return world;
    }

    /// For whoever looks where the time goes; seconds since the world was asked for.
    private void tell(String what) {
        if (Boolean.getBoolean("slipway.told")) {
            System.out.printf("%8.1f s  %s%n", (System.nanoTime() - began) / 1e9, what);
        }
    }

    /// How often a new plan was made because the old one had stopped or had not begun.
    int plans() {
        return plans;
    }

    /// How often an operation was resumed.
    int resumes() {
        return resumes;
    }

    private JsonNode read(Path home, String... arguments) {
        var run = world.runAt(home, arguments);
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        return run.document();
    }

    /// Plans a promotion.
    JsonNode shown(Path home, int pull) {
        tell("plans #" + pull);
        var shown = read(home, "promote", "" + pull, "--plan-only", "--json");
        tell("has a plan");
        return shown;
    }

    /// The command that carries out what was planned.
    String[] promotion(int pull, JsonNode shown) {
        return new String[] {
            "promote",
            "" + pull,
            "--plan",
            shown.path("plan").path("hash").stringValue(),
            "--confirm",
            shown.path("confirm").stringValue(),
            "--reason",
            "test"
        };
    }

    /// Starts what was planned as a process.
    SlipwayProcess promote(Path home, Path file, int pull, JsonNode shown) {
        return new SlipwayProcess(world, home, file, promotion(pull, shown));
    }

    /// The operations of a home, newest first.
    List<JsonNode> operations(Path home) {
        return read(home, "operations", "--json").path("operations").valueStream().toList();
    }

    /// Promotes, from the plan to the end, and nothing goes wrong.
    void promote(Path home, int pull) throws Exception {
        try (var process = promote(home, world.file(), pull, shown(home, pull))) {
            process.finish();
            tell("promoted");
        }
    }

    SlipwayProcess resume(Path home, Path file, String operation) {
        resumes++;
        return new SlipwayProcess(world, home, file, "resume", operation);
    }

    /// Goes on as a person does, until `pull` is in production.
    ///
    /// @param known how many operations the home had before this promotion
    void bringHome(Path home, int pull, int known) throws Exception {
        var way = new ArrayList<String>();
        for (int sitting = 0; sitting < SITTINGS; sitting++) {
            var all = operations(home);
            var newest =
                    all.size() == known ? "NOT_BEGUN" : all.getFirst().path("state").asString();
            way.add(newest);
            switch (newest) {
                case "SUCCEEDED" -> {
                    return;
                }
                case "INTERRUPTED", "PAUSED" -> {
                    var id = all.getFirst().path("id").stringValue();
                    try (var process = resume(home, world.file(), id)) {
                        process.finish();
                        tell("resumed");
                        way.add(process.written());
                    }
                }
                case "NOT_BEGUN", "STOPPED_SAFE" -> {
                    plans++;
                    promote(home, pull);
                }
                default -> throw new AssertionError("no way on: " + way + all.getFirst());
            }
        }
        throw new AssertionError("it does not end: " + way);
    }

    /// What stands at the providers once nothing is under way after the merge of `pull`.
    Picture picture(int pull) throws SQLException {
        await().atMost(LONGEST).until(() -> atRest(pull));
        tell("at rest");
        return Picture.of(world);
    }

    private boolean atRest(int pull) {
        var sandbox = world.sandbox();
        var preview = StackFile.branch(pull);
        var built =
                sandbox.github().actions().runs().stream()
                        .filter(run -> run.branch().equals("main"))
                        .allMatch(run -> run.status() == GitHubRun.Status.COMPLETED);
        var names =
                Stream.concat(
                        sandbox.neon().branches(sandbox.worldFile().project()).stream()
                                .map(NeonBranch::name),
                        sandbox.cloudflare().workers().scripts().stream().map(WorkerScript::name));
        return built && names.noneMatch(name -> name.equals(preview) || name.endsWith("-" + pull));
    }

    /// Checks that the journal of a home is whole and nothing in it is open.
    void journalIsWhole(Path home) {
        var file = world.folder().resolve(home.getFileName() + "-" + System.nanoTime() + ".ndjson");
        read(home, "operations", "export", file.toString(), "--json");
        var verified = read(home, "operations", "verify", file.toString(), "--json");
        assertThat(verified.path("whole").asBoolean()).isTrue();
        assertThat(read(home, "lock", "--json").path("state").stringValue()).isEqualTo("free");
    }

    @Override
    public void close() {
        world.close();
    }
}
