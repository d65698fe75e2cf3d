package dev.slipway.http;

import java.net.URI;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A whole answer of a provider.
///
/// @param headers names in lower case, the last value of each
/// @param unchanged whether the provider said that nothing changed since the answer was remembered
/// @param at when it arrived
public record Answer(
        int status, Map<String, String> headers, byte[] body, boolean unchanged, Instant at) {
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;[^,]*\\brel=\"?next\"?");

    public Answer {
        headers = Map.copyOf(headers);
    }

    /// The body as JSON.
    public Json json() {
        return Json.parse(body);
    }

    /// A header, by its name in lower case.
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /// The address of the next page, from the `Link` header.
    public Optional<URI> next() {
        return header("link")
                .map(NEXT::matcher)
                .filter(java.util.regex.Matcher::find)
                .map(m -> URI.create(m.group(1)));
    }

    /// The provider's id of the request.
    Optional<String> requestId() {
        return List.of("x-github-request-id", "cf-ray", "x-neon-ret-request-id", "x-request-id")
                .stream()
                .flatMap(name -> header(name).stream())
                .findFirst();
    }

    /// The provider's clock.
    Optional<Instant> serverTime() {
        return header("date").flatMap(Answer::date);
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
