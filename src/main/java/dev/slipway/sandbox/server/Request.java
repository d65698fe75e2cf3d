package dev.slipway.sandbox.server;

import com.sun.net.httpserver.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request as a handler sees it.
///
/// @param method upper case
/// @param path raw, still percent-encoded
/// @param query decoded parameters, in order; a parameter may come more than once
/// @param headers names in any case
/// @param body all of it
/// @param variables what the route's `{name}` parts stood for, decoded
public record Request(
        String method,
        String path,
        Map<String, List<String>> query,
        Headers headers,
        byte[] body,
        Map<String, String> variables) {

    /// The value of a `{name}` part of the route.
    public String variable(String name) {
        var value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no {" + name + "}");
        }
        return value;
    }

    /// The first value of a query parameter.
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name)).map(List::getFirst);
    }

    /// The first value of a header.
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }

    /// The body as UTF-8 text.
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /// The token of an `Authorization: Bearer` or `token` header.
    public Optional<String> token() {
        return header("Authorization")
                .map(String::strip)
                .filter(h -> h.indexOf(' ') > 0)
                .map(h -> h.substring(h.indexOf(' ') + 1).strip());
    }

    Request with(Map<String, String> routeVariables) {
        return new Request(method, path, query, headers, body, routeVariables);
    }

    static Map<String, List<String>> parseQuery(String raw) {
        var result = new LinkedHashMap<String, List<String>>();
        for (var pair : raw.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            var equals = pair.indexOf('=');
            var name = decode(equals < 0 ? pair : pair.substring(0, equals));
            var value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            result.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
        return result;
    }

    /// Decodes a part of a path, where a plus sign is nothing but a plus sign.
    static String decodePath(String text) {
        return decode(text.replace("+", "%2B"));
    }

    /// The same request to another path.
    Request at(String otherPath) {
        return new Request(method, otherPath, query, headers, body, variables);
    }

    /// The same request by another method.
    Request by(String otherMethod) {
        return new Request(otherMethod, path, query, headers, body, variables);
    }

    static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
