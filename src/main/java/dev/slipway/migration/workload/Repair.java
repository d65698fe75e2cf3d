package dev.slipway.migration.workload;

import dev.slipway.migration.SqlLexer;
import dev.slipway.migration.SqlToken;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Makes statements parse again that stopped to when the server replaced their literals. Each repair
/// leaves the statement's meaning to the planner as it was.
final class Repair {
    private static final Set<String> TYPES =
            Set.of("interval", "date", "timestamp", "timestamptz", "time", "timetz");
    private static final Pattern UNDETERMINED =
            Pattern.compile("could not determine data type of parameter \\$(\\d+)");

    private Repair() {}

    /// Another text to try after `sql` failed with `state`; empty when none is known.
    static Optional<String> of(String sql, String state) {
        return switch (state) {
            case "42601" -> changed(sql, extract(literals(sql)));
            case "42803" -> changed(sql, grouped(sql));
            default -> Optional.empty();
        };
    }

    /// The parameter whose type the server asks for in the message of a 42P18.
    static OptionalInt undetermined(String message) {
        var matcher = UNDETERMINED.matcher(message);
        return matcher.find()
                ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
                : OptionalInt.empty();
    }

    private static Optional<String> changed(String before, String after) {
        return before.equals(after) ? Optional.empty() : Optional.of(after);
    }

    /// `interval $1` is no SQL, `$1::interval` is.
    private static String literals(String sql) {
        var tokens = SqlLexer.tokens(sql);
        var edits = new TreeMap<Integer, Edit>(Collections.reverseOrder());
        for (int i = 0; i + 1 < tokens.size(); i++) {
            var type = tokens.get(i);
            var parameter = tokens.get(i + 1);
            if (TYPES.stream().anyMatch(type::is) && parameter(parameter)) {
                edits.put(
                        type.start(),
                        new Edit(
                                type.start(),
                                parameter.end(),
                                parameter.text() + "::" + type.text()));
            }
        }
        return apply(sql, edits.values());
    }

    /// `extract($1 from x)` is no SQL, `date_part($1, x)` is.
    private static String extract(String sql) {
        var tokens = SqlLexer.tokens(sql);
        var edits = new TreeMap<Integer, Edit>(Collections.reverseOrder());
        for (int i = 0; i + 3 < tokens.size(); i++) {
            if (tokens.get(i).is("extract")
                    && tokens.get(i + 1).sign('(')
                    && parameter(tokens.get(i + 2))
                    && tokens.get(i + 3).is("from")) {
                edits.put(
                        tokens.get(i).start(),
                        new Edit(tokens.get(i).start(), tokens.get(i).end(), "date_part"));
                edits.put(
                        tokens.get(i + 3).start(),
                        new Edit(tokens.get(i + 3).start(), tokens.get(i + 3).end(), ","));
            }
        }
        return apply(sql, edits.values());
    }

    /// The server replaces the literal of `date_trunc('day', c)` in the list of columns and not in GROUP
    /// BY, which makes two expressions of one. A parameter gets the literal that stands in the same
    /// place of the same call elsewhere.
    private static String grouped(String sql) {
        var tokens = SqlLexer.tokens(sql);
        var edits = new TreeMap<Integer, Edit>(Collections.reverseOrder());
        for (int i = 2; i < tokens.size(); i++) {
            if (parameter(tokens.get(i))) {
                int at = i;
                literalLike(tokens, i)
                        .ifPresent(literal ->
                                edits.put(
                                        tokens.get(at).start(),
                                        new Edit(
                                                tokens.get(at).start(),
                                                tokens.get(at).end(),
                                                sql.substring(literal.start(), literal.end()))));
            }
        }
        return apply(sql, edits.values());
    }

    private static Optional<SqlToken> literalLike(List<SqlToken> tokens, int at) {
        for (int j = 2; j < tokens.size(); j++) {
            var kind = tokens.get(j).kind();
            if (j != at
                    && (kind == SqlToken.Kind.STRING || kind == SqlToken.Kind.NUMBER)
                    && sameAround(tokens, at, j)) {
                return Optional.of(tokens.get(j));
            }
        }
        return Optional.empty();
    }

    /// The same two words before, and the same ones behind up to the closing parenthesis.
    private static boolean sameAround(List<SqlToken> tokens, int one, int other) {
        if (!same(tokens.get(one - 1), tokens.get(other - 1))
                || !same(tokens.get(one - 2), tokens.get(other - 2))) {
            return false;
        }
        int depth = 0;
        for (int k = 1; one + k < tokens.size() && other + k < tokens.size(); k++) {
            var a = tokens.get(one + k);
            var b = tokens.get(other + k);
            if (!same(a, b)) {
                return false;
            }
            if (a.sign('(')) {
                depth++;
            } else if (a.sign(')') && depth-- == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(SqlToken a, SqlToken b) {
        return a.kind() == b.kind() && a.text().equals(b.text());
    }

    /// Whether it is `$` and a number.
    static boolean parameter(SqlToken token) {
        return token.kind() == SqlToken.Kind.SIGN
                && token.text().length() > 1
                && token.text().charAt(0) == '$'
                && token.text().chars().skip(1).allMatch(Character::isDigit);
    }

    /// How many parameters `sql` has: the greatest number.
    static int parameters(String sql) {
        return SqlLexer.tokens(sql).stream()
                .filter(Repair::parameter)
                .mapToInt(token -> Integer.parseInt(token.text().substring(1)))
                .max()
                .orElse(0);
    }

    private record Edit(int start, int end, String text) {}

    /// Edits come last place first.
    private static String apply(String sql, Iterable<Edit> edits) {
        var text = new StringBuilder(sql);
        var all = new ArrayList<Edit>();
        edits.forEach(all::add);
        all.forEach(edit -> text.replace(edit.start(), edit.end(), edit.text()));
        return text.toString();
    }
}
