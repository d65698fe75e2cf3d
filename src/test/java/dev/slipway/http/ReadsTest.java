package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.World;
import dev.slipway.http.RawServer.Reply;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadsTest {
    private static final Call READ = Call.get(Provider.GITHUB, "/x");

    @Test
    void whatDidNotChangeComesFromMemory() {
        try (var server =
                new RawServer(r ->
                        "\"one\"".equals(r.headers().get("if-none-match"))
                                ? Reply.of(304, "")
                                : Reply.of(200, "{\"n\":1}", "ETag", "\"one\""))) {
            var transport = transport(server);
            var call = READ.cached(Call.Caching.ETAG);

            var first = transport.read(call);
            var second = transport.read(call);

            assertThat(first.unchanged()).isFalse();
            assertThat(second.unchanged()).isTrue();
            assertThat(second.json().integer("n")).isEqualTo(1);
            assertThat(second.status()).isEqualTo(200);
            assertThat(server.count()).isEqualTo(2);
        }
    }

    @Test
    void whatIsNamedByItsContentIsAskedForOnce() {
        try (var server = RawServer.answering(200, "{\"n\":1}")) {
            var transport = transport(server);

            transport.read(READ.cached(Call.Caching.IMMUTABLE));
            transport.read(READ.cached(Call.Caching.IMMUTABLE));

            assertThat(server.count()).isEqualTo(1);
        }
    }

    @Test
    void memoryIsBounded() {
        var cache = new EtagCache(10_000);
        for (int i = 0; i < 100; i++) {
            cache.put(
                    new EtagCache.Key(URI.create("http://x/" + i), ""),
                    new Answer(200, Map.of(), new byte[1_000], false, Instant.EPOCH));
        }

        assertThat(cache.size()).isEqualTo(4);
        assertThat(cache.get(new EtagCache.Key(URI.create("http://x/99"), ""))).isPresent();
        assertThat(cache.get(new EtagCache.Key(URI.create("http://x/0"), ""))).isEmpty();
    }

    @Test
    void aReadThatWasNotCarriedOutIsAskedAgain() {
        try (var server =
                new RawServer(r ->
                        r.number() < 3
                                ? Reply.of(503, "{\"message\":\"busy\"}")
                                : Reply.of(200, "{\"n\":1}"))) {
            var answer = transport(server).read(Call.get(Provider.NEON, "/x"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(server.count()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"GITHUB, 500", "GITHUB, 502", "CLOUDFLARE, 503", "NEON, 504", "GITHUB, 403"})
    void anyOtherTroubleIsAnAnswerNotAReasonToAskAgain(Provider provider, int status) {
        try (var server = RawServer.answering(status, "<html>")) {
            var failure = failureOf(transport(server), Call.get(provider, "/x"));

            assertThat(failure)
                    .isEqualTo(
                            new Failure.BadAnswer(provider, "it answered with status " + status));
            assertThat(server.count()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html>Welcome</html>", "{\"n\":", "", "[1]", "{\"m\":1}", "{\"n\":\"x\"}"})
    void whatCannotBeReadIsSaidSo(String body) {
        try (var server = RawServer.answering(200, body)) {
            var transport = transport(server);

            assertThatThrownBy(() -> transport.read(READ, a -> a.json().integer("n")))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            e -> assertThat(e.failure()).isInstanceOf(Failure.BadAnswer.class));
        }
    }

    @Test
    void anAnswerThatStopsInTheMiddleIsNotReadAsAWholeOne() {
        try (var server = new RawServer(_ -> new Reply.Torn(200, "{\"n\":1}"))) {
            assertThat(failureOf(transport(server), READ))
                    .isEqualTo(
                            new Failure.BadAnswer(
                                    Provider.GITHUB, "the answer stopped in the middle"));
        }
    }

    @Test
    void aRedirectWithinTheProviderIsFollowedAndOneElsewhereIsNot() {
        try (var elsewhere = RawServer.answering(200, "{\"n\":1}");
                var server =
                        new RawServer(r ->
                                switch (r.target()) {
                                    case "/x" -> Reply.of(301, "{}", "Location", "/y");
                                    case "/y" -> Reply.of(200, "{\"n\":1}");
                                    case "/circle" -> Reply.of(302, "{}", "Location", "/circle");
                                    default ->
                                            Reply.of(
                                                    302,
                                                    "{}",
                                                    "Location",
                                                    elsewhere.address() + "/stolen");
                                })) {
            var transport = transport(server);

            assertThat(transport.read(READ).status()).isEqualTo(200);
            assertThat(failureOf(transport, Call.get(Provider.GITHUB, "/away")))
                    .isInstanceOf(Failure.BadAnswer.class);
            assertThat(failureOf(transport, Call.get(Provider.GITHUB, "/circle")))
                    .isInstanceOf(Failure.BadAnswer.class);
            assertThat(elsewhere.count()).isZero();
        }
    }

    @Test
    void pagesAreFollowedToTheEndAndACircleIsNoticed() {
        try (var server =
                new RawServer(r ->
                        switch (r.target()) {
                            case "/x" -> page("/x?page=2", "[1,2]", r);
                            case "/x?page=2" -> Reply.of(200, "[3]");
                            default -> page("/circle", "[1]", r);
                        })) {
            var transport = transport(server);

            assertThat(transport.pages(READ, a -> a.json().items())).hasSize(3);
            assertThatThrownBy(() ->
                            transport.pages(
                                    Call.get(Provider.GITHUB, "/circle"), a -> a.json().items()))
                    .isInstanceOf(FailureException.class)
                    .hasMessageContaining("circle");
        }
    }

    private static Reply page(String next, String body, RawServer.Received request) {
        return Reply.of(
                200,
                body,
                "Link",
                "<http://" + request.headers().get("host") + next + ">; rel=\"next\"");
    }

    @Test
    void idsAreEncodedWhole() {
        try (var server = RawServer.answering(200, "{}")) {
            transport(server)
                    .read(
                            Call.get(Provider.GITHUB, "/git/ref/{ref}", "heads/a b/../c?d#é")
                                    .with("q", "a&b=c"));

            assertThat(server.received().getFirst().target())
                    .isEqualTo("/git/ref/heads%2Fa%20b%2F..%2Fc%3Fd%23%C3%A9?q=a%26b%3Dc");
        }
    }

    @Test
    void theTokenGoesAlongAndAMissingOneIsAFailureThatSaysWhatToDo() {
        try (var server = RawServer.answering(200, "{}")) {
            transport(server).read(READ);
            assertThat(server.received().getFirst().headers())
                    .containsEntry("authorization", "Bearer ghp_canaryCanaryCanary0001")
                    .containsEntry("user-agent", "slipway");

            var uri = server.address();
            var world =
                    Worlds.with(
                            uri,
                            uri,
                            uri,
                            Optional.empty(),
                            Optional.empty(),
                            Worlds.QUICK,
                            Worlds.LOOPBACK,
                            Map.of());
            var failure = failureOf(new Transport(world, InstantSource.system()), READ);
            assertThat(failure.sentence()).contains("slipway connect github");
            assertThat(server.count()).isEqualTo(1);
        }
    }

    @Test
    void callsAreCountedAndTheLastOnesKeptWithoutValues() {
        try (var server = RawServer.answering(200, "{}", "x-github-request-id", "id-1")) {
            var transport = transport(server);

            for (int i = 0; i < 210; i++) {
                transport.read(Call.get(Provider.GITHUB, "/repos/{owner}", "secret-owner"));
            }

            assertThat(transport.calls()).isEqualTo(210);
            assertThat(transport.recent()).hasSize(200);
            var last = transport.recent().getLast();
            assertThat(last.template()).isEqualTo("/repos/{owner}");
            assertThat(last.status()).hasValue(200);
            assertThat(last.requestId()).contains("id-1");
            assertThat(transport.recent().toString()).doesNotContain("secret-owner");
        }
    }

    @Test
    void theLiveWorldSpeaksOnlyHttpsToPublicAddresses() {
        var fine = URI.create("https://api.github.com");
        for (var bad :
                new String[] {
                    "http://api.github.com",
                    "https://127.0.0.1/x",
                    "https://[::1]/",
                    "https://10.1.2.3",
                    "https://user:pw@api.github.com",
                    "ftp://api.github.com"
                }) {
            assertThatThrownBy(() -> live(URI.create(bad), fine))
                    .isInstanceOf(InputException.class)
                    .hasMessageNotContaining("pw");
        }
        var transport = live(fine, URI.create("https://localhost:1/api/v2"));
        assertThat(failureOf(transport, Call.get(Provider.NEON, "/x")))
                .isEqualTo(new Failure.Unreachable(Provider.NEON, "its name does not resolve"));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true", "10.0.0.1, true", "172.16.5.4, true", "192.168.1.1, true",
        "169.254.1.1, true", "100.64.0.1, true", "100.63.0.1, false", "0.0.0.0, true",
        "::1, true", "fd00::1, true", "fe80::1, true", "::ffff:127.0.0.1, true",
        "1.1.1.1, false", "2606:4700::1111, false"
    })
    void privateAddressesAreKnown(String address, boolean isPrivate) throws UnknownHostException {
        assertThat(Addresses.isPrivate(InetAddress.getByName(address))).isEqualTo(isPrivate);
    }

    private static Transport live(URI github, URI neon) {
        return new Transport(
                Worlds.with(
                        github,
                        neon,
                        URI.create("https://api.cloudflare.com/client/v4"),
                        Optional.empty(),
                        Optional.empty(),
                        Worlds.QUICK,
                        World.Transport.LIVE),
                InstantSource.system());
    }

    private static Transport transport(RawServer server) {
        return new Transport(Worlds.at(server.address()), InstantSource.system());
    }

    private static Failure failureOf(Transport transport, Call call) {
        return catchThrowableOfType(FailureException.class, () -> transport.read(call)).failure();
    }

    @Test
    void jsonIsStrictAboutWhatItIsAskedFor() {
        var json =
                Json.parse(
                        "{\"a\":\"12\",\"b\":null,\"c\":1.5,\"d\":\"0001-01-01T00:00:00Z\"}"
                                .getBytes(StandardCharsets.UTF_8));

        assertThat(json.number("a")).isEqualTo(12);
        assertThat(json.maybeText("b")).isEmpty();
        assertThat(json.maybeTime("d")).isEmpty();
        assertThatThrownBy(() -> json.number("c")).hasMessage("c is not a whole number");
        assertThatThrownBy(() -> json.text("b")).hasMessage("it has no b");
    }
}
