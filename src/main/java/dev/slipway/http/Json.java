package dev.slipway.http;

import dev.slipway.domain.CommitSha;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A strict reading view of a JSON answer: what is required and missing is [Unreadable], and null
/// is the same as missing. Adapters read with it and hand on records.
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final JsonNode node;
    private final String path;

    private Json(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /// The answer is not what the provider documents. The transport makes a failure of it.
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /// Says in a few words what is wrong and where; holds no value from the answer.
        public Unreadable(String message) {
            super(message);
        }
    }

    /// Reads a whole document.
    public static Json parse(byte[] bytes) {
        try {
            var node = MAPPER.readTree(bytes);
            if (node == null || node.isMissingNode()) {
                throw new Unreadable("it is empty");
            }
            return new Json(node, "");
        } catch (JacksonException e) {
            throw new Unreadable("it is not whole JSON");
        }
    }

    /// Writes maps, lists, texts, numbers and flags; a map's order is kept.
    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /// The value at `name`.
    public Json get(String name) {
        return find(name).orElseThrow(() -> new Unreadable("it has no " + path + name));
    }

    /// The value at `name`, empty when missing or null.
    public Optional<Json> find(String name) {
        var child = node.get(name);
        return child == null || child.isNull()
                ? Optional.empty()
                : Optional.of(new Json(child, path + name + "."));
    }

    /// Whether this is an object.
    public boolean isObject() {
        return node.isObject();
    }

    /// The elements of this list.
    public List<Json> items() {
        if (!node.isArray()) {
            throw wrong("a list");
        }
        var result = new java.util.ArrayList<Json>(node.size());
        for (int i = 0; i < node.size(); i++) {
            result.add(new Json(node.get(i), path + i + "."));
        }
        return result;
    }

    /// The elements of the list at `name`.
    public List<Json> list(String name) {
        return get(name).items();
    }

    /// The elements of the list at `name`, none when it is missing.
    public List<Json> listOrNone(String name) {
        return find(name).map(Json::items).orElse(List.of());
    }

    /// The text at `name`.
    public String text(String name) {
        return get(name).asText();
    }

    /// The text at `name`, empty when missing.
    public Optional<String> maybeText(String name) {
        return find(name).map(Json::asText);
    }

    /// The text at `name`, empty when missing or of no characters.
    public Optional<String> someText(String name) {
        return maybeText(name).filter(t -> !t.isEmpty());
    }

    /// The texts of the list at `name`, none when it is missing.
    public List<String> texts(String name) {
        return listOrNone(name).stream().map(Json::asText).toList();
    }

    /// This text.
    public String asText() {
        if (!node.isString()) {
            throw wrong("a text");
        }
        return node.stringValue();
    }

    /// This text or number as text, as in a path of names and positions.
    public String word() {
        return node.isString() ? node.stringValue() : node.toString();
    }

    /// The whole number at `name`. A text is taken when it is exactly a number.
    public long number(String name) {
        return get(name).asNumber();
    }

    /// The whole number at `name`, empty when missing.
    public OptionalLong maybeNumber(String name) {
        var found = find(name);
        return found.isPresent() ? OptionalLong.of(found.get().asNumber()) : OptionalLong.empty();
    }

    /// The whole number at `name`, which fits an int.
    public int integer(String name) {
        try {
            return Math.toIntExact(number(name));
        } catch (ArithmeticException e) {
            throw get(name).wrong("so small a number");
        }
    }

    private long asNumber() {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        if (node.isString() && node.stringValue().matches("-?\\d{1,18}")) {
            return Long.parseLong(node.stringValue());
        }
        throw wrong("a whole number");
    }

    /// The number at `name`.
    public double decimal(String name) {
        var value = get(name);
        if (!value.node.isNumber()) {
            throw value.wrong("a number");
        }
        return value.node.doubleValue();
    }

    /// The flag at `name`.
    public boolean flag(String name) {
        return get(name).asFlag();
    }

    /// The flag at `name`, `otherwise` when missing.
    public boolean flag(String name, boolean otherwise) {
        return find(name).map(Json::asFlag).orElse(otherwise);
    }

    private boolean asFlag() {
        if (!node.isBoolean()) {
            throw wrong("true or false");
        }
        return node.booleanValue();
    }

    /// The moment at `name`, with a zone.
    public Instant time(String name) {
        var value = get(name);
        return value.reading("a time", Instant::parse);
    }

    /// The moment at `name`, empty when missing or the year 1, which stands for "never".
    public Optional<Instant> maybeTime(String name) {
        return find(name)
                .filter(t -> !t.asText().isEmpty() && !t.asText().startsWith("0001-"))
                .map(t -> t.reading("a time", Instant::parse));
    }

    /// The address at `name`.
    public URI uri(String name) {
        return get(name).reading("an address", URI::create);
    }

    /// The address at `name`, empty when missing or of no characters.
    public Optional<URI> maybeUri(String name) {
        return find(name)
                .filter(u -> !u.asText().isEmpty())
                .map(u -> u.reading("an address", URI::create));
    }

    /// The commit at `name`.
    public CommitSha sha(String name) {
        return get(name).reading("a commit sha", CommitSha::new);
    }

    /// The commit at `name`, empty when missing.
    public Optional<CommitSha> maybeSha(String name) {
        return find(name).map(s -> s.reading("a commit sha", CommitSha::new));
    }

    private <T> T reading(String what, Function<String, T> reader) {
        try {
            return reader.apply(asText());
        } catch (DateTimeException | IllegalArgumentException e) {
            throw wrong(what);
        }
    }

    /// This object as a map of texts; values that are not text are given as JSON.
    public Map<String, String> asTexts() {
        var result = new LinkedHashMap<String, String>();
        for (var entry : node.properties()) {
            var value = entry.getValue();
            if (!value.isNull()) {
                result.put(
                        entry.getKey(), value.isString() ? value.stringValue() : value.toString());
            }
        }
        return result;
    }

    /// The members of this object.
    public Map<String, Json> members() {
        var result = new LinkedHashMap<String, Json>();
        for (var entry : node.properties()) {
            result.put(entry.getKey(), new Json(entry.getValue(), path + entry.getKey() + "."));
        }
        return result;
    }

    private Unreadable wrong(String expected) {
        return new Unreadable(
                path.isEmpty()
                        ? "it is not " + expected
                        : path.substring(0, path.length() - 1) + " is not " + expected);
    }
}
