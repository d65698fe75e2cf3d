package dev.slipway.release.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.health.Limits;
import dev.slipway.health.Probe;
import dev.slipway.health.Probe.Outcome;
import dev.slipway.health.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is said when a series of probes breaks a limit: that limit first.
class WatchTest {
    private static final Limits LIMITS = new Limits(5, 0.01, Duration.ofMillis(400));

    @Test
    void slowOnesAreNamedWithTheLimitAndNoFailureIsClaimed() {
        var series = Series.EMPTY;
        while (series.verdict(LIMITS) == Series.Verdict.OPEN) {
            series = series.with(probe(Outcome.HEALTHY, 2_117));
        }

        assertThat(Watch.failure(probe(Outcome.HEALTHY, 2_117), series, LIMITS))
                .isEqualTo(
                        "Health of web is below the limit: p95 2117 ms (limit 400 ms), 0 of 6 probes"
                                + " failed.");
    }

    @Test
    void oneSlowAnswerIsWaitedOutAndAShareOfThemIsNot() {
        var once = Series.EMPTY.with(probe(Outcome.HEALTHY, 2_117));
        while (once.verdict(LIMITS) == Series.Verdict.OPEN) {
            once = once.with(probe(Outcome.HEALTHY, 41));
        }
        assertThat(once.verdict(LIMITS)).isEqualTo(Series.Verdict.PASSED);
        assertThat(once.marks()).hasSize(20);

        var often = Series.EMPTY;
        for (int i = 0; often.verdict(LIMITS) == Series.Verdict.OPEN; i++) {
            often = often.with(probe(Outcome.HEALTHY, i % 10 == 0 ? 2_117 : 41));
        }
        assertThat(often.verdict(LIMITS)).isEqualTo(Series.Verdict.FAILED);
        assertThat(often.broken(LIMITS)).contains(Series.Broken.LATENCY);
        assertThat(often.marks()).hasSize(51);
    }

    @Test
    void failuresOneAfterTheOtherAreNamedWithTheLastOne() {
        var series = Series.EMPTY.with(probe(Outcome.HEALTHY, 41));
        while (series.verdict(LIMITS) == Series.Verdict.OPEN) {
            series = series.with(probe(Outcome.FAILING, 12));
        }

        assertThat(Watch.failure(probe(Outcome.FAILING, 12), series, LIMITS))
                .startsWith("Health of web is below the limit: the last ")
                .contains("in all, p95 41 ms; the last one: 500 database failed.");
    }

    @Test
    void tooManyFailuresAreNamedAsAShareWithTheLimit() {
        var series = Series.EMPTY;
        for (int i = 0; series.verdict(LIMITS) != Series.Verdict.FAILED; i++) {
            series = series.with(probe(i % 3 == 0 ? Outcome.FAILING : Outcome.HEALTHY, 41));
        }

        assertThat(Watch.failure(probe(Outcome.FAILING, 12), series, LIMITS))
                .contains(" of ", " probes failed, ", " % (limit 1 %), p95 41 ms");
    }

    private static Probe probe(Outcome outcome, long milliseconds) {
        var failing = outcome == Outcome.FAILING;
        return new Probe(
                Instant.EPOCH,
                "web",
                "web.example",
                Optional.empty(),
                outcome,
                failing ? 500 : 200,
                Duration.ofMillis(milliseconds),
                Optional.empty(),
                failing ? "database failed" : "");
    }
}
