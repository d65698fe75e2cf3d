package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.CloudflareRefusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What surrounds every answer of Cloudflare's API, and how its requests are read.
final class CloudflareEnvelope {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private CloudflareEnvelope() {}

    static Response ok(@Nullable Object result) {
        return ok(200, result);
    }

    static Response ok(int status, @Nullable Object result) {
        return Response.json(status, envelope(true, List.of(), result));
    }

    static Response page(List<?> all, Request request, int usual, int most) {
        return page(all, request, usual, most, result -> result);
    }

    /// One page of `all`, wrapped; past the end an empty one, which is where Cloudflare's SDK stops.
    static Response page(
            List<?> all, Request request, int usual, int most, Function<List<?>, Object> wrap) {
        var page = Math.max(1, number(request, "page", 1));
        var size = Math.clamp(number(request, "per_page", usual), 1, most);
        var from = (int) Math.min(all.size(), (page - 1L) * size);
        var shown = all.subList(from, Math.min(all.size(), from + size));
        var envelope = envelope(true, List.of(), wrap.apply(shown));
        envelope.put(
                "result_info",
                fields(
                        "page",
                        page,
                        "per_page",
                        size,
                        "count",
                        shown.size(),
                        "total_count",
                        all.size(),
                        "total_pages",
                        (all.size() + size - 1) / size));
        return Response.json(200, envelope);
    }

    static Response refused(CloudflareRefusal refusal) {
        return Response.json(
                refusal.status(),
                envelope(
                        false,
                        List.of(fields("code", refusal.code(), "message", refusal.sentence())),
                        null));
    }

    /// A JSON object in the order given; values may be null.
    static Map<String, @Nullable Object> fields(@Nullable Object... pairs) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }

    static JsonNode body(Request request) {
        return parse(request.text());
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text.isBlank() ? "{}" : text);
        } catch (JacksonException e) {
            throw new CloudflareRefusal(
                    400, 10026, "Could not parse request body: " + e.getOriginalMessage());
        }
    }

    /// The members of an object as plain values, those that are null left out.
    static Map<String, Object> plain(JsonNode object) {
        var map = new LinkedHashMap<String, Object>();
        object.properties()
                .forEach(entry -> {
                    if (!entry.getValue().isNull()) {
                        map.put(entry.getKey(), JSON.convertValue(entry.getValue(), Object.class));
                    }
                });
        return map;
    }

    static JsonNode node(Object value) {
        return JSON.valueToTree(value);
    }

    private static int number(Request request, String name, int otherwise) {
        var given = request.query(name);
        try {
            return given.map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw new CloudflareRefusal(400, 10003, "Invalid " + name + ": " + given.orElse(""));
        }
    }

    private static Map<String, @Nullable Object> envelope(
            boolean success, List<?> errors, @Nullable Object result) {
        return fields(
                "success", success, "errors", errors, "messages", List.of(), "result", result);
    }
}
