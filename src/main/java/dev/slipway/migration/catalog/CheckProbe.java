package dev.slipway.migration.catalog;

import dev.slipway.migration.catalog.CatalogObject.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/// Asks the server what a new CHECK says to the rows of code that does not know the columns it is about.
/// In them these columns hold what they have by themselves: nothing, or a constant.
public final class CheckProbe {
    /// The attribute of a CHECK that such rows meet.
    static final String MET = "met";

    /// The CHECK over its columns as they are by themselves; no row when one of them is computed. The
    /// tree of a constant is one of literals, conversions and functions that always give the same.
    private static final String QUESTION =
            """
            select format('select coalesce((%s), true) from (select %s) as untold',
                pg_get_expr(k.conbin, k.conrelid),
                string_agg(format('cast(%s as %s) as %I', coalesce(pg_get_expr(d.adbin, d.adrelid), 'null'),
                    format_type(a.atttypid, a.atttypmod), a.attname), ', '))
            from pg_constraint k
            join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where k.oid = ?
            group by k.conbin, k.conrelid
            having bool_and(a.attidentity = '' and a.attgenerated = '' and (d.adbin is null
                or not exists (select from regexp_matches(d.adbin::text, '{([A-Z]+)', 'g') node
                        where node[1] not in ('CONST', 'FUNCEXPR', 'RELABELTYPE', 'ARRAYEXPR'))
                    and not exists (select from regexp_matches(d.adbin::text, ':funcid (\\d+)', 'g') node
                        join pg_proc f on f.oid = node[1]::oid where f.provolatile <> 'i')))
            """;

    private CheckProbe() {}

    /// The catalog `after` with what was learned about its new CHECKs.
    ///
    /// @param connection on a branch that may be thrown away: a CHECK may call any function. A
    ///     transaction that is open there goes on
    /// @param live the catalog of the code that is live
    public static Catalog ask(Connection connection, Catalog live, Catalog after)
            throws SQLException {
        var unwritten = new Unwritten(live, after);
        var learned = after;
        for (var check : after.objects().filter(object -> fresh(live, object)).toList()) {
            if (unwritten.untold(check) && met(connection, check)) {
                learned = learned.with(check.with(MET, "true"));
            }
        }
        return learned;
    }

    private static boolean fresh(Catalog live, CatalogObject object) {
        return object.kind() == Kind.CONSTRAINT
                && object.get("type").equals("c")
                && !live.has(object.key())
                && object.parent().filter(live::has).isPresent();
    }

    /// Whether it is met for certain; one that fails to be computed is not.
    private static boolean met(Connection connection, CatalogObject check) throws SQLException {
        var question = question(connection, check.key().oid());
        if (question.isEmpty()) {
            return false;
        }
        var point = connection.getAutoCommit() ? null : connection.setSavepoint();
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (var row = statement.executeQuery(question.get())) {
                return row.next() && row.getBoolean(1);
            }
        } catch (SQLException e) {
            return false;
        } finally {
            if (point != null) {
                connection.rollback(point);
            }
        }
    }

    private static Optional<String> question(Connection connection, long check)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUESTION)) {
            statement.setLong(1, check);
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }
}
