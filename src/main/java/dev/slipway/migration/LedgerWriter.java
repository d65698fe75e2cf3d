package dev.slipway.migration;

import java.sql.Connection;
import java.sql.SQLException;

/// Writes Drizzle's ledger with the very statements drizzle-orm sends (0.45 and 1.0).
final class LedgerWriter {
    private LedgerWriter() {}

    /// Creates schema and table; the connection is in autocommit, as drizzle-orm's is.
    static void create(Connection connection, Layout layout, LedgerTable table)
            throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + LedgerTable.quote(table.schema()));
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS "
                            + table.quoted()
                            + " (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint"
                            + switch (layout) {
                                case JOURNAL -> "";
                                case FOLDERS ->
                                        ", name text, applied_at timestamp with time zone DEFAULT"
                                                + " now()";
                            }
                            + ")");
        }
    }

    static void insert(Connection connection, Layout layout, LedgerTable table, Migration migration)
            throws SQLException {
        boolean named = layout == Layout.FOLDERS;
        try (var statement =
                connection.prepareStatement(
                        "insert into "
                                + table.quoted()
                                + (named
                                        ? " (\"hash\", \"created_at\", \"name\") values(?, ?, ?)"
                                        : " (\"hash\", \"created_at\") values(?, ?)"))) {
            statement.setString(1, migration.hash());
            statement.setLong(2, migration.when());
            if (named) {
                statement.setString(3, migration.tag());
            }
            statement.executeUpdate();
        }
    }
}
