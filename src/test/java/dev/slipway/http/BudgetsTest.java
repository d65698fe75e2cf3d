package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.http.RawServer.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class BudgetsTest {
    private static final Call CLOUDFLARE = Call.get(Provider.CLOUDFLARE, "/x");
    private static final Call GITHUB = Call.get(Provider.GITHUB, "/x");

    private final Hand hand = new Hand();

    /// A clock moved by hand.
    private static final class Hand implements InstantSource {
        private Instant now = Instant.parse("2026-11-21T10:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Test
    void theLast200CallsToCloudflareAreKeptForARollback() {
        var budgets = new Budgets(hand);
        for (int i = 0; i < 1_000; i++) {
            budgets.admit(CLOUDFLARE.as(Purpose.BACKGROUND));
            budgets.count(CLOUDFLARE);
        }

        var refused =
                catchThrowableOfType(
                        FailureException.class,
                        () -> budgets.admit(CLOUDFLARE.as(Purpose.BACKGROUND)));

        assertThat(refused.failure())
                .isEqualTo(
                        new Failure.BudgetSpent(
                                Provider.CLOUDFLARE, 200, hand.now.plus(Duration.ofMinutes(5))));
        for (int i = 0; i < 200; i++) {
            budgets.admit(CLOUDFLARE.as(Purpose.FOREGROUND));
            budgets.count(CLOUDFLARE);
        }
        assertThat(admitted(budgets, CLOUDFLARE.as(Purpose.FOREGROUND))).isFalse();
        assertThat(admitted(budgets, CLOUDFLARE.as(Purpose.ROLLBACK))).isTrue();

        hand.now = hand.now.plus(Duration.ofMinutes(5));
        assertThat(admitted(budgets, CLOUDFLARE.as(Purpose.BACKGROUND))).isTrue();
    }

    @Test
    void nothingIsSentForARefusedCall() {
        try (var server =
                RawServer.answering(
                        200,
                        "{\"success\":true}",
                        "Ratelimit",
                        "\"default\";r=200;t=60",
                        "Ratelimit-Policy",
                        "\"default\";q=1200;w=300")) {
            var transport = new Transport(Worlds.at(server.address()), hand);
            transport.read(CLOUDFLARE);

            var refused =
                    catchThrowableOfType(
                            FailureException.class,
                            () -> transport.read(CLOUDFLARE.as(Purpose.BACKGROUND)));

            assertThat(refused.failure()).isInstanceOf(Failure.BudgetSpent.class);
            assertThat(server.count()).isEqualTo(1);
            transport.read(CLOUDFLARE);
            assertThat(server.count()).isEqualTo(2);
        }
    }

    @Test
    void gitHubsTwoBucketsAreReadFromItsHeaders() {
        try (var server =
                new RawServer(r ->
                        Reply.of(
                                200,
                                "{}",
                                "x-ratelimit-limit",
                                "5000",
                                "x-ratelimit-remaining",
                                r.method().equals("POST") ? "4000" : "150",
                                "x-ratelimit-reset",
                                "" + hand.now.plusSeconds(600).getEpochSecond(),
                                "x-ratelimit-resource",
                                r.method().equals("POST") ? "graphql" : "core"))) {
            var transport = new Transport(Worlds.at(server.address()), hand);
            var query = Call.of(Provider.GITHUB, "POST", "/graphql").body("q");
            transport.read(GITHUB);
            transport.read(query);

            assertThat(transport.budget(Provider.GITHUB, "core"))
                    .hasValueSatisfying(b -> assertThat(b.left()).isEqualTo(150));
            assertThat(transport.budget(Provider.GITHUB, "graphql"))
                    .hasValueSatisfying(b -> assertThat(b.left()).isEqualTo(4000));
            assertThat(transport.budgets()).hasSize(4);
            transport.read(query.as(Purpose.BACKGROUND));
            assertThat(
                            catchThrowableOfType(
                                            FailureException.class,
                                            () -> transport.read(GITHUB.as(Purpose.BACKGROUND)))
                                    .failure())
                    .isInstanceOf(Failure.BudgetSpent.class);
        }
    }

    @Test
    void whoWasAskedToWaitWaitsWithoutAskingAgain() {
        try (var server = RawServer.answering(429, "{}", "Retry-After", "90")) {
            var transport = new Transport(Worlds.at(server.address()), hand);

            for (int i = 0; i < 3; i++) {
                var refused =
                        catchThrowableOfType(
                                FailureException.class, () -> transport.read(CLOUDFLARE));
                assertThat(refused.failure())
                        .isEqualTo(
                                new Failure.RateLimited(
                                        Provider.CLOUDFLARE, Duration.ofSeconds(90)));
            }

            assertThat(server.count()).isEqualTo(1);
            hand.now = hand.now.plusSeconds(90);
            catchThrowableOfType(FailureException.class, () -> transport.read(CLOUDFLARE));
            assertThat(server.count()).isEqualTo(2);
        }
    }

    private static boolean admitted(Budgets budgets, Call call) {
        try {
            budgets.admit(call);
            return true;
        } catch (FailureException e) {
            return false;
        }
    }
}
