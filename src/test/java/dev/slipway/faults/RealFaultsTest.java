package dev.slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A small share of what `./mvnw -P faults test` does at length.
class RealFaultsTest {
    private static final long SEED = Long.getLong("slipway.seed", 484);

    /// A race, and a kill. Who loses a race leaves nothing, so the world after a race is also what a
    /// killed promotion has to leave.
    @Test
    void twoAtOnceAndOneThatIsKilledLeaveTheWorldOfOneThatWentUndisturbed() throws Exception {
        Picture undisturbed;
        try (var round = new Round()) {
            var races = new Races(round);
            var random = new Random(SEED);
            races.run(484, 484, random.nextInt(Races.LATEST));
            undisturbed = round.picture(484);
        }

        var loops = new Loops(Map.of(484, undisturbed)).run(1, SEED, new Loops.Kill());

        System.out.println(loops.summary());
        assertThat(loops.differences()).isEmpty();
    }
}
