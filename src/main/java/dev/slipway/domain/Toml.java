package dev.slipway.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the part of TOML that wrangler files use: tables, arrays of tables, strings, numbers,
/// booleans, arrays and inline tables. Everything becomes maps, lists and strings.
public final class Toml {
    private final String text;
    private int at;

    private Toml(String text) {
        this.text = text;
    }

    /// The document as maps, lists and strings.
    ///
    /// @throws IllegalArgumentException with the line, when it is not TOML
    public static Map<String, Object> parse(String text) {
        return new Toml(text).document();
    }

    private Map<String, Object> document() {
        var root = new LinkedHashMap<String, Object>();
        Map<String, Object> table = root;
        while (skipBlank()) {
            if (peek() == '[') {
                table = header(root);
            } else {
                pair(table);
            }
            endOfLine();
        }
        return root;
    }

    private Map<String, Object> header(Map<String, Object> root) {
        at++;
        var array = at < text.length() && peek() == '[';
        if (array) {
            at++;
        }
        var keys = path(']');
        at += array ? 2 : 1;
        var parent = descend(root, keys.subList(0, keys.size() - 1));
        if (!array) {
            return child(parent, keys.getLast());
        }
        var fresh = new LinkedHashMap<String, Object>();
        if (parent.computeIfAbsent(keys.getLast(), _ -> new ArrayList<Object>())
                instanceof List<?> list) {
            append(list, fresh);
        }
        return fresh;
    }

    private void pair(Map<String, Object> table) {
        var keys = path('=');
        at++;
        skipSpace();
        descend(table, keys.subList(0, keys.size() - 1)).put(keys.getLast(), value());
    }

    private List<String> path(char end) {
        var keys = new ArrayList<String>();
        while (true) {
            skipSpace();
            keys.add(key());
            skipSpace();
            if (peek() == end) {
                return keys;
            }
            expect('.');
        }
    }

    private String key() {
        if (peek() == '"' || peek() == '\'') {
            return string(peek());
        }
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(peek()) || peek() == '_' || peek() == '-')) {
            at++;
        }
        if (at == start) {
            throw wrong("a name is missing");
        }
        return text.substring(start, at);
    }

    private Object value() {
        return switch (peek()) {
            case '"', '\'' -> string(peek());
            case '[' -> array();
            case '{' -> inline();
            default -> bare();
        };
    }

    private List<Object> array() {
        at++;
        var values = new ArrayList<Object>();
        while (true) {
            skipBlank();
            if (peek() == ']') {
                at++;
                return values;
            }
            values.add(value());
            skipBlank();
            if (peek() == ',') {
                at++;
            }
        }
    }

    private Map<String, Object> inline() {
        at++;
        var table = new LinkedHashMap<String, Object>();
        while (true) {
            skipBlank();
            if (peek() == '}') {
                at++;
                return table;
            }
            pair(table);
            skipBlank();
            if (peek() == ',') {
                at++;
            }
        }
    }

    private String bare() {
        int start = at;
        while (at < text.length() && ",]}#\n".indexOf(peek()) < 0) {
            at++;
        }
        return text.substring(start, at).strip();
    }

    private String string(char quote) {
        var fence = String.valueOf(quote).repeat(3);
        if (text.startsWith(fence, at)) {
            int end = text.indexOf(fence, at + 3);
            if (end < 0) {
                throw wrong("a text does not end");
            }
            var inside = text.substring(at + 3, end);
            at = end + 3;
            return inside.startsWith("\n") ? inside.substring(1) : inside;
        }
        at++;
        var result = new StringBuilder();
        while (peek() != quote) {
            if (peek() == '\n') {
                throw wrong("a text does not end");
            }
            if (peek() == '\\' && quote == '"') {
                at++;
                result.append(
                        switch (peek()) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            case 'r' -> '\r';
                            default -> peek();
                        });
            } else {
                result.append(peek());
            }
            at++;
        }
        at++;
        return result.toString();
    }

    private static Map<String, Object> descend(Map<String, Object> table, List<String> keys) {
        for (var key : keys) {
            table = child(table, key);
        }
        return table;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> table, String key) {
        var value = table.computeIfAbsent(key, _ -> new LinkedHashMap<String, Object>());
        if (value instanceof List<?> list && !list.isEmpty()) {
            value = list.getLast();
        }
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : new LinkedHashMap<>();
    }

    @SuppressWarnings("unchecked")
    private static void append(List<?> list, Object value) {
        ((List<Object>) list).add(value);
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong("it ends too early");
        }
        return text.charAt(at);
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw wrong("\"" + wanted + "\" is missing");
        }
        at++;
    }

    private void skipSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    /// Skips blanks, line ends and comments; false at the end.
    private boolean skipBlank() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                at = Math.max(at, endOfThisLine());
            } else if (Character.isWhitespace(c) || c == '\uFEFF') {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    private int endOfThisLine() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private void endOfLine() {
        skipSpace();
        if (at < text.length() && text.charAt(at) == '\r') {
            at++;
        }
        if (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '#') {
            throw wrong("something follows the value");
        }
    }

    private IllegalArgumentException wrong(String what) {
        var line =
                1
                        + text.substring(0, Math.min(at, text.length()))
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
        return new IllegalArgumentException("line " + line + ": " + what);
    }
}
