package dev.slipway.migration;

import java.util.List;
import java.util.Optional;

/// Walks over the tokens of a statement.
final class SqlCursor {
    private static final SqlToken END = new SqlToken(SqlToken.Kind.SIGN, "\0", 0, 0);

    private final List<SqlToken> tokens;
    private int at;

    SqlCursor(List<SqlToken> tokens) {
        this.tokens = tokens;
    }

    boolean done() {
        return at >= tokens.size();
    }

    SqlToken peek() {
        return peek(0);
    }

    SqlToken peek(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : END;
    }

    SqlToken next() {
        var token = peek();
        at++;
        return token;
    }

    /// Steps over the keywords `words` when they all follow.
    boolean take(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).is(words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    /// Steps over one of `words`.
    boolean takeOne(String... words) {
        for (var word : words) {
            if (take(word)) {
                return true;
            }
        }
        return false;
    }

    boolean takeSign(char sign) {
        if (!peek().sign(sign)) {
            return false;
        }
        at++;
        return true;
    }

    /// A name with its schema, `a.b`; `public` is left out, so that both ways to write it are equal.
    Optional<String> name() {
        if (!peek().identifier()) {
            return Optional.empty();
        }
        var name = new StringBuilder(next().text());
        while (peek().sign('.') && peek(1).identifier()) {
            at++;
            name.append('.').append(next().text());
        }
        var text = name.toString();
        return Optional.of(text.startsWith("public.") ? text.substring(7) : text);
    }

    /// The tokens up to the next comma outside parentheses; steps over the comma.
    List<SqlToken> item() {
        int start = at;
        int depth = 0;
        while (!done()) {
            var token = peek();
            if (token.sign('(') || token.sign('[')) {
                depth++;
            } else if (token.sign(')') || token.sign(']')) {
                depth--;
            } else if (token.sign(',') && depth == 0) {
                break;
            }
            at++;
        }
        var item = tokens.subList(start, at);
        at++;
        return item;
    }

    /// What has not been walked over.
    List<SqlToken> rest() {
        return tokens.subList(Math.min(at, tokens.size()), tokens.size());
    }
}
