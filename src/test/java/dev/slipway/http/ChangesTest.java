package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.http.RawServer.Reply;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChangesTest {
    private static final Function<Answer, Long> ID = a -> a.json().number("id");

    static Stream<Arguments> whatTheLibraryWouldSendAgain() {
        var replies =
                Map.<String, Reply>of(
                        "dropped", new Reply.Drop(),
                        "reset", new Reply.Reset(),
                        "408", Reply.of(408, "{}"),
                        "503", Reply.of(503, "{}", "Retry-After", "0"),
                        "307", Reply.of(307, "", "Location", "/elsewhere"),
                        "308", Reply.of(308, "", "Location", "/elsewhere"),
                        "401", Reply.of(401, "no", "WWW-Authenticate", "Basic realm=x"),
                        "torn", new Reply.Torn(200, "{\"id\":"));
        return replies.entrySet().stream()
                .flatMap(e ->
                        Stream.of("POST", "PUT", "PATCH", "DELETE")
                                .map(m -> Arguments.of(m, e.getKey(), e.getValue())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("whatTheLibraryWouldSendAgain")
    void aChangeReachesTheServerOnce(String method, String name, Reply reply) {
        try (var server = new RawServer(_ -> reply)) {
            var transport = transport(server);

            var failure = failureOf(() -> send(transport, Call.of(Provider.GITHUB, method, "/x")));

            assertThat(server.count()).isEqualTo(1);
            assertThat(failure).isInstanceOf(Failure.Unknown.class);
            assertThat(failure.outcome()).isEqualTo(Failure.Outcome.UNKNOWN);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("whatTheLibraryWouldSendAgain")
    void aChangeOnAnOpenConnectionReachesTheServerOnce(String method, String name, Reply reply) {
        Reply fine = Reply.of(200, "{\"id\":1}");
        try (var server = new RawServer(r -> r.number() == 1 ? fine : reply)) {
            var transport = transport(server);
            send(transport, Call.of(Provider.GITHUB, "POST", "/warm"));

            failureOf(() -> send(transport, Call.of(Provider.GITHUB, method, "/x").body(Map.of())));

            assertThat(server.received())
                    .extracting(RawServer.Received::target)
                    .containsExactly("/warm", "/x");
        }
    }

    @Test
    void aConnectionTheServerHasClosedMeanwhileIsNotUsed() {
        try (var server = new RawServer(_ -> new Reply.ThenClose(200, "{\"id\":1}"))) {
            var transport = transport(server);

            for (int i = 0; i < 20; i++) {
                assertThat(send(transport, Call.of(Provider.GITHUB, "POST", "/x"))).isEqualTo(1);
            }

            assertThat(server.count()).isEqualTo(20);
        }
    }

    @Test
    void silenceIsUnknown() {
        var bounds = Worlds.QUICK;
        try (var server = new RawServer(_ -> new Reply.Silence())) {
            var world =
                    Worlds.with(
                            server.address(),
                            server.address(),
                            server.address(),
                            Optional.empty(),
                            Optional.empty(),
                            new dev.slipway.domain.World.Bounds(
                                    bounds.quiet(),
                                    bounds.twoReads(),
                                    bounds.lease(),
                                    bounds.renew(),
                                    bounds.poll(),
                                    bounds.probeInterval(),
                                    bounds.soak(),
                                    bounds.stepDeadline(),
                                    bounds.connect(),
                                    bounds.read(),
                                    java.time.Duration.ofMillis(200),
                                    Map.of()),
                            Worlds.LOOPBACK);
            var transport = new Transport(world, InstantSource.system());

            var failure = failureOf(() -> send(transport, Call.of(Provider.NEON, "POST", "/x")));

            assertThat(failure)
                    .isEqualTo(new Failure.Unknown(Provider.NEON, "no answer within 0.2 s"));
            assertThat(server.count()).isEqualTo(1);
        }
    }

    @Test
    void withoutAConnectionNothingIsAnnouncedAndNothingApplied() {
        var transport =
                new Transport(Worlds.at(URI.create("http://127.0.0.1:1")), InstantSource.system());
        var log = new Log();

        var failure =
                failureOf(() ->
                        Wire.during(
                                log,
                                () -> transport.change(Call.of(Provider.NEON, "POST", "/x"), ID)));

        assertThat(failure).isInstanceOf(Failure.Unreachable.class);
        assertThat(failure.notApplied()).isTrue();
        assertThat(log.events).isEmpty();
    }

    @Test
    void aChangeIsAnnouncedBeforeItsFirstByteAndReportedAfterItsLast() {
        var log = new Log();
        try (var server =
                new RawServer(_ -> {
                    log.events.add("server");
                    return Reply.of(
                            201,
                            "{\"id\":7,\"note\":\"napi_canaryCanaryCanary0002\"}",
                            "x-github-request-id",
                            "AB:12",
                            "Date",
                            "Sat, 21 Nov 2026 10:00:00 GMT");
                })) {
            var transport = transport(server);

            var id =
                    Wire.during(
                            log,
                            () ->
                                    transport.change(
                                            Call.of(
                                                            Provider.GITHUB,
                                                            "PUT",
                                                            "/pulls/{number}/merge",
                                                            7)
                                                    .body(Map.of("sha", "x")),
                                            ID));

            assertThat(id).isEqualTo(7);
            assertThat(log.events).containsExactly("sending", "server", "ended");
            assertThat(log.sent.template()).isEqualTo("/pulls/{number}/merge");
            assertThat(log.sent.ids()).containsExactly("7");
            assertThat(log.sent.bodySha256()).hasSize(64);
            assertThat(log.ended.status()).hasValue(201);
            assertThat(log.ended.requestId()).contains("AB:12");
            assertThat(log.ended.serverTime())
                    .contains(java.time.Instant.parse("2026-11-21T10:00:00Z"));
            assertThat(log.ended.failure()).isEmpty();
            assertThat(log.ended.excerpt()).contains("\"id\":7").doesNotContain("canary");
        }
    }

    @Test
    void whenTheJournalCannotBeWrittenNothingLeaves() {
        try (var server = RawServer.answering(200, "{\"id\":1}")) {
            var transport = transport(server);
            var full =
                    new Log() {
                        @Override
                        public void sending(Wire.Sent sent) {
                            throw new IllegalStateException("disk full");
                        }
                    };

            assertThatThrownBy(() ->
                            Wire.during(
                                    full,
                                    () ->
                                            transport.change(
                                                    Call.of(Provider.NEON, "POST", "/x"), ID)))
                    .hasMessage("disk full");

            assertThat(server.count()).isZero();
        }
    }

    @Test
    void nothingIsChangedUnwatchedAndNothingTwiceInOneStep() {
        try (var server = RawServer.answering(200, "{\"id\":1}")) {
            var transport = transport(server);
            var call = Call.of(Provider.GITHUB, "POST", "/x");

            assertThatThrownBy(() -> transport.change(call, ID))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(server.count()).isZero();

            Wire.during(
                    Wire.Listener.NONE,
                    () -> {
                        transport.change(call.writingObject(), ID);
                        transport.change(call, ID);
                        transport.change(call.writingObject(), ID);
                        assertThatThrownBy(() -> transport.change(call, ID))
                                .isInstanceOf(IllegalStateException.class);
                    });
            assertThat(server.count()).isEqualTo(3);
        }
    }

    @Test
    void anAnswerWithoutWhatWasAskedForIsUnknown() {
        try (var server = RawServer.answering(200, "{\"ok\":true}")) {
            var log = new Log();

            var failure =
                    failureOf(() ->
                            Wire.during(
                                    log,
                                    () ->
                                            transport(server)
                                                    .change(
                                                            Call.of(Provider.GITHUB, "POST", "/x"),
                                                            ID)));

            assertThat(failure)
                    .isEqualTo(new Failure.Unknown(Provider.GITHUB, "of its answer, it has no id"));
            assertThat(log.ended.failure()).contains(failure);
        }
    }

    @Test
    void changesToGitHubKeepTheirDistance() {
        var gap = java.time.Duration.ofMillis(150);
        try (var server = RawServer.answering(200, "{\"id\":1}")) {
            var b = Worlds.QUICK;
            var bounds =
                    new dev.slipway.domain.World.Bounds(
                            b.quiet(),
                            b.twoReads(),
                            b.lease(),
                            b.renew(),
                            b.poll(),
                            b.probeInterval(),
                            b.soak(),
                            b.stepDeadline(),
                            b.connect(),
                            b.read(),
                            b.mutation(),
                            Map.of(Provider.GITHUB, gap));
            var uri = server.address();
            var transport =
                    new Transport(
                            Worlds.with(
                                    uri,
                                    uri,
                                    uri,
                                    Optional.empty(),
                                    Optional.empty(),
                                    bounds,
                                    Worlds.LOOPBACK),
                            InstantSource.system());
            long start = System.nanoTime();

            for (int i = 0; i < 3; i++) {
                send(transport, Call.of(Provider.GITHUB, "POST", "/x"));
            }

            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2 * gap.toNanos());
        }
    }

    private static Transport transport(RawServer server) {
        return new Transport(Worlds.at(server.address()), InstantSource.system());
    }

    private static long send(Transport transport, Call call) {
        return Wire.during(Wire.Listener.NONE, () -> transport.change(call, ID));
    }

    private static Failure failureOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(FailureException.class, call).failure();
    }

    /// Writes down what it sees.
    private static class Log implements Wire.Listener {
        final List<String> events = new ArrayList<>();
        Wire.Sent sent;
        Wire.Ended ended;

        @Override
        public void sending(Wire.Sent it) {
            events.add("sending");
            sent = it;
        }

        @Override
        public void ended(Wire.Ended it) {
            events.add("ended");
            ended = it;
        }
    }
}
