package dev.slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.Exit;
import dev.slipway.cli.SlipwayProcess;
import dev.slipway.cli.TestWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Rollbacks that are killed, there and back again between two releases of one world. Gone on with, each
/// ends with every Worker on the planned version, put there once.
final class WayBack {
    private static final int SITTINGS = 6;

    private final Round round;
    private final TestWorld world;
    private final Map<String, Integer> struck = new TreeMap<>();
    private int resumes;
    private int plans;

    private WayBack(Round round) {
        this.round = round;
        this.world = round.world();
    }

    /// So many rollbacks.
    ///
    /// @return one line of figures
    static String many(int count, long seed) throws Exception {
        try (var round = new Round()) {
            var way = new WayBack(round);
            round.promote(round.world().home(), 482);
            for (int i = 0; i < count; i++) {
                way.one(i % 2 == 0 ? "r41" : "r42", new Random(seed * 1_000_003 + i));
            }
            round.journalIsWhole(round.world().home());
            return "%d rollbacks killed, %d resumed, %d planned anew; struck in %s"
                    .formatted(count, way.resumes, way.plans, way.struck);
        }
    }

    private void one(String release, Random random) throws Exception {
        int known = round.operations(world.home()).size();
        var shown = shown(release);
        try (var process = begun(release, shown)) {
            struck.merge(
                    Moment.random(random, Loops.steps(shown)).strikes(process), 1, Integer::sum);
        }
        finish(release, known);
        for (var worker : shown.path("plan").path("workers")) {
            var name = worker.path("name").stringValue();
            var live =
                    world.sandbox().cloudflare().workers().scripts().stream()
                            .filter(s -> s.name().endsWith("-production"))
                            .filter(s -> s.name().startsWith(name))
                            .findFirst()
                            .flatMap(s -> s.live())
                            .orElseThrow();
            assertThat(live.id()).as(name).isEqualTo(worker.path("to").stringValue());
        }
        assertThat(world.run("lock", "--json").document().path("state").stringValue())
                .isEqualTo("free");
    }

    private void finish(String release, int known) throws Exception {
        var way = new ArrayList<String>();
        for (int sitting = 0; sitting < SITTINGS; sitting++) {
            var all = round.operations(world.home());
            var newest =
                    all.size() == known ? "NOT_BEGUN" : all.getFirst().path("state").asString();
            way.add(newest);
            switch (newest) {
                case "SUCCEEDED" -> {
                    return;
                }
                case "INTERRUPTED", "PAUSED" -> {
                    resumes++;
                    var id = all.getFirst().path("id").stringValue();
                    try (var process = round.resume(world.home(), world.file(), id)) {
                        process.finish();
                    }
                }
                case "NOT_BEGUN", "STOPPED_SAFE" -> {
                    plans++;
                    try (var process = begun(release, shown(release))) {
                        process.finish();
                    }
                }
                default -> throw new AssertionError("no way on: " + way + all.getFirst());
            }
        }
        throw new AssertionError("it does not end: " + way);
    }

    private JsonNode shown(String release) {
        var run = world.run("rollback", release, "--no-hold", "--plan-only", "--json");
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        return run.document();
    }

    private SlipwayProcess begun(String release, JsonNode shown) {
        var arguments =
                List.of(
                        "rollback",
                        release,
                        "--no-hold",
                        "--plan",
                        shown.path("plan").path("hash").stringValue(),
                        "--confirm",
                        shown.path("confirm").stringValue(),
                        "--reason",
                        "test");
        return new SlipwayProcess(
                world, world.home(), world.file(), arguments.toArray(String[]::new));
    }
}
