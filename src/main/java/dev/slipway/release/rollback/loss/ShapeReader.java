package dev.slipway.release.rollback.loss;

import dev.slipway.migration.LedgerTable;
import dev.slipway.postgres.Fence;
import dev.slipway.postgres.Postgres;
import dev.slipway.release.rollback.loss.TableShape.Column;
import dev.slipway.release.rollback.loss.TableShape.Unique;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads what tables an application has: not the system's, not what extensions brought, not Drizzle's
/// ledger, not Slipway's own. A partitioned table is one table.
final class ShapeReader {
    /// $1 and $2 name the ledger, $3 the schema of Slipway.
    private static final String TABLES =
            """
            with %s application as (
                select c.oid, n.nspname, c.relname, c.relkind, c.relpersistence
                from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind in ('r', 'p', 'f') and not c.relispartition
                    and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                    and not (n.nspname = ? and c.relname = ?) and n.nspname <> ?
                    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass
                        and d.objid = c.oid and d.deptype = 'e'))
            """
                    .formatted(Postgres.MARK);

    private static final String NAMES =
            TABLES
                    + """
                    select oid::bigint, nspname, relname, relkind, relpersistence = 'u',
                        has_table_privilege(oid, 'SELECT'),
                        case relkind when 'f' then 0 when 'p' then
                            (select coalesce(sum(pg_table_size(p.relid)), 0) from pg_partition_tree(oid) p)
                            else pg_table_size(oid) end
                    from application order by nspname, relname\
                    """;
    private static final String COLUMNS =
            TABLES
                    + """
                    select a.attrelid::bigint, a.attname, format_type(a.atttypid, a.atttypmod),
                        format_type(case t.typtype when 'd' then t.typbasetype else t.oid end, null),
                        a.attgenerated <> '', a.attidentity = 'a'
                    from application join pg_attribute a on a.attrelid = application.oid
                    join pg_type t on t.oid = a.atttypid
                    where a.attnum > 0 and not a.attisdropped order by a.attrelid, a.attnum\
                    """;
    private static final String UNIQUES =
            TABLES
                    + """
                    select i.indrelid::bigint, array(select a.attname::text
                        from unnest(i.indkey::int2[]) with ordinality k(attnum, place)
                        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
                        where k.place <= i.indnkeyatts order by k.place),
                        not exists (select from unnest(i.indkey::int2[]) with ordinality k(attnum, place)
                            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
                            where k.place <= i.indnkeyatts and not a.attnotnull)
                    from application join pg_index i on i.indrelid = application.oid
                    where i.indisunique and i.indisvalid and i.indisready
                        and i.indpred is null and i.indexprs is null
                    order by i.indrelid, i.indisprimary desc, i.indnkeyatts, i.indexrelid\
                    """;

    private ShapeReader() {}

    /// The tables `connection` sees, by name.
    ///
    /// @throws SQLException as the server said
    static List<TableShape> read(Connection connection, LedgerTable ledger) throws SQLException {
        var columns = columns(connection, ledger);
        var uniques = uniques(connection, ledger);
        try (var statement = prepare(connection, NAMES, ledger);
                var rows = statement.executeQuery()) {
            var shapes = new ArrayList<TableShape>();
            while (rows.next()) {
                long id = rows.getLong(1);
                shapes.add(
                        new TableShape(
                                id,
                                new TableName(rows.getString(2), rows.getString(3)),
                                rows.getString(4).charAt(0),
                                rows.getBoolean(5),
                                rows.getBoolean(6),
                                rows.getLong(7),
                                columns.getOrDefault(id, List.of()),
                                uniques.getOrDefault(id, List.of())));
            }
            return shapes;
        }
    }

    private static Map<Long, List<Column>> columns(Connection connection, LedgerTable ledger)
            throws SQLException {
        try (var statement = prepare(connection, COLUMNS, ledger);
                var rows = statement.executeQuery()) {
            var columns = new HashMap<Long, List<Column>>();
            while (rows.next()) {
                columns.computeIfAbsent(rows.getLong(1), _ -> new ArrayList<>())
                        .add(
                                new Column(
                                        rows.getString(2),
                                        rows.getString(3),
                                        rows.getString(4),
                                        rows.getBoolean(5),
                                        rows.getBoolean(6)));
            }
            return columns;
        }
    }

    private static Map<Long, List<Unique>> uniques(Connection connection, LedgerTable ledger)
            throws SQLException {
        try (var statement = prepare(connection, UNIQUES, ledger);
                var rows = statement.executeQuery()) {
            var uniques = new HashMap<Long, List<Unique>>();
            while (rows.next()) {
                uniques.computeIfAbsent(rows.getLong(1), _ -> new ArrayList<>())
                        .add(
                                new Unique(
                                        List.of((String[]) rows.getArray(2).getArray()),
                                        rows.getBoolean(3)));
            }
            return uniques;
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, LedgerTable ledger)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        statement.setString(1, ledger.schema());
        statement.setString(2, ledger.table());
        statement.setString(3, Fence.SCHEMA);
        return statement;
    }
}
