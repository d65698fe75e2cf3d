package dev.slipway.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TimesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T14:02:11Z");

    @Test
    void ageIsCoarse() {
        assertThat(Times.ago(NOW, NOW)).isEqualTo("now");
        assertThat(Times.ago(NOW.plusSeconds(60), NOW)).isEqualTo("now");
        assertThat(Times.ago(NOW.minusSeconds(40), NOW)).isEqualTo("40 s");
        assertThat(Times.ago(NOW.minusSeconds(22 * 60 + 59), NOW)).isEqualTo("22 min");
        assertThat(Times.ago(NOW.minus(Duration.ofHours(47)), NOW)).isEqualTo("1 d");
    }

    @Test
    void durationsAreWrittenForTextAndForColumns() {
        assertThat(Times.words(Duration.ofSeconds(192))).isEqualTo("3 min 12 s");
        assertThat(Times.words(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
        assertThat(Times.figures(Duration.ofSeconds(192))).isEqualTo("3:12");
        assertThat(Times.figures(Duration.ofSeconds(3723))).isEqualTo("1:02:03");
    }

    @Test
    void aDayIsNamedOnlyAsFarAsNeeded() {
        assertThat(Times.day(NOW.minusSeconds(3 * 3600), NOW, ZoneOffset.UTC))
                .isEqualTo("today 11:02");
        assertThat(Times.day(NOW.minus(Duration.ofDays(2)), NOW, ZoneOffset.UTC))
                .isEqualTo("Thu 14:02");
        assertThat(Times.day(NOW.minus(Duration.ofDays(18)), NOW, ZoneOffset.UTC))
                .isEqualTo("3 Nov 14:02");
    }
}
