package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.World;
import dev.slipway.http.RawServer.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is silent is left alone, and asked again by one call.
class BreakersTest {
    private static final Call READ = Call.get(Provider.GITHUB, "/x");
    private static final Instant START = Instant.parse("2026-11-21T23:04:10Z");

    private static final Failure NONE = new Failure.NotFound(Provider.GITHUB, "failure");

    private final Hand hand = new Hand();
    private volatile Reply reply = Reply.of(502, "<html>");

    /// A clock moved by hand.
    private static final class Hand implements InstantSource {
        private volatile Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Test
    void afterFiveCallsWithoutAnAnswerNothingIsSentUntilOneCallDecides() {
        try (var server = new RawServer(_ -> reply)) {
            var transport = new Transport(Worlds.at(server.address()), hand);
            ask(transport, Breakers.FAILURES);
            assertThat(server.count()).isEqualTo(Breakers.FAILURES);

            var first = Worlds.QUICK.poll();
            for (int i = 0; i < 20; i++) {
                assertThat(failure(transport, READ))
                        .isEqualTo(
                                new Failure.Silent(
                                        new Failure.BadAnswer(
                                                Provider.GITHUB, "it answered with status 502"),
                                        Breakers.FAILURES,
                                        START,
                                        START.plus(first)));
            }
            assertThat(server.count()).isEqualTo(Breakers.FAILURES);

            hand.now = START.plus(first);
            ask(transport, 20);
            assertThat(server.count()).as("one call decides").isEqualTo(Breakers.FAILURES + 1);

            hand.now = hand.now.plus(first.multipliedBy(2));
            reply = Reply.of(200, "{}");
            assertThat(transport.read(READ).status()).isEqualTo(200);
            assertThat(transport.read(READ).status()).isEqualTo(200);
            assertThat(server.count()).isEqualTo(Breakers.FAILURES + 3);

            reply = Reply.of(502, "<html>");
            ask(transport, 20);
            assertThat(server.count()).as("counted anew").isEqualTo(2 * Breakers.FAILURES + 3);
        }
    }

    @Test
    void theWaitsGrowToHalfOfWhatTheLockIsRenewedAt() {
        try (var server = new RawServer(_ -> reply)) {
            var transport = new Transport(Worlds.at(server.address()), hand);
            ask(transport, Breakers.FAILURES);
            var waits = new ArrayList<Long>();
            for (int i = 0; i < 6; i++) {
                var silent = (Failure.Silent) failure(transport, READ);
                waits.add(Duration.between(hand.now, silent.again()).toMillis());
                hand.now = silent.again();
                ask(transport, 1);
            }

            assertThat(waits).containsExactly(80L, 160L, 320L, 500L, 500L, 500L);
            assertThat(((Failure.Silent) failure(transport, READ)).since()).isEqualTo(START);
        }
    }

    /// A "no" shows that it is there.
    @ParameterizedTest
    @ValueSource(ints = {200, 404, 422})
    void anyAnswerEndsTheCount(int status) {
        try (var server = new RawServer(_ -> reply)) {
            var transport = new Transport(Worlds.at(server.address()), hand);
            for (int i = 0; i < 3; i++) {
                reply = Reply.of(502, "<html>");
                ask(transport, Breakers.FAILURES - 1);
                reply = Reply.of(status, "{\"message\":\"no\"}");
                ask(transport, 1);
            }

            assertThat(server.count()).isEqualTo(3 * Breakers.FAILURES);
        }
    }

    /// An operation that looks every 3 s would ask 300 times.
    @Test
    void aQuarterOfAnHourOfSilenceCostsFewCalls() {
        var breakers = new Breakers(World.Bounds.LIVE, hand);
        int sent = 0;
        for (var end = START.plus(World.Bounds.LIVE.stepDeadline());
                hand.now.isBefore(end);
                hand.now = hand.now.plus(World.Bounds.LIVE.poll())) {
            try {
                breakers.answered(READ, breakers.admit(READ), 500);
                sent++;
            } catch (FailureException e) {
                assertThat(e.failure()).isInstanceOf(Failure.Silent.class);
            }
        }

        assertThat(sent).isEqualTo(37);
    }

