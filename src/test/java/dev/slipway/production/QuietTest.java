package dev.slipway.production;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.neon.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class QuietTest {
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-21T14:00:00Z"));
    private final Quiet quiet = new Quiet(now::get);

    /// As Neon does with a compute that nobody but looks of ours uses, asked every five seconds for an hour.
    @Test
    void aComputeThatOnlyWeLookAtFallsAsleep() {
        var suspendAfter = Duration.ofSeconds(90);
        var lastUsed = now.get();
        var looks = 0;
        while (Duration.between(lastUsed, now.get()).compareTo(suspendAfter) < 0) {
            if (quiet.over(compute(Optional.of(suspendAfter)))) {
                lastUsed = now.get();
                looks++;
            }
            pass(5);
            assertThat(looks).as("looks").isLessThan(10);
        }

        assertThat(looks).isPositive();
    }

    @Test
    void oneThatOthersKeepAwakeIsLookedAtAgainAMinuteAfterItCouldHaveSlept() {
        assertThat(quiet.over(compute(Optional.empty()))).isTrue();
        pass(359);
        assertThat(quiet.over(compute(Optional.empty()))).isFalse();
        pass(1);
        assertThat(quiet.over(compute(Optional.empty()))).isTrue();
    }

    @Test
    void ledgerAndHealthAreOneLook() {
        var compute = compute(Optional.of(Duration.ofMinutes(10)));
        assertThat(quiet.over(compute)).isTrue();
        pass(20);
        assertThat(quiet.over(compute)).isTrue();
        pass(20);
        assertThat(quiet.over(compute)).isFalse();
    }

    @Test
    void theTimeBeginsAnewWhenSomebodyAsked() {
        var compute = compute(Optional.of(Duration.ofMinutes(1)));
        assertThat(quiet.over(compute)).isTrue();
        pass(100);
        quiet.touched();
        pass(40);
        assertThat(quiet.over(compute)).isFalse();
        pass(80);
        assertThat(quiet.over(compute)).isTrue();
    }

    private void pass(long seconds) {
        now.updateAndGet(at -> at.plusSeconds(seconds));
    }

    private static Endpoint compute(Optional<Duration> suspendAfter) {
        return new Endpoint(
                "ep-1",
                "ep-1.example",
                "br-1",
                true,
                Endpoint.State.ACTIVE,
                Optional.empty(),
                false,
                suspendAfter,
                Optional.empty());
    }
}
