package dev.slipway.http;

import dev.slipway.domain.Failure;
import dev.slipway.domain.Provider;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads from an answer what became of a request. What is not certainly "not applied" and not a
/// provider's own, readable "no" is unknown.
final class Outcomes {
    private static final Pattern RATELIMIT_WAIT = Pattern.compile("\\bt=(\\d{1,6})");

    private Outcomes() {}

    /// What is wrong with `answer`, empty when nothing is. For a change, an answer that cannot be
    /// trusted is [Failure.Unknown]; for a reading it is [Failure.BadAnswer].
    static Optional<Failure> failureIn(Call call, boolean change, Answer answer) {
        int status = answer.status();
        if (status == 429 || rateLimited(call, answer)) {
            return Optional.of(new Failure.RateLimited(call.provider(), retryAfter(call, answer)));
        }
        if (call.provider() == Provider.NEON && (status == 423 || status == 503)) {
            var detail = ProviderError.in(answer).map(ProviderError::message);
            return Optional.of(
                    new Failure.Busy(
                            call.provider(), detail.orElse("it answered with status " + status)));
        }
        if (status / 100 == 2) {
            return call.provider() == Provider.CLOUDFLARE
                    ? ProviderError.unsuccessful(answer).map(e -> refused(call, answer, e))
                    : Optional.empty();
        }
        var error =
                status / 100 == 4 && status != 408
                        ? ProviderError.in(answer)
                        : Optional.<ProviderError>empty();
        return Optional.of(
                error.map(e -> refused(call, answer, e))
                        .orElseGet(() ->
                                untrusted(call, change, "it answered with status " + status)));
    }

    /// The failure of an answer that cannot be trusted.
    static Failure untrusted(Call call, boolean change, String detail) {
        return change
                ? new Failure.Unknown(call.provider(), detail)
                : new Failure.BadAnswer(call.provider(), detail);
    }

    private static Failure refused(Call call, Answer answer, ProviderError error) {
        int status = answer.status();
        var provider = call.provider();
        if (status == 404 || error.means(Meaning.ABSENT)) {
            return new Failure.NotFound(provider, call.what());
        }
        if (unauthorized(provider, status, error)) {
            return new Failure.Unauthorized(
                    provider, answer.header("x-accepted-github-permissions"), error.message());
        }
        return new Failure.Refused(
                provider,
                status,
                error.code(),
                error.message(),
                answer.requestId().or(error::requestId));
    }

    private static boolean unauthorized(Provider provider, int status, ProviderError error) {
        return status == 401
                || error.means(Meaning.BAD_TOKEN)
                || (status == 403
                        && (provider != Provider.GITHUB
                                || error.message().startsWith("Resource not accessible")
                                || error.message().startsWith("Must have ")));
    }

    /// GitHub says it with 403, too, and its GraphQL with 200.
    private static boolean rateLimited(Call call, Answer answer) {
        if (call.provider() != Provider.GITHUB
                || (answer.status() != 403 && answer.status() != 200)) {
            return false;
        }
        var secondary =
                answer.status() == 403
                        && ProviderError.in(answer)
                                .map(e -> e.message().toLowerCase(Locale.ROOT))
                                .filter(m -> m.contains("secondary rate"))
                                .isPresent();
        var primary =
                answer.status() == 403
                        && answer.header("x-ratelimit-remaining").filter("0"::equals).isPresent();
        return secondary
                || primary
                || (call.resource().equals("graphql")
                        && ProviderError.graphQlTypes(answer).contains("RATE_LIMITED"));
    }

    private static Duration retryAfter(Call call, Answer answer) {
        return stated(answer)
                .orElseGet(() ->
                        switch (call.provider()) {
                            case GITHUB -> Duration.ofSeconds(60);
                            case CLOUDFLARE -> Duration.ofMinutes(5);
                            default -> Duration.ofSeconds(1);
                        });
    }

    /// How long the provider says to wait.
    static Optional<Duration> stated(Answer answer) {
        return answer.header("retry-after")
                .filter(s -> s.matches("\\d{1,6}"))
                .map(s -> Duration.ofSeconds(Long.parseLong(s)))
                .or(() -> reset(answer))
                .or(() -> ratelimitWait(answer));
    }

    private static Optional<Duration> reset(Answer answer) {
        return answer.header("x-ratelimit-remaining")
                .filter("0"::equals)
                .flatMap(_ -> answer.header("x-ratelimit-reset"))
                .filter(s -> s.matches("\\d{1,12}"))
                .map(s -> Instant.ofEpochSecond(Long.parseLong(s)))
                .map(at -> Duration.between(answer.serverTime().orElse(answer.at()), at))
                .map(d -> d.isNegative() ? Duration.ZERO : d);
    }

    private static Optional<Duration> ratelimitWait(Answer answer) {
        return answer.header("ratelimit")
                .map(RATELIMIT_WAIT::matcher)
                .filter(java.util.regex.Matcher::find)
                .map(m -> Duration.ofSeconds(Long.parseLong(m.group(1))));
    }

    /// What some error codes mean whatever status they come with.
    enum Meaning {
        ABSENT,
        BAD_TOKEN
    }
}
