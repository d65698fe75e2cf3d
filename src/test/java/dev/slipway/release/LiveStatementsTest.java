package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.migration.workload.RecordedStatement;
import dev.slipway.migration.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveStatementsTest {
    private static final Instant TOOK = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void whatWasLastSeenBeforeTheReleaseIsOldCodes() {
        assertThat(doubt(seen("app", 5, -30, -20), 5).orElseThrow())
                .contains("nothing executed it since", "2026-03-01T10:00:00Z");
    }

    @Test
    void whatWasSeenExecutedSinceCounts() {
        assertThat(doubt(seen("app", 5, 10, 20), 5)).isEmpty();
    }

    @Test
    void whatMayBeOfEitherIsWatched() {
        assertThat(doubt(seen("app", 5, -10, 20), 5).orElseThrow()).contains("watched");
        assertThat(doubt(seen("app", 6, -10, 20), 5)).isEmpty();
        assertThat(doubt(seen("app", 5, 0, 20), 5))
                .as("a request of old code may still have been under way")
                .isPresent();
    }

    @Test
    void oneRoleThatExecutesItIsEnough() {
        var then = workload(seen("app", 5, -30, -20), seen("jobs", 5, -30, -20));
        var later = workload(seen("app", 5, -30, -20), seen("jobs", 6, 20, 30));
        assertThat(new LiveStatements(then, later, Optional.of(TOOK)).doubt("select 1")).isEmpty();
    }

    private static Optional<String> doubt(RecordedStatement now, long calls) {
        return new LiveStatements(
                        workload(seen("app", calls, -30, -20)), workload(now), Optional.of(TOOK))
                .doubt("select 1");
    }

    private static Workload workload(RecordedStatement... statements) {
        return new Workload(List.of(statements), Optional.of(TOOK), TOOK, 0, List.of());
    }

    private static RecordedStatement seen(String role, long calls, int after, int until) {
        return new RecordedStatement(
                1, role, "select 1", calls, 1, 1, minutes(after), minutes(until));
    }

    private static Instant minutes(int minutes) {
        return TOOK.plus(Duration.ofMinutes(minutes));
    }
}
