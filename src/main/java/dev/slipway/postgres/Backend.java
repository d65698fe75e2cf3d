package dev.slipway.postgres;

import dev.slipway.postgres.PostgresFailure.During;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A process of the server that serves a connection.
///
/// @param state `active`, `idle in transaction` and so on; empty when it may not be seen
public record Backend(int pid, String state) {
    /// The other backends of this database whose `application_name` is `application`. After a crash
    /// they are our own, still at work.
    public static List<Backend> named(Connection connection, String application) {
        try (var statement =
                connection.prepareStatement(
                        "select pid, coalesce(state, '') from pg_stat_activity where datname ="
                                + " current_database() and application_name = ? and pid <>"
                                + " pg_backend_pid() order by pid")) {
            statement.setString(1, application);
            try (var rows = statement.executeQuery()) {
                var backends = new ArrayList<Backend>();
                while (rows.next()) {
                    backends.add(new Backend(rows.getInt(1), rows.getString(2)));
                }
                return List.copyOf(backends);
            }
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, During.READING);
        }
    }

    /// The process that serves `session`.
    public static int pid(Connection session) throws SQLException {
        try (var statement = session.createStatement();
                var rows = statement.executeQuery("select pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /// Ends it, which rolls its transaction back. False when it was gone already.
    public boolean terminate(Connection connection) {
        try (var statement = connection.prepareStatement("select pg_terminate_backend(?)")) {
            statement.setInt(1, pid);
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, During.CHANGING);
        }
    }
}
