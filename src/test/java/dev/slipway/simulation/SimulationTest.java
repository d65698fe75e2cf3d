package dev.slipway.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.slipway.domain.World;
import dev.slipway.operation.lock.LockKeeper;
import dev.slipway.simulation.Fault.Kind;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// The engine, the planner and the steps of the product in a world where everything goes wrong that
/// can: crashes, lost and late answers, two operators, people who do not use Slipway. Whatever
/// happens, what [Audit] forbids does not.
///
/// `-Dslipway.seed=S` plays and tells one. [SweepTest] plays many.
@Tag("simulation")
class SimulationTest {
    @BeforeAll
    static void quiet() {
        // It warns of every renewal that fails, and here most of them are made to.
        ((Logger) LoggerFactory.getLogger(LockKeeper.class)).setLevel(Level.ERROR);
    }

    @Test
    void aPromotionInFairWeatherSucceeds() {
        var result = play(Scenario.plain(1), Fate.listed(List.of()));
        assertThat(result.violations()).isEmpty();
        assertThat(result.ends()).containsExactly("SUCCEEDED");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theSameSeedGivesTheSameTrace(int operators) {
        for (var number = 1L; number <= 20; number++) {
            var seed = new Sweep.Seed(number, operators, Safety.Without.NOTHING);
            var first = seed.play();
            assertThat(seed.play().trace()).as("seed %d", number).isEqualTo(first.trace());
            var listed =
                    seed.play(Scenario.of(number, operators), Fate.listed(first.faults()), false);
            assertThat(listed.trace())
                    .as("seed %d from its list of events", number)
                    .isEqualTo(first.trace());
            assertThat(
                            new Sweep.Seed(number + 1_000, operators, Safety.Without.NOTHING)
                                    .play()
                                    .trace())
                    .isNotEqualTo(first.trace());
        }
    }

    /// Cloudflare has no fence: somebody who deploys between our look and our change is found below it.
    @ParameterizedTest
    @ValueSource(strings = {"stage.web", "traffic-10.web", "traffic-100.web"})
    void whatOthersDeployBetweenOurLookAndOurChangeIsFound(String step) {
        var result = told(Scenario.plain(1), 0, new Fault(Kind.OVERTAKEN, Duration.ZERO), step);
        assertThat(result.violations()).isEmpty();
        assertThat(result.story())
                .anyMatch(line ->
                        line.contains("#Blocked " + step)
                                && line.contains("in the moment before this operation did"));
    }

    /// A Worker that keeps its version is looked at like the others. The second operator promotes what
    /// the first one has brought live.
    @Test
    void whatOthersDeployIsFoundAlsoWhereNothingWasToBeChanged() {
        var result =
                told(Scenario.plain(2), 1, new Fault(Kind.OVERTAKEN, Duration.ZERO), "refs/tags/");
        assertThat(result.violations()).isEmpty();
        assertThat(result.story())
                .anyMatch(line ->
                        line.contains("B  #Blocked traffic-")
                                && line.contains("outside of this operation"));
    }

    /// The look at the lock is worth nothing when the program stood still after it.
    @ParameterizedTest
    @EnumSource(names = {"STALL", "SUSPEND"})
    void nothingIsSentOnAnOldLookAtTheLock(Kind kind) {
        var result =
                told(Scenario.plain(1), 0, new Fault(kind, Duration.ofMinutes(5)), "stage.web");
        assertThat(result.violations()).isEmpty();
        assertThat(result.ends()).containsExactly("SUCCEEDED");
        assertThat(result.story())
                .anyMatch(line ->
                        line.contains("outcome=NOT_APPLIED")
                                && line.contains("Slipway stood still for 300 s"));
    }

    /// What is refused to one person for reasons of his own must not make a second lock.
    @Test
    void aRefusedLockIsNotClaimedElsewhere() {
        var result =
                told(
                        Scenario.plain(2),
                        0,
                        new Fault(Kind.ERROR_BODY, Duration.ZERO),
                        "refs/slipway/production");
        assertThat(result.violations()).isEmpty();
        assertThat(result.ends()).contains("STOPPED_SAFE");
        assertThat(result.story()).noneMatch(line -> line.contains("refs/heads/slipway"));
    }

    private static Run.Result told(Scenario scenario, int operator, Fault fault, String label) {
        var safety = Safety.without(Safety.Without.NOTHING, World.Bounds.LIVE);
        return new Run(scenario, Fate.once(operator, fault, label), safety, true).play();
    }

    @Test
    void aFailureIsToldWithItsSeedTheCommitAndTheFewEventsItNeeds() {
        var broken =
                LongStream.iterate(1, n -> n + 1)
                        .mapToObj(n -> new Sweep.Seed(n, 1, Safety.Without.QUIET_TIME).broken())
                        .filter(run -> run.result().broken())
                        .findFirst()
                        .orElseThrow();
        var shrunk = Shrinker.shrink(broken);
        assertThat(shrunk.result().violations().getFirst()).startsWith("I5");
        assertThat(shrunk.events())
                .hasSizeLessThan(broken.result().faults().size())
                .anyMatch(event -> event.fault().is(Kind.LATE));
        var again =
                broken.seed().play(shrunk.scenario(), Fate.listed(shrunk.events()), false).trace();
        assertThat(again).isEqualTo(shrunk.result().trace());
        assertThat(broken.seed().play().trace()).isEqualTo(broken.result().trace());
        for (var event : shrunk.events()) {
            var fewer = shrunk.events().stream().filter(e -> !e.equals(event)).toList();
            assertThat(
                            broken
                                    .seed()
                                    .play(shrunk.scenario(), Fate.listed(fewer), false)
                                    .violations()
                                    .stream()
                                    .limit(1))
                    .as("without %s", event)
                    .noneMatch(violation -> violation.startsWith("I5"));
        }
        assertThat(Sweep.told(broken))
                .contains("I5: ")
                .contains("-Dslipway.seed=" + broken.seed().number())
                .contains("commit " + Sweep.commit())
                .contains(shrunk.events().getFirst().toString());
    }

    @Test
    @EnabledIfSystemProperty(named = "slipway.seed", matches = ".*")
    void oneSeed() {
        var number = Long.getLong("slipway.seed");
        var operators = Integer.getInteger("slipway.operators", 1);
        var without = Safety.Without.valueOf(System.getProperty("slipway.without", "NOTHING"));
        var adopted = Boolean.getBoolean("slipway.adopted");
        var seed = new Sweep.Seed(number, operators, adopted, without);
        var scenario = seed.scenario();
        System.out.println(scenario);
        var result = seed.play(scenario, seed.fate(), true);
        result.story().forEach(System.out::println);
        result.faults().forEach(System.out::println);
        assertThat(result.violations()).isEmpty();
    }

    static Run.Result play(Scenario scenario, Fate fate) {
        var safety = Safety.without(Safety.Without.NOTHING, World.Bounds.LIVE);
        return new Run(scenario, fate, safety, false).play();
    }
}
