package dev.slipway.http;

import dev.slipway.domain.Provider;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request an adapter wants made: data, not yet bytes.
///
/// @param template path below the provider's base address, its variable parts in braces
/// @param ids what the braces stand for, in order
/// @param query parameters in order; a name may come more than once
/// @param headers beyond those the transport adds itself
/// @param body JSON, or a form when the headers say so; empty sends none
/// @param object whether it only writes a Git object; see [Wire]
/// @param next address of a further page, given by the provider; replaces template and query
public record Call(
        Provider provider,
        String method,
        String template,
        List<String> ids,
        List<Map.Entry<String, String>> query,
        Map<String, String> headers,
        Optional<byte[]> body,
        Caching caching,
        Purpose purpose,
        boolean object,
        Optional<URI> next) {

    private static final String CONTENT_TYPE = "Content-Type";

    /// What may be remembered of an answer.
    public enum Caching {
        /// Nothing.
        NEVER,
        /// The answer with its ETag; the provider is asked whether it still holds.
        ETAG,
        /// The answer for good: the address names its content.
        IMMUTABLE
    }

    public Call {
        ids = List.copyOf(ids);
        query = List.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /// A reading call.
    public static Call get(Provider provider, String template, Object... ids) {
        return of(provider, "GET", template, ids);
    }

    /// A call of any method.
    public static Call of(Provider provider, String method, String template, Object... ids) {
        return new Call(
                provider,
                method,
                template,
                List.of(ids).stream().map(String::valueOf).toList(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Caching.NEVER,
                Purpose.FOREGROUND,
                false,
                Optional.empty());
    }

    /// The same call with one more query parameter.
    public Call with(String name, Object value) {
        var more = new ArrayList<>(query);
        more.add(Map.entry(name, String.valueOf(value)));
        return copy(more, headers, body, caching, purpose, object, next);
    }

    /// The same call with one more header.
    public Call header(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return copy(query, more, body, caching, purpose, object, next);
    }

    /// The same call with a JSON body.
    public Call body(Object value) {
        return copy(query, headers, Optional.of(Json.write(value)), caching, purpose, object, next);
    }

    /// The same call with a form (`multipart/form-data`) as body.
    public Call form(byte[] form, String boundary) {
        var more = new LinkedHashMap<>(headers);
        more.put(CONTENT_TYPE, "multipart/form-data; boundary=" + boundary);
        return copy(query, more, Optional.of(form), caching, purpose, object, next);
    }

    /// What the body is.
    String contentType() {
        return headers.getOrDefault(CONTENT_TYPE, "application/json");
    }

    /// The same call, its answer remembered.
    public Call cached(Caching how) {
        return copy(query, headers, body, how, purpose, object, next);
    }

    /// The same call for another purpose.
    public Call as(Purpose why) {
        return copy(query, headers, body, caching, why, object, next);
    }

    /// The same call, marked as one that only writes a Git object.
    public Call writingObject() {
        return copy(query, headers, body, caching, purpose, true, next);
    }

    /// The same call at an address the provider gave.
    public Call at(URI address) {
        return copy(query, headers, body, caching, purpose, object, Optional.of(address));
    }

    /// The provider's bucket this call is taken from.
    String resource() {
        return switch (provider) {
            case GITHUB -> template.equals("/graphql") ? "graphql" : "core";
            default -> "default";
        };
    }

    /// The address below `base`.
    URI address(URI base) {
        if (next.isPresent()) {
            return next.get();
        }
        var text = new StringBuilder(base.toString().replaceAll("/+$", ""));
        var values = ids.iterator();
        int from = 0;
        for (int open; (open = template.indexOf('{', from)) >= 0; ) {
            int close = template.indexOf('}', open);
            text.append(template, from, open).append(encode(values.next()));
            from = close + 1;
        }
        text.append(template.substring(from));
        char separator = '?';
        for (var parameter : query) {
            text.append(separator).append(encode(parameter.getKey()));
            text.append('=').append(encode(parameter.getValue()));
            separator = '&';
        }
        return URI.create(text.toString());
    }

    /// The path with its variable parts filled in, for a sentence.
    String what() {
        return next.map(URI::getPath).orElseGet(() -> address(URI.create("")).getPath());
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%7E", "~");
    }

    private Call copy(
            List<Map.Entry<String, String>> newQuery,
            Map<String, String> newHeaders,
            Optional<byte[]> newBody,
            Caching newCaching,
            Purpose newPurpose,
            boolean newObject,
            Optional<URI> newNext) {
        return new Call(
                provider,
                method,
                template,
                ids,
                newQuery,
                newHeaders,
                newBody,
                newCaching,
                newPurpose,
                newObject,
                newNext);
    }
}
