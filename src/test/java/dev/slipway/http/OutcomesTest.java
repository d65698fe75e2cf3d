package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.Failure;
import dev.slipway.domain.Failure.Outcome;
import dev.slipway.domain.Provider;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomesTest {
    private static final String HTML = "<html>Sign in to this network</html>";

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    GITHUB     | 429 | {}                                             | NOT_APPLIED
                    NEON       | 429 | slow down                                      | NOT_APPLIED
                    NEON       | 423 | {"code":"","message":"conflicting operations"} | NOT_APPLIED
                    NEON       | 503 | <html/>                                        | NOT_APPLIED
                    GITHUB     | 403 | {"message":"You have exceeded a secondary rate limit"} | NOT_APPLIED
                    GITHUB     | 401 | {"message":"Bad credentials"}                  | REFUSED
                    GITHUB     | 403 | {"message":"Repository was archived"}          | REFUSED
                    GITHUB     | 404 | {"message":"Not Found","status":"404"}         | REFUSED
                    GITHUB     | 405 | {"message":"Pull Request is not mergeable"}    | REFUSED
                    GITHUB     | 409 | {"message":"Head branch was modified"}         | REFUSED
                    GITHUB     | 422 | {"message":"Reference already exists"}         | REFUSED
                    NEON       | 404 | {"code":"","message":"branch not found"}       | REFUSED
                    CLOUDFLARE | 200 | {"success":false,"errors":[{"code":10220,"message":"changed"}]} | REFUSED
                    CLOUDFLARE | 400 | {"success":false,"errors":[{"code":10021,"message":"no"}]} | REFUSED
                    CLOUDFLARE | 423 | {"success":false,"errors":[{"code":1,"message":"no"}]} | REFUSED
                    GITHUB     | 408 | {"message":"timeout"}                          | UNKNOWN
                    GITHUB     | 500 | {"message":"Server Error"}                     | UNKNOWN
                    GITHUB     | 502 | {"message":"Server Error"}                     | UNKNOWN
                    GITHUB     | 503 | {"message":"Unavailable"}                      | UNKNOWN
                    NEON       | 504 | gateway                                        | UNKNOWN
                    CLOUDFLARE | 503 | {"success":false,"errors":[]}                  | UNKNOWN
                    CLOUDFLARE | 504 | upstream timed out                             | UNKNOWN
                    GITHUB     | 301 | {"message":"Moved Permanently"}                | UNKNOWN
                    GITHUB     | 403 | <html/>                                        | UNKNOWN
                    NEON       | 404 | <html/>                                        | UNKNOWN
                    """)
    void aChangeIsJudgedByWhatItsAnswerProves(
            Provider provider, int status, String body, Outcome outcome) {
        assertThat(failure(provider, status, body, true).map(Failure::outcome)).contains(outcome);
    }

    @Test
    void aPageOfACaptivePortalIsNeverSuccessNorRefusal() {
        var change = failure(Provider.NEON, 200, HTML, true);
        assertThat(change).isEmpty();
        // The reader of the answer finds no JSON in it, which makes it unknown: see ChangesTest.
        assertThat(failure(Provider.GITHUB, 511, HTML, true))
                .contains(new Failure.Unknown(Provider.GITHUB, "it answered with status 511"));
        assertThat(failure(Provider.GITHUB, 403, HTML, false))
                .contains(new Failure.BadAnswer(Provider.GITHUB, "it answered with status 403"));
    }

    @Test
    void aMissingPermissionIsNamed() {
        var failure =
                failure(
                        Provider.GITHUB,
                        403,
                        "{\"message\":\"Resource not accessible by personal access token\"}",
                        false,
                        "x-accepted-github-permissions",
                        "pull_requests=write");

        assertThat(failure)
                .get()
                .isInstanceOfSatisfying(
                        Failure.Unauthorized.class,
                        f -> assertThat(f.permission()).contains("pull_requests=write"));
    }

    @Test
    void whatIsReallyWrongIsSaidNotJustValidationFailed() {
        var failure =
                failure(
                        Provider.GITHUB,
                        422,
                        "{\"message\":\"Validation Failed\",\"errors\":[{\"message\":\"No commits between\"}]}",
                        true);

        assertThat(failure.map(Failure::sentence))
                .contains("GitHub refused: Validation Failed: No commits between");
    }

    @Test
    void cloudflareCodesSayWhatTheStatusDoesNot() {
        assertThat(failure(Provider.CLOUDFLARE, 400, cloudflare(10007), true))
                .get()
                .isInstanceOf(Failure.NotFound.class);
        assertThat(failure(Provider.CLOUDFLARE, 400, cloudflare(6003), true))
                .get()
                .isInstanceOf(Failure.Unauthorized.class);
        assertThat(failure(Provider.CLOUDFLARE, 400, cloudflare(10220), true))
                .get()
                .isInstanceOfSatisfying(
                        Failure.Refused.class, f -> assertThat(f.code()).isEqualTo("10220"));
    }

    @Test
    void theProvidersOwnWaitWins() {
        assertThat(waitOf(Provider.CLOUDFLARE, 429, "{}", "retry-after", "17"))
                .isEqualTo(Duration.ofSeconds(17));
        assertThat(waitOf(Provider.CLOUDFLARE, 429, "{}", "ratelimit", "\"default\";r=0;t=30"))
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(
                        waitOf(
                                Provider.GITHUB,
                                403,
                                "{\"message\":\"API rate limit exceeded\"}",
                                "x-ratelimit-remaining",
                                "0",
                                "x-ratelimit-reset",
                                "1000090"))
                .isEqualTo(Duration.ofSeconds(90));
        assertThat(waitOf(Provider.GITHUB, 429, "{}")).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void graphQlSaysRateLimitedWithStatus200() {
        var answer =
                answer(
                        200,
                        "{\"data\":null,\"errors\":[{\"type\":\"RATE_LIMITED\",\"message\":\"x\"}]}");

        var failure =
                Outcomes.failureIn(Call.of(Provider.GITHUB, "POST", "/graphql"), false, answer);

        assertThat(failure).get().isInstanceOf(Failure.RateLimited.class);
    }

    private static Duration waitOf(Provider provider, int status, String body, String... headers) {
        var failure = failure(provider, status, body, true, headers).orElseThrow();
        return ((Failure.RateLimited) failure).retryAfter();
    }

    private static Optional<Failure> failure(
            Provider provider, int status, String body, boolean change, String... headers) {
        return Outcomes.failureIn(
                Call.of(provider, "POST", "/x"), change, answer(status, body, headers));
    }

    private static Answer answer(int status, String body, String... headers) {
        var map = new HashMap<String, String>();
        for (int i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        return new Answer(
                status,
                map,
                body.getBytes(StandardCharsets.UTF_8),
                false,
                Instant.ofEpochSecond(1_000_000));
    }

    private static String cloudflare(int code) {
        return "{\"success\":false,\"errors\":[{\"code\":" + code + ",\"message\":\"m\"}]}";
    }
}
