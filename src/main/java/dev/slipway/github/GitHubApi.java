package dev.slipway.github;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.RepositoryName;
import dev.slipway.http.Answer;
import dev.slipway.http.Call;
import dev.slipway.http.Json;
import dev.slipway.http.Purpose;
import dev.slipway.http.Transport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What every concern of the adapter shares: calls to one repository and to GraphQL.
record GitHubApi(Transport transport, RepositoryName name, Purpose purpose) {
    static final int PAGE = 100;

    /// A call below `/repos/{owner}/{repo}`.
    Call call(String method, String template, Object... ids) {
        var all = Stream.concat(Stream.of(name.owner(), name.name()), Stream.of(ids)).toArray();
        return plain(Call.of(Provider.GITHUB, method, "/repos/{owner}/{repo}" + template, all));
    }

    Call get(String template, Object... ids) {
        return call("GET", template, ids);
    }

    /// A reading call whose answer is remembered with its ETag: GitHub does not count a 304.
    Call conditional(String template, Object... ids) {
        return get(template, ids).cached(Call.Caching.ETAG);
    }

    /// A reading call whose address names its content.
    Call immutable(String template, Object... ids) {
        return get(template, ids).cached(Call.Caching.IMMUTABLE);
    }

    Call plain(Call call) {
        return call.header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28")
                .as(purpose);
    }

    /// A GraphQL call; `operation` is its name, for the record.
    Call graphQl(String operation, String query, Map<String, ?> variables) {
        return plain(Call.of(Provider.GITHUB, "POST", "/graphql", operation))
                .body(Map.of("query", query, "variables", variables));
    }

    static List<Json> items(Answer answer) {
        return answer.json().items();
    }

    static FailureException bad(String detail) {
        return new FailureException(new Failure.BadAnswer(Provider.GITHUB, detail));
    }

    /// The failure in a GraphQL answer, which comes with status 200. One without a type is
    /// GitHub's own trouble and says nothing about what was done.
    static Optional<Failure> failureIn(Json graphQl, boolean change) {
        return graphQl.listOrNone("errors").stream()
                .findFirst()
                .map(error -> {
                    var message = error.someText("message").orElse("no reason given");
                    return switch (error.someText("type").orElse("")) {
                        case "" ->
                                change
                                        ? new Failure.Unknown(Provider.GITHUB, message)
                                        : new Failure.BadAnswer(Provider.GITHUB, message);
                        case "FORBIDDEN", "INSUFFICIENT_SCOPES" ->
                                new Failure.Unauthorized(
                                        Provider.GITHUB, Optional.empty(), message);
                        case "NOT_FOUND" -> new Failure.NotFound(Provider.GITHUB, message);
                        case String type ->
                                new Failure.Refused(
                                        Provider.GITHUB, 200, type, message, Optional.empty());
                    };
                });
    }
}
