package dev.slipway.postgres;

import dev.slipway.domain.FailureException;
import java.sql.Connection;
import java.sql.SQLException;

/// Asked inside the transaction of a migration whether the holder of the production lock who started
/// it still is the one whom the database knows. The product passes [Fence#check]; it is an object so
/// that a test can show what happens without it.
@FunctionalInterface
public interface EpochCheck {
    /// Returns when `epoch` is the one of `environment`, and keeps it so until the transaction ends.
    ///
    /// @throws FailureException as Refused when it is not
    /// @throws SQLException as the server said, so that the caller can roll back
    void check(Connection connection, String environment, long epoch) throws SQLException;
}
