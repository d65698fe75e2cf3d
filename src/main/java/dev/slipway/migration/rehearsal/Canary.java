package dev.slipway.migration.rehearsal;

import dev.slipway.postgres.PostgresFailure;
import java.sql.Connection;
import java.sql.SQLException;

/// A second session that tries to read and to write a table while a migration holds its locks, as
/// production's code would.
record Canary(Connection connection) {
    /// Whether reading `relation` has to wait.
    boolean readBlocked(String relation) throws SQLException {
        return blocked(relation, "access share");
    }

    /// Whether writing it has to wait.
    boolean writeBlocked(String relation) throws SQLException {
        return blocked(relation, "row exclusive");
    }

    private boolean blocked(String relation, String mode) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("begin");
            try {
                statement.execute("lock table " + relation + " in " + mode + " mode nowait");
                return false;
            } catch (SQLException e) {
                if (PostgresFailure.state(e).equals(PostgresFailure.LOCK_NOT_AVAILABLE)) {
                    return true;
                }
                throw e;
            } finally {
                statement.execute("rollback");
            }
        }
    }
}
