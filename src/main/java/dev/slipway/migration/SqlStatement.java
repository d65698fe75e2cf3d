package dev.slipway.migration;

import java.util.ArrayList;
import java.util.List;

/// One SQL statement of a text.
public final class SqlStatement {
    private final String sql;
    private final List<SqlToken> tokens;

    private SqlStatement(String sql, List<SqlToken> tokens) {
        this.sql = sql;
        this.tokens = List.copyOf(tokens);
    }

    /// Cuts `text` at its semicolons. Those inside literals, comments, parentheses and the bodies of
    /// SQL-standard functions (`BEGIN ATOMIC … END`) do not count. A text that holds nothing but
    /// comments has no statement.
    public static List<SqlStatement> split(String text) {
        var statements = new ArrayList<SqlStatement>();
        var current = new ArrayList<SqlToken>();
        int depth = 0;
        int atomic = 0;
        for (var token : SqlLexer.tokens(text)) {
            if (token.sign('(')) {
                depth++;
            } else if (token.sign(')')) {
                depth--;
            } else if (routine(current) || atomic > 0) {
                if (token.is("atomic") && !current.isEmpty() && current.getLast().is("begin")) {
                    atomic++;
                } else if (atomic > 0 && token.is("case")) {
                    atomic++;
                } else if (atomic > 0 && token.is("end")) {
                    atomic--;
                }
            }
            if (token.sign(';') && depth <= 0 && atomic == 0) {
                close(text, current, statements);
                depth = 0;
            } else {
                current.add(token);
            }
        }
        close(text, current, statements);
        return statements;
    }

    private static boolean routine(List<SqlToken> tokens) {
        return tokens.size() > 1
                && tokens.getFirst().is("create")
                && tokens.stream()
                        .limit(4)
                        .anyMatch(token -> token.is("function") || token.is("procedure"));
    }

    private static void close(String text, List<SqlToken> tokens, List<SqlStatement> statements) {
        if (!tokens.isEmpty()) {
            statements.add(
                    new SqlStatement(
                            text.substring(tokens.getFirst().start(), tokens.getLast().end()),
                            tokens));
            tokens.clear();
        }
    }

    /// The text from its first to its last word, comments between them included.
    public String sql() {
        return sql;
    }

    List<SqlToken> tokens() {
        return tokens;
    }

    @Override
    public String toString() {
        return sql;
    }
}
