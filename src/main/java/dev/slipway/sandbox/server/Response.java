package dev.slipway.sandbox.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An answer: status, headers in order, body.
public record Response(int status, List<Map.Entry<String, String>> headers, byte[] body) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Response {
        headers = List.copyOf(headers);
    }

    /// A JSON answer; `value` is a tree, a map, a list or a record.
    public static Response json(int status, Object value) {
        var bytes =
                value instanceof JsonNode node
                        ? JSON.writeValueAsBytes(node)
                        : JSON.writeValueAsBytes(value);
        return new Response(
                status,
                List.of(Map.entry("Content-Type", "application/json; charset=utf-8")),
                bytes);
    }

    /// A text answer.
    public static Response text(int status, String contentType, String text) {
        return new Response(
                status,
                List.of(Map.entry("Content-Type", contentType)),
                text.getBytes(StandardCharsets.UTF_8));
    }

    /// An answer without a body.
    public static Response empty(int status) {
        return new Response(status, List.of(), new byte[0]);
    }

    /// The same answer with one more header.
    public Response header(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new Response(status, more, body);
    }
}