    @Test
    void othersAreAskedAndWhoCannotBeReachedIsSaidToBeSo() {
        try (var server = RawServer.answering(200, "{}")) {
            var gone = new RawServer(_ -> new Reply.Drop());
            gone.close();
            var transport =
                    new Transport(
                            Worlds.at(gone.address(), server.address(), server.address()), hand);

            assertThat(failure(transport, READ)).isInstanceOf(Failure.Unreachable.class);
            // Each reading tries three times.
            var second = failure(transport, READ);
            assertThat(second.unreachable()).isTrue();
            assertThat(second.sentence())
                    .isEqualTo(
                            "GitHub cannot be reached: it refuses connections (5 times in a row"
                                    + " since 23:04:10 UTC; nothing is sent to it before 23:04:10"
                                    + " UTC)");
            assertThat(transport.calls()).isEqualTo(Breakers.FAILURES);
            assertThat(transport.read(Call.get(Provider.NEON, "/x")).status()).isEqualTo(200);
        }
    }

    @Test
    void aChangeThatWasNotSentWasNotApplied() {
        try (var server = new RawServer(_ -> reply)) {
            var transport = new Transport(Worlds.at(server.address()), hand);
            ask(transport, Breakers.FAILURES);
            var announced = new ArrayList<Wire.Sent>();
            var listener =
                    new Wire.Listener() {
                        @Override
                        public void sending(Wire.Sent sent) {
                            announced.add(sent);
                        }

                        @Override
                        public void ended(Wire.Ended ended) {}
                    };

            var failure =
                    catchThrowableOfType(
                                    FailureException.class,
                                    () -> Wire.during(listener, () -> change(transport)))
                            .failure();

            assertThat(failure).isInstanceOf(Failure.Silent.class);
            assertThat(failure.outcome()).isEqualTo(Failure.Outcome.NOT_APPLIED);
            assertThat(announced).isEmpty();
            assertThat(server.count()).isEqualTo(Breakers.FAILURES);

            hand.now = ((Failure.Silent) failure).again();
            reply = Reply.of(201, "{}");
            Wire.during(listener, () -> change(transport));
            assertThat(announced).hasSize(1);
            assertThat(server.count()).isEqualTo(Breakers.FAILURES + 1);
        }
    }

    private static int change(Transport transport) {
        return transport.change(Call.of(Provider.GITHUB, "POST", "/y").body("{}"), Answer::status);
    }

    @Test
    void whileOneCallDecidesTheOthersAreNotSent() throws Exception {
        var arrived = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        try (var server =
                        new RawServer(r -> {
                            if (r.number() > Breakers.FAILURES) {
                                arrived.countDown();
                                await(release);
                            }
                            return reply;
                        });
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var transport = new Transport(Worlds.at(server.address()), hand);
            ask(transport, Breakers.FAILURES);
            hand.now = hand.now.plusSeconds(60);
            reply = Reply.of(200, "{}");
            var probe = threads.submit(() -> transport.read(READ).status());
            await(arrived);

            ask(transport, 10);
            assertThat(server.count()).isEqualTo(Breakers.FAILURES + 1);

            release.countDown();
            assertThat(probe.get(1, TimeUnit.MINUTES)).isEqualTo(200);
            assertThat(transport.read(READ).status()).isEqualTo(200);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRollbackIsAlwaysSentAndAClockThatWasSetBackHoldsNothingUp() {
        try (var server = new RawServer(_ -> reply)) {
            var transport = new Transport(Worlds.at(server.address()), hand);
            ask(transport, Breakers.FAILURES);

            failure(transport, READ.as(Purpose.ROLLBACK));
            assertThat(server.count()).isEqualTo(Breakers.FAILURES + 1);

            hand.now = START.minusSeconds(3_600);
            reply = Reply.of(200, "{}");
            assertThat(transport.read(READ).status()).isEqualTo(200);
        }
    }

    @Test
    void aCallThatEndsForAReasonOfItsOwnDecidesNothing() {
        var breakers = new Breakers(Worlds.QUICK, hand);
        for (int i = 0; i < Breakers.FAILURES; i++) {
            breakers.answered(READ, breakers.admit(READ), 500);
        }
        hand.now = hand.now.plusSeconds(60);

        breakers.undecided(READ, breakers.admit(READ));

        assertThat(breakers.admit(READ)).isEqualTo(Breakers.Pass.PROBE);
    }

    private static void ask(Transport transport, int times) {
        for (int i = 0; i < times; i++) {
            failure(transport, READ);
        }
    }

    /// What a reading failed with; [#NONE] when it did not.
    private static Failure failure(Transport transport, Call call) {
        try {
            transport.read(call);
            return NONE;
        } catch (FailureException e) {
            return e.failure();
        }
    }
}
