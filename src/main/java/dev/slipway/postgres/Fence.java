package dev.slipway.postgres;

import dev.slipway.domain.FailureException;
import dev.slipway.postgres.PostgresFailure.During;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/// A row in the database that says which holder of the production lock may change it. The schema
/// `slipway` holds nothing else and is left out of every comparison of schemas.
///
/// A migration reads the row FOR SHARE in its own transaction: who lost the lock without noticing is
/// refused, and who takes over waits until a running migration has ended.
public final class Fence {
    /// The schema of the fence.
    public static final String SCHEMA = "slipway";

    private Fence() {}

    /// Raises the fence of `environment` to `epoch`, making it when there is none. Waits for a running
    /// migration as long as the connection's `lock_timeout`. The connection must be in autocommit.
    ///
    /// @throws FailureException as Refused when a later holder has raised it further
    public static void raise(Connection connection, String environment, long epoch) {
        try {
            if (!exists(connection)) {
                create(connection);
            }
            try (var statement =
                    connection.prepareStatement(
                            "insert into slipway.fence as f (environment, epoch) values (?, ?)"
                                    + " on conflict (environment) do update set epoch ="
                                    + " excluded.epoch, raised_at = now()"
                                    + " where f.epoch <= excluded.epoch")) {
                statement.setString(1, environment);
                statement.setLong(2, epoch);
                if (statement.executeUpdate() == 0) {
                    throw passed(connection, environment, epoch);
                }
            }
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, During.CHANGING);
        }
    }

    /// The epoch of the fence of `environment`; empty when it was never raised. Reading makes nothing.
    ///
    /// @throws FailureException when the server does not answer
    public static OptionalLong read(Connection connection, String environment) {
        try {
            if (!exists(connection)) {
                return OptionalLong.empty();
            }
            try (var statement =
                    connection.prepareStatement(
                            "select epoch from slipway.fence where environment = ?")) {
                statement.setString(1, environment);
                try (var rows = statement.executeQuery()) {
                    return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
                }
            }
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, During.READING);
        }
    }

    /// Checks inside a transaction that `epoch` is the fence's, and keeps it so until the transaction
    /// ends.
    ///
    /// @throws FailureException as Refused when it is not
    /// @throws SQLException as the server said, so that the caller can roll back
    public static void check(Connection connection, String environment, long epoch)
            throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "select epoch from slipway.fence where environment = ? for share")) {
            statement.setString(1, environment);
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new FailureException(
                            PostgresFailure.refused(
                                    "fence",
                                    "the fence of "
                                            + environment
                                            + " is not raised; raise it"
                                            + " first"));
                }
                if (rows.getLong(1) != epoch) {
                    throw passed(connection, environment, epoch);
                }
            }
        }
    }

    private static boolean exists(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery("select to_regclass('slipway.fence') is not null")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /// Two holders may make it at once, and IF NOT EXISTS does not save the loser from an error.
    private static void create(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(hashtextextended('slipway:fence', 0))");
            statement.execute("create schema if not exists slipway");
            statement.execute(
                    "create table if not exists slipway.fence (environment text primary key,"
                            + " epoch bigint not null, raised_at timestamptz not null default now())");
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static FailureException passed(Connection connection, String environment, long epoch)
            throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "select epoch from slipway.fence where environment = ?")) {
            statement.setString(1, environment);
            try (var rows = statement.executeQuery()) {
                var now = rows.next() ? Long.toString(rows.getLong(1)) : "gone";
                return new FailureException(
                        PostgresFailure.refused(
                                "fence",
                                "another operation has taken over "
                                        + environment
                                        + ": the fence is "
                                        + now
                                        + ", ours is "
                                        + epoch));
            }
        }
    }
}
