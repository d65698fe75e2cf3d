package dev.slipway.http;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// An error in a provider's own words: GitHub `{message, errors}`, Neon `{code, message,
/// request_id}`, Cloudflare `{success, errors}`.
///
/// @param code the provider's code, empty when it gave none
/// @param message what it says, never empty
record ProviderError(String code, String message, Optional<String> requestId) {
    /// Cloudflare: Worker unknown (10007, 10090), record unknown (81044).
    private static final Set<String> ABSENT = Set.of("10007", "10090", "81044");

    /// Cloudflare: authentication (10000), invalid token (9109), malformed headers (6003).
    private static final Set<String> BAD_TOKEN = Set.of("10000", "9109", "6003");

    /// The error an answer holds, empty when it holds none that can be read.
    static Optional<ProviderError> in(Answer answer) {
        try {
            var json = answer.json();
            return json.isObject() ? of(json) : Optional.empty();
        } catch (Json.Unreadable e) {
            return Optional.empty();
        }
    }

    /// The error of a Cloudflare answer whose envelope says that it did not succeed.
    static Optional<ProviderError> unsuccessful(Answer answer) {
        if (answer.body().length == 0) {
            return Optional.empty();
        }
        try {
            var json = answer.json();
            return json.isObject() && !json.flag("success", true)
                    ? of(json).or(() ->
                            Optional.of(new ProviderError("", "no reason given", Optional.empty())))
                    : Optional.empty();
        } catch (Json.Unreadable e) {
            // Not ours to judge: a script's raw source is no JSON. Whoever reads the answer does.
            return Optional.empty();
        }
    }

    /// The types of the errors in a GraphQL answer.
    static Set<String> graphQlTypes(Answer answer) {
        try {
            return answer.json().listOrNone("errors").stream()
                    .flatMap(e -> e.maybeText("type").stream())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        } catch (Json.Unreadable e) {
            return Set.of();
        }
    }

    private static Optional<ProviderError> of(Json json) {
        var nested = json.find("error").filter(Json::isObject);
        if (nested.isPresent()) {
            return of(nested.get());
        }
        var errors = json.listOrNone("errors").stream().filter(Json::isObject).toList();
        var message = json.someText("message").or(() -> messages(errors));
        return message.map(m ->
                new ProviderError(
                        code(json, errors),
                        withDetails(json, m, errors),
                        json.maybeText("request_id")));
    }

    private static Optional<String> messages(List<Json> errors) {
        var all =
                errors.stream()
                        .flatMap(e -> e.someText("message").stream())
                        .collect(Collectors.joining("; "));
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    /// GitHub puts what is really wrong below "Validation Failed".
    private static String withDetails(Json json, String message, List<Json> errors) {
        return json.someText("message").isPresent()
                ? messages(errors).map(details -> message + ": " + details).orElse(message)
                : message;
    }

    private static String code(Json json, List<Json> errors) {
        return json.someText("code")
                .or(() -> errors.stream().flatMap(e -> firstCode(e).stream()).findFirst())
                .orElse("");
    }

    private static Optional<String> firstCode(Json error) {
        try {
            var number = error.maybeNumber("code");
            return number.isPresent()
                    ? Optional.of(String.valueOf(number.getAsLong()))
                    : Optional.empty();
        } catch (Json.Unreadable e) {
            return error.someText("code");
        }
    }

    boolean means(Outcomes.Meaning meaning) {
        return switch (meaning) {
            case ABSENT -> ABSENT.contains(code);
            case BAD_TOKEN -> BAD_TOKEN.contains(code);
        };
    }
}
