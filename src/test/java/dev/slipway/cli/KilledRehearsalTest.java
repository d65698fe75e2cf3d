package dev.slipway.cli;

import static dev.slipway.cli.SlipwayProcess.begins;
import static dev.slipway.cli.SlipwayProcess.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.catalog.CatalogLines;
import dev.slipway.migration.catalog.CatalogReader;
import dev.slipway.sandbox.world.Fault;
import dev.slipway.sandbox.world.NeonBranch;
import dev.slipway.sandbox.world.WorkerScript;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Rehearsals as real processes that are killed without a word: the next start removes what they left,
/// and production is what it was.
class KilledRehearsalTest {
    /// Random moments beside the named ones; `-Dslipway.kills=40` tries more.
    private static final int RANDOM = Integer.getInteger("slipway.kills", 1);

    /// How long a rehearsal takes from its first word to its last, and a little more.
    private static final int LONGEST_MILLIS = Integer.getInteger("slipway.kills.within", 3_000);

    /// Shorter than this world's quiet time, after which nobody has to reckon with it any more.
    private static final Duration LATE = Duration.ofMillis(50);

    private static TestWorld world;
    private List<String> before = List.of();

    @BeforeAll
    static void start() {
        world = new TestWorld();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void production() throws SQLException {
        before = schema();
    }

    @AfterEach
    void nothingIsLeftAndProductionIsWhatItWas() throws SQLException {
        world.sandbox().faults().clear();
        // One start is enough, unless a request is still on its way when it looks.
        await().atMost(Duration.ofMinutes(3)).until(() -> nextStart().path("leftBehind").isEmpty());
        assertThat(left()).isEmpty();
        assertThat(schema()).isEqualTo(before);
    }

    /// A command that may write, on a pull request without migrations.
    private static JsonNode nextStart() {
        var run = world.run("rehearse", "479", "--json");
        assertThat(run.code()).as(run.err()).isEqualTo(Exit.DONE);
        return run.document();
    }

    /// Branches and scripts that only a rehearsal makes.
    private static List<String> left() {
        var sandbox = world.sandbox();
        return Stream.concat(
                        sandbox.neon().branches(sandbox.worldFile().project()).stream()
                                .map(NeonBranch::name),
                        sandbox.cloudflare().workers().scripts().stream().map(WorkerScript::name))
                .filter(name -> name.matches("slipway/.*/rehearsal|slipway-.*-fit"))
                .toList();
    }

    /// Production's catalog, its ledger and its schemas.
    private static List<String> schema() throws SQLException {
        try (var connection = world.production()) {
            var catalog =
                    CatalogReader.read(
                            connection, new LedgerTable("drizzle", "__drizzle_migrations"));
            // Visitors go on and use up numbers of sequences.
            var lines =
                    CatalogLines.of(catalog).stream()
                            .map(line -> line.replaceAll("last=\\d+", ""))
                            .collect(Collectors.toCollection(ArrayList::new));
            lines.addAll(rows(connection, "select m::text from drizzle.__drizzle_migrations m"));
            lines.addAll(rows(connection, "select nspname from pg_namespace order by 1"));
            return lines;
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Branches production off",
                "into throw-away scripts",
                "for their health on the new schema",
                "Removes slipway/"
            })
    void atAStage(String stage) throws Exception {
        try (var process = new SlipwayProcess(world, "rehearse", "482")) {
            process.await(says(stage));
            process.kill();
        }
    }

    static List<Integer> moments() {
        var random = new Random(Long.getLong("slipway.seed", 482));
        return random.ints(RANDOM, 0, LONGEST_MILLIS).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("moments")
    void atARandomMoment(int millis) throws Exception {
        try (var process = new SlipwayProcess(world, "rehearse", "482")) {
            process.await(says("Reads #482"));
            Thread.sleep(millis);
            process.kill();
        }
    }

    @Test
    void beforeNeonHasMadeTheBranch() throws Exception {
        world.sandbox()
                .faults()
                .add(new Fault.ApplyLate(Fault.Target.next(1, "neon", "POST", "/branches$"), LATE));
        try (var process = new SlipwayProcess(world, "rehearse", "482")) {
            process.await(says("looking for the branch"));
            process.kill();
        }
        var debt = world.run("operations", "--json").document().path("leftBehind").get(0);
        assertThat(debt.path("kind").stringValue()).isEqualTo("branch");
    }

    @Test
    void askedToEndItRemovesItsBranchItself() throws Exception {
        try (var process = new SlipwayProcess(world, "rehearse", "482")) {
            process.await(says("on today's schema"));
            process.terminate();

            assertThat(left()).isEmpty();
            assertThat(process.rest()).contains("Slipway was asked to end", "slipway/");
        }
    }

    private static void promoteAndKill(Predicate<JsonNode> moment) throws Exception {
        var shown = world.run("promote", "482", "--plan-only", "--json");
        assertThat(shown.code()).as(shown.err()).isEqualTo(Exit.DONE);
        try (var process =
                new SlipwayProcess(
                        world,
                        "promote",
                        "482",
                        "--plan",
                        shown.document().path("plan").path("hash").stringValue(),
                        "--confirm",
                        shown.document().path("confirm").stringValue(),
                        "--reason",
                        "test")) {
            process.await(moment);
            process.kill();
        }
    }

    private static Optional<JsonNode> newestOperation() {
        var run = world.run("operations", "--json");
        return run.document().path("operations").valueStream().findFirst();
    }

    @Test
    void inTheRehearsalOfAPromotion() throws Exception {
        promoteAndKill(begins("rehearse.migrate"));
        assertThat(left()).hasSize(1);
        var operations = world.run("operations", "--json").document();
        var id = operations.path("operations").get(0).path("id").stringValue();
        var debt = operations.path("leftBehind").get(0);
        assertThat(debt.path("kind").stringValue()).isEqualTo("branch");
        assertThat(debt.path("name").stringValue()).isEqualTo(left().getFirst());

        nextStart();

        assertThat(left()).isEmpty();
        assertThat(world.run("operations", "--json").document().path("leftBehind").size()).isZero();
        var resumed = world.run("resume", id, "--json");
        assertThat(resumed.code()).as(resumed.err()).isEqualTo(Exit.REFUSED);
        assertThat(resumed.document().path("state").stringValue()).isEqualTo("STOPPED_SAFE");
        assertThat(resumed.document().path("reason").stringValue())
                .contains("The rehearsal branch is gone", "make a new plan");
        assertThat(world.run("lock", "--json").document().path("state").stringValue())
                .isEqualTo("free");
        assertThat(newestOperation().orElseThrow().path("state").stringValue())
                .isEqualTo("STOPPED_SAFE");
    }
}
