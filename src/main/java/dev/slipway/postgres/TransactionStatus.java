package dev.slipway.postgres;

import dev.slipway.postgres.PostgresFailure.During;
import java.sql.Connection;
import java.sql.SQLException;

/// How a transaction ended whose COMMIT was never answered.
public enum TransactionStatus {
    IN_PROGRESS,
    COMMITTED,
    ABORTED,
    /// The server no longer knows, or never had it: also after a restore to an earlier point.
    FORGOTTEN;

    /// Asks for the transaction `xid`, as `pg_current_xact_id()` named it.
    public static TransactionStatus of(Connection connection, String xid) {
        try (var statement =
                connection.prepareStatement("select pg_xact_status(cast(? as xid8))")) {
            statement.setString(1, xid);
            try (var rows = statement.executeQuery()) {
                rows.next();
                var status = rows.getString(1);
                return switch (status == null ? "" : status) {
                    case "in progress" -> IN_PROGRESS;
                    case "committed" -> COMMITTED;
                    case "aborted" -> ABORTED;
                    default -> FORGOTTEN;
                };
            }
        } catch (SQLException e) {
            if (PostgresFailure.state(e).equals("22023")) {
                // "transaction ID is in the future": another history than the one it was written
                // in.
                return FORGOTTEN;
            }
            throw PostgresFailure.exception(e, During.READING);
        }
    }
}
