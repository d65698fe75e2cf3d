package dev.slipway.sandbox.world;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What code that was generated from a schema sends to its database. Drizzle names every column in
/// each select and each insert, so code that does not fit a schema fails on its first request; the
/// statements here do the same.
///
/// @param selects one for each table
/// @param inserts one for each table that takes made-up values, tables that are pointed to first;
///     meant for a transaction that is rolled back
public record DrizzleStatements(List<String> selects, List<String> inserts) {
    public DrizzleStatements {
        selects = List.copyOf(selects);
        inserts = List.copyOf(inserts);
    }

    /// What came of a try.
    ///
    /// @param statements empty lists when the migrations stopped
    record Attempt(Optional<DrizzleMigrator.Stop> stop, DrizzleStatements statements) {}

    /// The statements of code that was written against today's schema plus `migrations`.
    ///
    /// @param connection in autocommit mode
    /// @throws SQLException when the migrations do not run, with what Postgres said
    public static DrizzleStatements derive(Connection connection, List<DrizzleMigration> migrations)
            throws SQLException {
        var attempt = attempt(connection, migrations);
        if (attempt.stop().isPresent()) {
            throw attempt.stop().get().exception();
        }
        return attempt.statements();
    }

    /// Runs migrations and reads the schema in one transaction that is rolled back. An insert that
    /// does not even work on its own schema (a check or a trigger refuses made-up values, say) is
    /// left out.
    static Attempt attempt(Connection connection, List<DrizzleMigration> migrations)
            throws SQLException {
        connection.setAutoCommit(false);
        try {
            var stop = DrizzleMigrator.applyAll(connection, migrations);
            if (stop.isPresent()) {
                return new Attempt(stop, new DrizzleStatements(List.of(), List.of()));
            }
            var tables = DrizzleTable.in(connection);
            var inserts = new ArrayList<String>();
            for (var table : tables) {
                var insert = insert(table);
                if (works(connection, insert)) {
                    inserts.add(insert);
                }
            }
            return new Attempt(
                    stop,
                    new DrizzleStatements(
                            tables.stream().map(DrizzleStatements::select).toList(), inserts));
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    static String select(DrizzleTable table) {
        return "select " + names(table.columns()) + " from " + table.name() + " limit 1";
    }

    static String insert(DrizzleTable table) {
        var columns = table.columns().stream().filter(c -> !c.generated()).toList();
        if (columns.isEmpty()) {
            return "insert into " + table.name() + " default values";
        }
        var values =
                columns.stream()
                        .map(c -> c.omittable() ? "default" : c.value())
                        .collect(Collectors.joining(", "));
        return "insert into " + table.name() + " (" + names(columns) + ") values (" + values + ")";
    }

    private static String names(List<DrizzleTable.Column> columns) {
        return columns.stream()
                .map(c -> DrizzleTable.quote(c.name()))
                .collect(Collectors.joining(", "));
    }

    /// Keeps the row for the inserts after it, which may point to it.
    private static boolean works(Connection connection, String sql) throws SQLException {
        var before = connection.setSavepoint();
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
            connection.releaseSavepoint(before);
            return true;
        } catch (SQLException e) {
            connection.rollback(before);
            return false;
        }
    }
}
