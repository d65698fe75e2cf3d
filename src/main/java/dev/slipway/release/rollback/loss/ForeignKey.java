package dev.slipway.release.rollback.loss;

import dev.slipway.postgres.Postgres;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A foreign key.
///
/// @param child the table that refers
/// @param columns which of its columns, in the order of `referenced`
/// @param parent the table it refers to
/// @param deferrable whether it can be checked at the end of a transaction
record ForeignKey(
        String name,
        TableName child,
        List<String> columns,
        TableName parent,
        List<String> referenced,
        boolean deferrable) {
    private static final String READ =
            """
            select %s c.conname, cn.nspname, ct.relname, pn.nspname, pt.relname, c.condeferrable,
                array(select a.attname::text from unnest(c.conkey) with ordinality k(n, place)
                    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n order by k.place),
                array(select a.attname::text from unnest(c.confkey) with ordinality k(n, place)
                    join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.n order by k.place)
            from pg_constraint c
            join pg_class ct on ct.oid = c.conrelid join pg_namespace cn on cn.oid = ct.relnamespace
            join pg_class pt on pt.oid = c.confrelid join pg_namespace pn on pn.oid = pt.relnamespace
            where c.contype = 'f' and c.conparentid = 0 order by 2, 3, 1\
            """
                    .formatted(Postgres.MARK);

    ForeignKey {
        columns = List.copyOf(columns);
        referenced = List.copyOf(referenced);
    }

    /// All of the database.
    static List<ForeignKey> all(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(READ)) {
            var keys = new ArrayList<ForeignKey>();
            while (rows.next()) {
                keys.add(
                        new ForeignKey(
                                rows.getString(1),
                                new TableName(rows.getString(2), rows.getString(3)),
                                names(rows.getArray(7)),
                                new TableName(rows.getString(4), rows.getString(5)),
                                names(rows.getArray(8)),
                                rows.getBoolean(6)));
            }
            return keys;
        }
    }

    private static List<String> names(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
