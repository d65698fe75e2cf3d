package dev.slipway.ui.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/// Where moments stand along what Neon keeps.
class LossScaleTest {
    private static final Instant NOW = Instant.parse("2026-11-21T14:19:12Z");

    @Test
    void theLastHourIsDrawnWiderThanAllTimeBefore() {
        var scale = new LossScale(NOW.minus(Duration.ofHours(6)), NOW);

        assertThat(scale.bend()).contains(Instant.parse("2026-11-21T13:19:12Z"));
        assertThat(scale.at(scale.oldest())).isZero();
        assertThat(scale.at(NOW)).isEqualTo(1);
        assertThat(scale.at(NOW.minus(Duration.ofHours(1)))).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(scale.at(NOW.minus(Duration.ofMinutes(30)))).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(scale.at(NOW.minus(Duration.ofDays(9)))).as("no part of it").isZero();
    }

    @Test
    void aShortHistoryHasOneScale() {
        var scale = new LossScale(NOW.minus(Duration.ofMinutes(10)), NOW);

        assertThat(scale.bend()).isEmpty();
        assertThat(scale.at(NOW.minus(Duration.ofMinutes(5)))).isCloseTo(0.5, within(1e-9));
        assertThat(new LossScale(NOW, NOW).at(NOW)).as("no history at all").isZero();
    }

    @Test
    void marksAreRoundOnTheWallClockAndFew() {
        var berlin = ZoneId.of("Europe/Berlin");
        var hours = new LossScale(NOW.minus(Duration.ofHours(6)), NOW).marks(ZoneOffset.UTC);
        var days = new LossScale(NOW.minus(Duration.ofDays(30)), NOW).marks(berlin);

        assertThat(hours)
                .map(Instant::toString)
                .containsExactly(
                        "2026-11-21T10:00:00Z",
                        "2026-11-21T12:00:00Z",
                        "2026-11-21T13:30:00Z",
                        "2026-11-21T13:45:00Z",
                        "2026-11-21T14:00:00Z",
                        "2026-11-21T14:15:00Z");
        assertThat(days).hasSizeBetween(5, 8).isSorted();
        assertThat(days.getFirst().atZone(berlin).getHour()).isZero();
    }
}
