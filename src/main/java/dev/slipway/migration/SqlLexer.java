package dev.slipway.migration;

import dev.slipway.migration.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;

/// Cuts PostgreSQL's SQL into tokens by its own lexical rules
/// (https://www.postgresql.org/docs/current/sql-syntax-lexical.html), with
/// `standard_conforming_strings` on as it is by default.
public final class SqlLexer {
    private final String sql;
    private final List<SqlToken> tokens = new ArrayList<>();
    private int at;

    private SqlLexer(String sql) {
        this.sql = sql;
    }

    /// The tokens of `sql`, in order.
    public static List<SqlToken> tokens(String sql) {
        var lexer = new SqlLexer(sql);
        while (lexer.at < sql.length()) {
            lexer.next();
        }
        return lexer.tokens;
    }

    private void next() {
        char c = sql.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (looking("--")) {
            // A lone carriage return ends a comment, too; taking only line feeds would hide what
            // stands behind it.
            while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
                at++;
            }
        } else if (looking("/*")) {
            blockComment();
        } else if (c == '\'') {
            string(at, at, false);
        } else if (c == '"') {
            quoted(at, at);
        } else if (c == '$') {
            dollar();
        } else if (Character.isDigit(c)) {
            number();
        } else if (wordStart(c)) {
            word();
        } else {
            add(Kind.SIGN, String.valueOf(c), at, ++at);
        }
    }

    private boolean looking(String text) {
        return sql.startsWith(text, at);
    }

    private void blockComment() {
        int start = at;
        int depth = 0;
        do {
            if (looking("/*")) {
                depth++;
                at += 2;
            } else if (looking("*/")) {
                depth--;
                at += 2;
            } else if (++at >= sql.length()) {
                break;
            }
        } while (depth > 0 && at < sql.length());
        if (depth > 0) {
            at = sql.length();
            add(Kind.UNCLOSED, "/*", start, at);
        }
    }

    /// A string whose opening quote is at `quote`; a prefix such as `E` begins at `start`.
    private void string(int start, int quote, boolean escapes) {
        var value = new StringBuilder();
        at = quote + 1;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (escapes && c == '\\' && at + 1 < sql.length()) {
                value.append(c).append(sql.charAt(at + 1));
                at += 2;
            } else if (looking("''")) {
                value.append('\'');
                at += 2;
            } else if (c == '\'') {
                add(Kind.STRING, value.toString(), start, ++at);
                return;
            } else {
                value.append(c);
                at++;
            }
        }
        add(Kind.UNCLOSED, "'", start, at);
    }

    private void quoted(int start, int quote) {
        var value = new StringBuilder();
        at = quote + 1;
        while (at < sql.length()) {
            if (looking("\"\"")) {
                value.append('"');
                at += 2;
            } else if (sql.charAt(at) == '"') {
                add(Kind.QUOTED, value.toString(), start, ++at);
                return;
            } else {
                value.append(sql.charAt(at++));
            }
        }
        add(Kind.UNCLOSED, "\"", start, at);
    }

    /// `$tag$ … $tag$`, a parameter `$1`, or a lone sign.
    private void dollar() {
        int start = at;
        int end = at + 1;
        while (end < sql.length() && wordPart(sql.charAt(end)) && sql.charAt(end) != '$') {
            end++;
        }
        if (end >= sql.length()
                || sql.charAt(end) != '$'
                || (end > start + 1 && !wordStart(sql.charAt(start + 1)))) {
            at = Math.max(end, start + 1);
            add(Kind.SIGN, sql.substring(start, at), start, at);
            return;
        }
        var tag = sql.substring(start, end + 1);
        int close = sql.indexOf(tag, end + 1);
        at = close < 0 ? sql.length() : close + tag.length();
        add(
                close < 0 ? Kind.UNCLOSED : Kind.STRING,
                close < 0 ? tag : sql.substring(end + 1, close),
                start,
                at);
    }

    private void number() {
        int start = at;
        while (at < sql.length() && (wordPart(sql.charAt(at)) || sql.charAt(at) == '.')) {
            at++;
        }
        add(Kind.NUMBER, sql.substring(start, at), start, at);
    }

    private void word() {
        int start = at;
        while (at < sql.length() && wordPart(sql.charAt(at))) {
            at++;
        }
        var word = sql.substring(start, at);
        var lower = fold(word);
        if (at < sql.length() && sql.charAt(at) == '\'') {
            if (lower.equals("e") || lower.equals("b") || lower.equals("x") || lower.equals("n")) {
                string(start, at, lower.equals("e"));
                return;
            }
        }
        if (lower.equals("u") && (looking("&'") || looking("&\""))) {
            if (looking("&'")) {
                string(start, at + 1, false);
            } else {
                quoted(start, at + 1);
            }
            return;
        }
        add(Kind.WORD, lower, start, at);
    }

    /// PostgreSQL folds only ASCII for certain; Java would also turn a Kelvin sign into a k.
    private static String fold(String word) {
        var folded = new StringBuilder(word);
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return folded.toString();
    }

    private static boolean wordStart(char c) {
        return c == '_'
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= 0x80 && !Character.isWhitespace(c));
    }

    private static boolean wordPart(char c) {
        return wordStart(c) || c == '$' || (c >= '0' && c <= '9');
    }

    private void add(Kind kind, String text, int start, int end) {
        tokens.add(new SqlToken(kind, text, start, end));
    }
}
