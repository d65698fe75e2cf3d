package dev.slipway.production;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RecentTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final AtomicInteger read = new AtomicInteger();
    private final Supplier<Integer> reader = read::incrementAndGet;
    private Instant now = NOON;
    private final Recent<Integer> recent = new Recent<>(() -> now);

    @Test
    void looksOfTwoKindsAtOneMomentShareAReading() {
        assertThat(recent.since(Looker.PREVIEWS, NOON, reader)).isEqualTo(1);
        assertThat(recent.since(Looker.PRODUCTION, NOON.plusSeconds(1), reader)).isEqualTo(1);
    }

    @Test
    void aSecondLookOfTheSameKindReadsAnew() {
        recent.since(Looker.PREVIEWS, NOON, reader);

        assertThat(recent.since(Looker.PREVIEWS, NOON, reader)).isEqualTo(2);
        assertThat(recent.since(Looker.PRODUCTION, NOON, reader)).isEqualTo(2);
    }

    @Test
    void aLookThatBeganLaterReadsAnew() {
        recent.since(Looker.PREVIEWS, NOON, reader);

        assertThat(recent.since(Looker.PRODUCTION, NOON.plusSeconds(3), reader)).isEqualTo(2);
    }

    @Test
    void whatIsDecidedOnIsReadForIt() {
        recent.since(Looker.PREVIEWS, NOON, reader);

        assertThat(recent.anew(Looker.PRODUCTION, reader)).isEqualTo(2);
    }

    @Test
    void aFailureBelongsToWhoMetIt() {
        assertThatThrownBy(() ->
                        recent.since(
                                Looker.PREVIEWS,
                                NOON,
                                () -> {
                                    throw new IllegalStateException("no calls left");
                                }))
                .hasMessage("no calls left");

        assertThat(recent.since(Looker.PRODUCTION, NOON, reader)).isEqualTo(1);
    }

    @Test
    void whoLooksMeanwhileWaitsForTheReadingThatIsOnItsWay() throws Exception {
        var began = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first =
                    threads.submit(() ->
                            recent.since(
                                    Looker.PREVIEWS,
                                    NOON,
                                    () -> {
                                        began.countDown();
                                        await(goOn);
                                        return reader.get();
                                    }));
            began.await();
            now = NOON.plusSeconds(1);
            var second = threads.submit(() -> recent.since(Looker.PRODUCTION, now, reader));
            goOn.countDown();

            assertThat(first.get()).isEqualTo(1);
            assertThat(second.get()).isEqualTo(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
