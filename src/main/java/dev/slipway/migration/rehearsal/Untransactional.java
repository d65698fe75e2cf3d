package dev.slipway.migration.rehearsal;

import dev.slipway.migration.Migration;
import dev.slipway.migration.SqlLexer;
import dev.slipway.migration.SqlToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// A statement that cannot run in the one transaction in which Drizzle runs everything pending.
///
/// @param number its number in the migration, from one
/// @param reason why; a whole sentence
public record Untransactional(String tag, int number, String sql, String reason) {
    /// Those among `pending`, in order.
    public static List<Untransactional> in(List<Migration> pending) {
        var found = new ArrayList<Untransactional>();
        var labels = new HashMap<String, String>();
        var made = new HashSet<String>();
        for (var migration : pending) {
            int number = 0;
            for (var statement : migration.statements()) {
                number++;
                var tokens = SqlLexer.tokens(statement.sql());
                var at = number;
                reason(tokens)
                        .ifPresent(reason ->
                                found.add(
                                        new Untransactional(
                                                migration.tag(), at, statement.sql(), reason)));
                typeOf(tokens, "create").ifPresent(made::add);
                // A type of the same run takes new labels at once.
                var added =
                        typeOf(tokens, "alter").filter(made::contains).isPresent()
                                ? Optional.<String>empty()
                                : addedLabel(tokens);
                if (added.isPresent()) {
                    labels.put(added.get(), migration.tag());
                } else {
                    tokens.stream()
                            .filter(token -> token.kind() == SqlToken.Kind.STRING)
                            .map(SqlToken::text)
                            .filter(labels::containsKey)
                            .findFirst()
                            .ifPresent(label ->
                                    found.add(
                                            new Untransactional(
                                                    migration.tag(),
                                                    at,
                                                    statement.sql(),
                                                    "It uses the label '"
                                                            + label
                                                            + "', which "
                                                            + labels.get(label)
                                                            + " adds in the same run; PostgreSQL wants that"
                                                            + " committed first (55P04).")));
                }
            }
        }
        return found;
    }

    private static Optional<String> reason(List<SqlToken> tokens) {
        var words = tokens.stream().limit(4).toList();
        var first = words.getFirst();
        if (tokens.stream().anyMatch(token -> token.is("concurrently")) && !first.is("refresh")) {
            return Optional.of("CONCURRENTLY does not run inside a transaction (25001).");
        }
        if (first.is("vacuum")) {
            return Optional.of("VACUUM does not run inside a transaction (25001).");
        }
        if ((first.is("create") || first.is("drop") || first.is("alter"))
                && words.size() > 1
                && ((words.get(1).is("database") && !first.is("alter"))
                        || words.get(1).is("system")
                        || words.get(1).is("tablespace"))) {
            return Optional.of("It does not run inside a transaction (25001).");
        }
        return Optional.empty();
    }

    /// The name of the type a statement makes or changes, without its schema.
    private static Optional<String> typeOf(List<SqlToken> tokens, String verb) {
        if (!tokens.getFirst().is(verb) || tokens.size() < 4 || !tokens.get(1).is("type")) {
            return Optional.empty();
        }
        return Optional.of(tokens.get(tokens.get(3).sign('.') && tokens.size() > 4 ? 4 : 2).text());
    }

    /// The label of an `alter type … add value`, which renames and drops are not.
    private static Optional<String> addedLabel(List<SqlToken> tokens) {
        if (!tokens.getFirst().is("alter") || tokens.size() < 5 || !tokens.get(1).is("type")) {
            return Optional.empty();
        }
        for (int i = 2; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).is("add") && tokens.get(i + 1).is("value")) {
                return tokens.stream()
                        .skip(i)
                        .filter(token -> token.kind() == SqlToken.Kind.STRING)
                        .map(SqlToken::text)
                        .findFirst();
            }
        }
        return Optional.empty();
    }
}
