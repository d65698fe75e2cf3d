package dev.slipway.migration;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.postgres.Backend;
import dev.slipway.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// What every migrator of ours makes sure of first: that no other one is at work.
final class Alone {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Alone() {}

    /// A pooler gives each transaction another session, so that locks of sessions do not hold.
    static void refusePooled(PostgresAddress address) {
        if (address.pooled()) {
            throw DrizzleMigrator.refused(
                    "pooled",
                    address.host()
                            + " is a pooler, through which locks do not hold; migrate over the direct"
                            + " host");
        }
    }

    /// Takes the lock of migrators for `connection`, until it is closed.
    ///
    /// @throws FailureException as Busy when an earlier attempt of ours still runs, which a crash leaves
    ///     behind, or another migrator does not end in time
    static void with(
            Connection connection,
            MigrationOrder order,
            Patience patience,
            MigrationListener listener)
            throws SQLException, InterruptedException {
        var others = Backend.named(connection, order.application());
        if (!others.isEmpty()) {
            throw new FailureException(
                    new Failure.Busy(
                            Provider.POSTGRES,
                            "an earlier attempt of this operation still runs there as process "
                                    + others.getFirst().pid()));
        }
        long deadline = patience.nanos() + order.patience().toNanos();
        boolean told = false;
        while (!locked(connection)) {
            if (patience.nanos() > deadline) {
                throw new FailureException(
                        new Failure.Busy(
                                Provider.POSTGRES, "another migrator works on this database"));
            }
            if (!told) {
                listener.waiting("Another migrator works on this database; waiting for it.");
                told = true;
            }
            patience.pause(PAUSE);
        }
    }

    private static boolean locked(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select pg_try_advisory_lock(hashtextextended("
                                        + "'drizzle:' || current_database(), 0))")) {
            return rows.next() && rows.getBoolean(1);
        }
    }
}
