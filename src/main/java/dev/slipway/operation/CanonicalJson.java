package dev.slipway.operation;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// JSON with one written form: names in code unit order, no white space. What is hashed is written
/// here.
public final class CanonicalJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    private CanonicalJson() {}

    /// The one written form of `node`.
    public static String write(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /// What `content` writes, which gives its names in code unit order.
    public static String write(Consumer<JsonGenerator> content) {
        var text = new StringWriter(512);
        try (var json = MAPPER.createGenerator(text)) {
            content.accept(json);
        }
        return text.toString();
    }

    /// The tree written in `json`.
    public static JsonNode read(String json) {
        return MAPPER.readTree(json);
    }

    /// Hexadecimal SHA-256 of the UTF-8 form of `text`.
    public static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /// An empty object.
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }
}
