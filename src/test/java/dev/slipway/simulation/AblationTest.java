package dev.slipway.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.slipway.operation.lock.LockKeeper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/// Each safeguard is needed: without it a run breaks that holds with it. The seeds are tried in order
/// until one does; `-Dslipway.first=N` begins elsewhere.
@Tag("simulation")
class AblationTest {
    private static final int SEEDS = 1_000;

    @BeforeAll
    static void quiet() {
        ((Logger) LoggerFactory.getLogger(LockKeeper.class)).setLevel(Level.ERROR);
    }

    @ParameterizedTest
    @EnumSource(value = Safety.Without.class, mode = EnumSource.Mode.EXCLUDE, names = "NOTHING")
    void withoutOneSafeguardSomethingBreaksWithinAThousandSeeds(Safety.Without without) {
        for (var number = SweepTest.FIRST; number < SweepTest.FIRST + SEEDS; number++) {
            var seed = new Sweep.Seed(number, number % 2 == 0 ? 2 : 1, without);
            var result = seed.play();
            if (result.broken()) {
                assertThat(new Sweep.Seed(number, seed.operators(), Safety.Without.NOTHING).play())
                        .as("seed %d with all safeguards", number)
                        .matches(with -> !with.broken());
                System.out.println(
                        without + " left out: seed " + number + ", " + result.violations());
                return;
            }
        }
        assertThat(without).as("nothing broke in %d seeds without it", SEEDS).isNull();
    }
}
