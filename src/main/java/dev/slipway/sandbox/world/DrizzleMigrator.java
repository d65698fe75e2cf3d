package dev.slipway.sandbox.world;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Runs migrations the way `drizzle-kit migrate` does, its faults included: what is older than the
/// newest row is skipped silently in the first layout, all pending files share one transaction,
/// nothing is locked.
public final class DrizzleMigrator {
    private DrizzleMigrator() {}

    /// What a run did.
    ///
    /// @param applied names in order; empty after a failure, because everything was rolled back
    /// @param failure what stopped it
    public record Outcome(List<String> applied, Optional<Stop> failure) {}

    /// Where a run stopped.
    ///
    /// @param statement counted from one within its file
    public record Stop(String migration, int statement, String sqlState, String message) {
        /// As an exception that names the place.
        SQLException exception() {
            return new SQLException(
                    migration + ", statement " + statement + ": " + message, sqlState);
        }
    }

    /// Runs what is pending.
    ///
    /// @param connection in autocommit mode, as the owner of the database
    /// @throws SQLException when the bookkeeping itself cannot be read or written
    public static Outcome run(Connection connection, DrizzleFolder folder) throws SQLException {
        if (!folder.missing().isEmpty()) {
            var name = folder.missing().getFirst();
            var file = folder.path() + "/" + name + ".sql";
            return new Outcome(
                    List.of(),
                    Optional.of(
                            new Stop(
                                    name,
                                    0,
                                    "",
                                    "No file " + file + " found in " + folder.path() + " folder")));
        }
        return runWhatIsThere(connection, folder);
    }

    /// The same for a folder whose missing files count as empty ones.
    static Outcome runWhatIsThere(Connection connection, DrizzleFolder folder) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            var dated = folder.layout() == DrizzleFolder.Layout.DATED;
            createLedger(statement, dated);
            var pending = dated ? unnamed(statement, folder) : newer(statement, folder);
            connection.setAutoCommit(false);
            try {
                var stop = apply(connection, statement, pending, dated);
                if (stop.isPresent()) {
                    connection.rollback();
                    return new Outcome(List.of(), stop);
                }
                connection.commit();
                return new Outcome(
                        pending.stream().map(DrizzleMigration::name).toList(), Optional.empty());
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    /// Runs every migration on an empty database and records it, leaving out the statements that do
    /// not run: what a history looks like that somebody helped along by hand.
    ///
    /// @return the statements that were left out
    static List<Stop> runDespite(Connection connection, DrizzleFolder folder) throws SQLException {
        var dated = folder.layout() == DrizzleFolder.Layout.DATED;
        var left = new ArrayList<Stop>();
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            createLedger(statement, dated);
            connection.setAutoCommit(false);
            try {
                for (var migration : folder.migrations()) {
                    int number = 0;
                    for (var sql : migration.statements()) {
                        number++;
                        var before = connection.setSavepoint();
                        try {
                            statement.execute(sql);
                            connection.releaseSavepoint(before);
                        } catch (SQLException e) {
                            connection.rollback(before);
                            left.add(stop(migration, number, e));
                        }
                    }
                    record(connection, migration, dated);
                }
                connection.commit();
            } finally {
                connection.setAutoCommit(true);
            }
        }
        return left;
    }

    /// Runs every migration inside the transaction that is open, without a ledger.
    static Optional<Stop> applyAll(Connection connection, List<DrizzleMigration> migrations)
            throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (var migration : migrations) {
                var stop = apply(statement, migration);
                if (stop.isPresent()) {
                    return stop;
                }
            }
            return Optional.empty();
        }
    }

    private static Optional<Stop> apply(
            Connection connection,
            Statement statement,
            List<DrizzleMigration> pending,
            boolean dated)
            throws SQLException {
        for (var migration : pending) {
            var stop = apply(statement, migration);
            if (stop.isPresent()) {
                return stop;
            }
            record(connection, migration, dated);
        }
        return Optional.empty();
    }

    private static Optional<Stop> apply(Statement statement, DrizzleMigration migration) {
        int number = 0;
        for (var sql : migration.statements()) {
            number++;
            try {
                statement.execute(sql);
            } catch (SQLException e) {
                return Optional.of(stop(migration, number, e));
            }
        }
        return Optional.empty();
    }

    private static Stop stop(DrizzleMigration migration, int number, SQLException e) {
        return new Stop(
                migration.name(),
                number,
                String.valueOf(e.getSQLState()),
                String.valueOf(e.getMessage()));
    }

    private static void createLedger(Statement statement, boolean dated) throws SQLException {
        statement.execute("create schema if not exists \"drizzle\"");
        statement.execute(
                "create table if not exists \"drizzle\".\"__drizzle_migrations\""
                        + " (id serial primary key, hash text not null, created_at bigint"
                        + (dated ? ", name text, applied_at timestamptz default now())" : ")"));
    }

    private static List<DrizzleMigration> newer(Statement statement, DrizzleFolder folder)
            throws SQLException {
        var newest = OptionalLong.empty();
        try (var rows =
                statement.executeQuery(
                        "select created_at from \"drizzle\".\"__drizzle_migrations\""
                                + " order by created_at desc limit 1")) {
            if (rows.next()) {
                newest = OptionalLong.of(rows.getLong(1));
            }
        }
        var last = newest;
        return folder.migrations().stream()
                .filter(m -> last.isEmpty() || last.getAsLong() < m.when())
                .toList();
    }

    private static List<DrizzleMigration> unnamed(Statement statement, DrizzleFolder folder)
            throws SQLException {
        Set<String> names = new HashSet<>();
        try (var rows =
                statement.executeQuery("select name from \"drizzle\".\"__drizzle_migrations\"")) {
            while (rows.next()) {
                names.add(String.valueOf(rows.getString(1)));
            }
        }
        return folder.migrations().stream().filter(m -> !names.contains(m.name())).toList();
    }

    private static void record(Connection connection, DrizzleMigration migration, boolean dated)
            throws SQLException {
        var sql =
                "insert into \"drizzle\".\"__drizzle_migrations\" (hash, created_at"
                        + (dated ? ", name) values (?, ?, ?)" : ") values (?, ?)");
        try (var insert = connection.prepareStatement(sql)) {
            insert.setString(1, migration.hash());
            insert.setLong(2, migration.when());
            if (dated) {
                insert.setString(3, migration.name());
            }
            insert.executeUpdate();
        }
    }
}
