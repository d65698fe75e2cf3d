package dev.slipway.release.rollback.loss;

import dev.slipway.postgres.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Lets the sequences of a table go on behind the rows that came back: a restore set them back too. What
/// a sequence gives is not taken back with a transaction; going on further than needed harms nobody.
final class Sequences {
    private static final String OWNED =
            "select "
                    + Postgres.MARK
                    + " a.attname, d.objid::bigint from pg_depend d join pg_attribute a"
                    + " on a.attrelid = d.refobjid and a.attnum = d.refobjsubid"
                    + " join pg_sequence q on q.seqrelid = d.objid and q.seqincrement > 0"
                    + " where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass"
                    + " and d.refobjid = ? and d.deptype in ('a', 'i')";

    private Sequences() {}

    private record Owned(String column, long sequence) {}

    /// Moves those of `table` on.
    static void advance(Connection target, TableShape table) throws SQLException {
        for (var each : owned(target, table)) {
            try (var statement = target.createStatement()) {
                statement.execute(
                        """
                        select %s setval(q.seqrelid::regclass, x.most)
                        from (select max(%s)::bigint as most from %s) x, pg_sequence q
                        where q.seqrelid = %d and x.most <= q.seqmax
                            and x.most > coalesce(pg_sequence_last_value(q.seqrelid), q.seqstart - 1)\
                        """
                                .formatted(
                                        Postgres.MARK,
                                        TableName.quote(each.column()),
                                        table.from(),
                                        each.sequence()));
            }
        }
    }

    private static List<Owned> owned(Connection target, TableShape table) throws SQLException {
        try (var statement = target.prepareStatement(OWNED)) {
            statement.setLong(1, table.id());
            try (var rows = statement.executeQuery()) {
                var owned = new ArrayList<Owned>();
                while (rows.next()) {
                    owned.add(new Owned(rows.getString(1), rows.getLong(2)));
                }
                return owned;
            }
        }
    }
}
