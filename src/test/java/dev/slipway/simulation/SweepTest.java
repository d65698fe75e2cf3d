package dev.slipway.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.simulation.Fault.Kind;
import dev.slipway.simulation.Fault.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Many seeds, and every crash at every boundary with every kind of fault. `-Dslipway.seeds=N` plays N
/// seeds from `-Dslipway.first=S`; `./mvnw -P simulation test` a million.
@Tag("simulation")
class SweepTest {
    private static final long MANY = Long.getLong("slipway.seeds", 5_000);
    static final long FIRST = Long.getLong("slipway.first", 1);

    @BeforeAll
    static void quiet() {
        SimulationTest.quiet();
    }

    @Test
    void oneOperatorBreaksNothing() {
        holds("one operator", Sweep.of(FIRST, MANY, 1, Safety.Without.NOTHING));
    }

    @Test
    void twoOperatorsBreakNothing() {
        holds("two operators", Sweep.of(FIRST, MANY, 2, Safety.Without.NOTHING));
    }

    /// Somebody is gone or asleep for hours in the middle of a promotion, and a colleague takes the run over.
    /// Cloudflare has no fence: of two changes side by side one may leave after hours of sleep, when the
    /// other was stopped, so some seeds break.
    @Test
    @EnabledIfSystemProperty(named = "slipway.adopted", matches = "true")
    void whatIsAdoptedBreaksNothing() {
        holds(
                "adopted by a colleague",
                Sweep.of(
                        MANY,
                        i -> new Sweep.Seed(FIRST + i, 2, true, Safety.Without.NOTHING).broken()));
    }

    @Test
    void aProgramThatIsGoneForGoodAtAnyBoundaryIsGoneOnWithByAColleague() {
        var cases = new ArrayList<Fate.Site>();
        var scenario = Scenario.plain(1).lookedAfter(Scenario.Absence.FOR_GOOD);
        var dry = Fate.firstOfAll(Fault.NONE, Optional.empty());
        SimulationTest.play(Scenario.plain(1), dry);
        for (var place : List.of(Place.JOURNAL, Place.READ, Place.BEFORE, Place.AFTER)) {
            for (var i = 1; i <= dry.count(0, place); i++) {
                cases.add(new Fate.Site(0, place, i));
            }
        }
        var sweep =
                Sweep.of(
                        cases.size(),
                        i ->
                                new Sweep.Broken(
                                        new Sweep.Seed(1, 2, true, Safety.Without.NOTHING),
                                        SimulationTest.play(
                                                scenario,
                                                Fate.firstOfAll(
                                                        Fault.NONE,
                                                        Optional.of(cases.get((int) i))))));
        System.out.println(sweep.summary("gone for good at every boundary"));
        assertThat(sweep.runs()).isGreaterThan(200);
        assertThat(
                        sweep.broken().stream()
                                .map(b -> b.result().violations() + "" + b.result().faults()))
                .isEmpty();
    }

    @Test
    void aCrashAtEveryBoundaryWithEveryFaultBreaksNothing() {
        var cases = new ArrayList<Case>();
        for (var scenario :
                List.of(
                        Scenario.plain(1),
                        Scenario.plain(1).goingWrong(),
                        Scenario.plain(1).sideBySide())) {
            for (var kind : Kind.values()) {
                var fault = kind == Kind.CRASH ? Fault.NONE : new Fault(kind, usual(kind));
                var dry = Fate.firstOfAll(fault, Optional.empty());
                cases.add(new Case(scenario, fault, Optional.empty()));
                SimulationTest.play(scenario, dry);
                for (var place : List.of(Place.JOURNAL, Place.BEFORE, Place.COMMIT, Place.AFTER)) {
                    for (var i = 1; i <= dry.count(0, place); i++) {
                        cases.add(
                                new Case(scenario, fault, Optional.of(new Fate.Site(0, place, i))));
                    }
                }
            }
        }
        assertThat(cases).hasSizeGreaterThan(2_000);
        var sweep =
                Sweep.of(
                        cases.size(),
                        i -> {
                            var one = cases.get((int) i);
                            var fate = Fate.firstOfAll(one.fault(), one.crash());
                            return new Sweep.Broken(
                                    new Sweep.Seed(1, 1, Safety.Without.NOTHING),
                                    SimulationTest.play(one.scenario(), fate));
                        });
        System.out.println(sweep.summary("every crash at every boundary"));
        assertThat(
                        sweep.broken().stream()
                                .map(b -> b.result().violations() + "" + b.result().faults()))
                .isEmpty();
    }

    private static void holds(String title, Sweep sweep) {
        System.out.println(sweep.summary(title));
        assertThat(sweep.verdict()).isEmpty();
    }

    private record Case(Scenario scenario, Fault fault, Optional<Fate.Site> crash) {}

    private static Duration usual(Kind kind) {
        return switch (kind) {
            case LATE, COMMIT_LATE -> Duration.ofMillis(990);
            case STALE -> Duration.ofMillis(4_500);
            case SLOW -> Duration.ofSeconds(20);
            case STALL -> Duration.ofSeconds(30);
            case SUSPEND -> Duration.ofMinutes(20);
            case CLOCK_JUMP -> Duration.ofHours(5);
            case RATE_LIMITED -> Duration.ofSeconds(40);
            case SERVER_ERROR -> Duration.ofMillis(1);
            default -> Duration.ZERO;
        };
    }
}
