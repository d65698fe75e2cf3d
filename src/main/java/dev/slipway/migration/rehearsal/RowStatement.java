package dev.slipway.migration.rehearsal;

import dev.slipway.migration.SqlLexer;
import dev.slipway.migration.SqlToken;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A statement that is written to change or remove rows. When it found none on the branch, production
/// may have some by the time it runs there; that cannot be measured.
///
/// @param verb as it is written
/// @param table without its schema
/// @param columns what an UPDATE sets; empty for the others, and where it sets several at once
record RowStatement(String verb, String table, Set<String> columns) {
    private static final Set<String> VERBS = Set.of("update", "delete", "truncate", "merge");
    private static final Set<String> BETWEEN = Set.of("only", "from", "into", "table");

    /// What `sql` is, when it is one. One that hides in WITH or in a block is not seen.
    static Optional<RowStatement> of(String sql) {
        var tokens = SqlLexer.tokens(sql);
        if (tokens.isEmpty() || VERBS.stream().noneMatch(tokens.getFirst()::is)) {
            return Optional.empty();
        }
        int at = 1;
        while (at < tokens.size() && BETWEEN.stream().anyMatch(tokens.get(at)::is)) {
            at++;
        }
        return name(tokens, at)
                .map(table ->
                        new RowStatement(
                                tokens.getFirst().text().toUpperCase(Locale.ROOT),
                                table,
                                tokens.getFirst().is("update") ? set(tokens) : Set.of()));
    }

    /// The columns between SET and what follows it, each before its `=`.
    private static Set<String> set(List<SqlToken> tokens) {
        var columns = new LinkedHashSet<String>();
        int depth = 0;
        boolean begun = false;
        for (int i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            if (token.sign('(')) {
                depth++;
            } else if (token.sign(')')) {
                depth--;
            } else if (depth == 0 && (token.is("set") || (begun && token.sign(',')))) {
                begun = true;
                // Several at once begin with a parenthesis: which ones is not looked into.
                if (i + 1 >= tokens.size() || !tokens.get(i + 1).identifier()) {
                    return Set.of();
                }
                columns.add(tokens.get(i + 1).text());
            } else if (depth == 0
                    && begun
                    && (token.is("from") || token.is("where") || token.is("returning"))) {
                break;
            }
        }
        return columns;
    }

    private static Optional<String> name(List<SqlToken> tokens, int at) {
        if (at >= tokens.size() || !tokens.get(at).identifier()) {
            return Optional.empty();
        }
        return at + 2 < tokens.size() && tokens.get(at + 1).sign('.')
                ? Optional.of(tokens.get(at + 2).text())
                : Optional.of(tokens.get(at).text());
    }
}
