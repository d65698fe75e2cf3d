package dev.slipway.migration.workload;

import dev.slipway.migration.SqlLexer;
import dev.slipway.migration.SqlToken;

/// Values in recorded statements. The server replaces them by `$1` and so on, except where its room ran
/// out between parsing a statement and counting it: then the text is kept as it was sent.
final class Literals {
    private Literals() {}

    /// `sql` without the values of its sender. One with a parameter was treated by the server, which
    /// leaves only what belongs to the statement, such as a unit in GROUP BY.
    static String without(String sql) {
        var tokens = SqlLexer.tokens(sql);
        if (tokens.stream().anyMatch(Repair::parameter)) {
            return sql;
        }
        var text = new StringBuilder();
        int from = 0;
        int number = 0;
        for (var token : tokens) {
            if (token.kind() == SqlToken.Kind.STRING || token.kind() == SqlToken.Kind.NUMBER) {
                text.append(sql, from, token.start()).append('$').append(++number);
                from = token.end();
            }
        }
        return text.append(sql, from, sql.length()).toString();
    }
}
