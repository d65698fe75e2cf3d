package dev.slipway.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Finds the SQL in a block of PL/pgSQL. It need not understand the flow: each statement that might
/// run is found, whatever condition stands before it.
final class PlpgsqlBlock {
    /// Behind these a statement begins.
    private static final Set<String> BEFORE = Set.of("begin", "then", "else", "loop", "in");

    private static final Set<String> STATEMENTS =
            Set.of(
                    "alter",
                    "create",
                    "drop",
                    "truncate",
                    "delete",
                    "update",
                    "insert",
                    "merge",
                    "with",
                    "select",
                    "perform",
                    "execute",
                    "call",
                    "copy",
                    "do",
                    "commit",
                    "rollback",
                    "vacuum",
                    "lock",
                    "grant",
                    "revoke",
                    "refresh",
                    "reindex",
                    "cluster",
                    "import",
                    "load",
                    "set",
                    "reset",
                    "comment",
                    "analyze");

    private PlpgsqlBlock() {}

    /// The tokens of each statement; none is empty.
    static List<List<SqlToken>> statements(String body) {
        var tokens = SqlLexer.tokens(body);
        var statements = new ArrayList<List<SqlToken>>();
        for (int i = 0; i < tokens.size(); i++) {
            if (begins(tokens, i)) {
                statements.add(tokens.subList(i, end(tokens, i)));
            } else if (tokens.get(i).is("execute") && !routine(tokens, i)) {
                // FOR … IN EXECUTE, RETURN QUERY EXECUTE, OPEN … FOR EXECUTE.
                statements.add(tokens.subList(i, end(tokens, i)));
            } else if (tokens.get(i).kind() == SqlToken.Kind.UNCLOSED) {
                statements.add(tokens.subList(i, i + 1));
            }
        }
        return statements;
    }

    /// `EXECUTE FUNCTION` belongs to a trigger.
    private static boolean routine(List<SqlToken> tokens, int i) {
        return i + 1 < tokens.size()
                && (tokens.get(i + 1).is("function") || tokens.get(i + 1).is("procedure"));
    }

    private static boolean begins(List<SqlToken> tokens, int i) {
        if (tokens.get(i).kind() != SqlToken.Kind.WORD
                || !STATEMENTS.contains(tokens.get(i).text())) {
            return false;
        }
        if (i == 0 || tokens.get(i - 1).sign(';') || tokens.get(i - 1).sign('>')) {
            return true;
        }
        var before = tokens.get(i - 1);
        return before.kind() == SqlToken.Kind.WORD && BEFORE.contains(before.text());
    }

    private static int end(List<SqlToken> tokens, int start) {
        int end = start;
        while (end < tokens.size() && !tokens.get(end).sign(';')) {
            end++;
        }
        return end;
    }
}
