package dev.slipway.sandbox.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A `multipart/form-data` body, RFC 7578.
public record Multipart(List<Part> parts) {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final Pattern KEY = Pattern.compile("\\[([^\\]]*)\\]");

    /// One field or file.
    ///
    /// @param fileName empty for a plain field
    public record Part(String name, Optional<String> fileName, String contentType, byte[] content) {
        /// The content as UTF-8 text.
        public String text() {
            return new String(content, StandardCharsets.UTF_8);
        }
    }

    public Multipart {
        parts = List.copyOf(parts);
    }

    /// Reads the body of `request`.
    ///
    /// @throws IllegalArgumentException when it is not such a body
    public static Multipart of(Request request) {
        var type = request.header("Content-Type").orElse("");
        var matcher = BOUNDARY.matcher(type);
        if (!type.startsWith("multipart/form-data") || !matcher.find()) {
            throw new IllegalArgumentException(
                    "the body must be multipart/form-data with a boundary, not '" + type + "'");
        }
        // One byte is one char here, so positions in the text are positions in the body.
        var text = new String(request.body(), StandardCharsets.ISO_8859_1);
        var delimiter = "--" + matcher.group(1);
        var parts = new ArrayList<Part>();
        var at = text.indexOf(delimiter);
        while (at >= 0 && !text.startsWith("--", at + delimiter.length())) {
            var next = text.indexOf("\r\n" + delimiter, at + delimiter.length());
            if (next < 0) {
                throw new IllegalArgumentException("the multipart body stops in the middle");
            }
            parts.add(part(text.substring(at + delimiter.length() + 2, next)));
            at = next + 2;
        }
        return new Multipart(parts);
    }

    /// The part with this name.
    public Optional<Part> part(String name, Optional<String> fileName) {
        return parts.stream()
                .filter(p -> p.name().equals(name))
                .filter(p -> fileName.isEmpty() || p.fileName().equals(fileName))
                .findFirst();
    }

    /// The fields whose names are `root[key][][inner]` as the tree they stand for, which is how
    /// Cloudflare's own SDK sends JSON in a form. `[]` begins a new element of a list when the
    /// element before has the key already.
    public Map<String, Object> tree(String root) {
        var tree = new LinkedHashMap<String, Object>();
        for (var part : parts) {
            if (part.name().startsWith(root + "[") && part.fileName().isEmpty()) {
                var keys = new ArrayList<String>();
                var matcher = KEY.matcher(part.name());
                while (matcher.find()) {
                    keys.add(matcher.group(1));
                }
                put(tree, keys, part.text());
            }
        }
        return tree;
    }

    private static void put(Map<String, Object> into, List<String> keys, String value) {
        var key = keys.getFirst();
        var rest = keys.subList(1, keys.size());
        if (rest.isEmpty()) {
            into.put(key, value);
        } else if (rest.getFirst().isEmpty()) {
            add(list(into, key), rest.subList(1, rest.size()), value);
        } else {
            put(map(into, key), rest, value);
        }
    }

    private static void add(List<Object> into, List<String> keys, String value) {
        if (keys.isEmpty()) {
            into.add(value);
            return;
        }
        var last = into.isEmpty() ? null : into.getLast();
        if (last instanceof Map<?, ?> map && !map.containsKey(keys.getFirst())) {
            put(copied(map, into), keys, value);
        } else {
            var fresh = new LinkedHashMap<String, Object>();
            put(fresh, keys, value);
            into.add(fresh);
        }
    }

    private static Map<String, Object> copied(Map<?, ?> last, List<Object> into) {
        var copy = new LinkedHashMap<String, Object>();
        last.forEach((k, v) -> copy.put(String.valueOf(k), v));
        into.set(into.size() - 1, copy);
        return copy;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Map<String, Object> into, String key) {
        return (List<Object>) into.computeIfAbsent(key, _ -> new ArrayList<>());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> into, String key) {
        return (Map<String, Object>) into.computeIfAbsent(key, _ -> new LinkedHashMap<>());
    }

    private static Part part(String text) {
        var split = text.indexOf("\r\n\r\n");
        if (split < 0) {
            throw new IllegalArgumentException("a part of the multipart body has no header");
        }
        var headers =
                new String(
                        text.substring(0, split).getBytes(StandardCharsets.ISO_8859_1),
                        StandardCharsets.UTF_8);
        return new Part(
                parameter(headers, "name").orElse(""),
                parameter(headers, "filename"),
                header(headers, "content-type").orElse("text/plain"),
                text.substring(split + 4).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Optional<String> parameter(String headers, String name) {
        var matcher =
                Pattern.compile("[; ]" + name + "=\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(headers);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Optional<String> header(String headers, String name) {
        return headers.lines()
                .filter(l -> l.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(l -> l.substring(name.length() + 1).strip())
                .findFirst();
    }
}
