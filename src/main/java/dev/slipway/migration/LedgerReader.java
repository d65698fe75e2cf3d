package dev.slipway.migration;

import dev.slipway.domain.FailureException;
import dev.slipway.postgres.Fence;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads Drizzle's ledger of either generation. Reading creates nothing.
public final class LedgerReader {
    private LedgerReader() {}

    /// Reads `table` over `connection`.
    ///
    /// @throws FailureException when the server does not answer or does not let us
    public static Ledger read(Connection connection, LedgerTable table) {
        try {
            return readOrThrow(connection, table);
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, PostgresFailure.During.READING);
        }
    }

    static Ledger readOrThrow(Connection connection, LedgerTable table) throws SQLException {
        var columns = columns(connection, table);
        if (columns.isEmpty()) {
            return new Ledger(Ledger.Shape.ABSENT, List.of(), empty(connection));
        }
        if (!columns.containsAll(Set.of("id", "hash", "created_at"))) {
            throw new FailureException(
                    new dev.slipway.domain.Failure.BadAnswer(
                            dev.slipway.domain.Provider.POSTGRES,
                            table.quoted() + " is not a ledger of Drizzle: it has " + columns));
        }
        boolean named = columns.contains("name");
        return new Ledger(
                named ? Ledger.Shape.NAMED : Ledger.Shape.JOURNAL,
                rows(connection, table, named),
                false);
    }

    private static Set<String> columns(Connection connection, LedgerTable table)
            throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "select "
                                + Postgres.MARK
                                + " a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid"
                                + " join pg_namespace n on n.oid = c.relnamespace where n.nspname = ?"
                                + " and c.relname = ? and c.relkind in ('r', 'p') and a.attnum > 0"
                                + " and not a.attisdropped")) {
            statement.setString(1, table.schema());
            statement.setString(2, table.table());
            try (var rows = statement.executeQuery()) {
                var columns = new HashSet<String>();
                while (rows.next()) {
                    columns.add(rows.getString(1));
                }
                return columns;
            }
        }
    }

    private static List<Ledger.Row> rows(Connection connection, LedgerTable table, boolean named)
            throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select "
                                        + Postgres.MARK
                                        + " id, hash, created_at, "
                                        + (named ? "name" : "null::text")
                                        + " from "
                                        + table.quoted()
                                        + " order by id")) {
            var read = new ArrayList<Ledger.Row>();
            while (rows.next()) {
                long createdAt = rows.getLong(3);
                var when = rows.wasNull() ? Optional.<Long>empty() : Optional.of(createdAt);
                read.add(
                        new Ledger.Row(
                                rows.getLong(1),
                                rows.getString(2),
                                when,
                                Optional.ofNullable(rows.getString(4))));
            }
            return read;
        }
    }

    /// Whether there is no table but the fence's and those of extensions.
    private static boolean empty(Connection connection) throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "select "
                                + Postgres.MARK
                                + " not exists (select from pg_class c join pg_namespace n on n.oid ="
                                + " c.relnamespace where c.relkind in ('r', 'p') and n.nspname not in"
                                + " ('pg_catalog', 'information_schema', ?) and n.nspname not like"
                                + " 'pg\\_%' and not exists (select from pg_depend d where d.classid ="
                                + " 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'))")) {
            statement.setString(1, Fence.SCHEMA);
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }
}
