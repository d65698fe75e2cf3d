package dev.slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Real processes at length; how often is `-Dslipway.loops=N`, with which chance `-Dslipway.seed=S`.
@Tag("faults")
class LongFaultsTest {
    private static final int KILLS = Integer.getInteger("slipway.loops", 200);
    private static final int OTHERS = Integer.getInteger("slipway.loops", 100);
    private static final long SEED = Long.getLong("slipway.seed", 1);

    @Test
    void killed() throws Exception {
        none(Loops.against(Round.PULLS).run(KILLS, SEED, new Loops.Kill()));
    }

    @Test
    void overADamagedWire() throws Exception {
        none(Loops.against(Round.PULLS).run(OTHERS, SEED, new DamagedWire()));
    }

    private static void none(Loops loops) {
        System.out.println(loops.summary());
        assertThat(loops.differences()).isEmpty();
    }

    @Test
    void raced() throws Exception {
        var told = Races.many(OTHERS, SEED);
        System.out.println(told.size() + " races, one writer each");
    }

    @Test
    void killedOnTheWayBack() throws Exception {
        System.out.println(WayBack.many(OTHERS, SEED));
    }
}
