package dev.slipway.release.rollback.loss;

import dev.slipway.domain.FailureException;
import dev.slipway.migration.LedgerTable;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.postgres.PostgresFailure;
import dev.slipway.postgres.PostgresFailure.During;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;

/// Brings rows back into a database in one transaction, or tries to and takes it back.
///
/// What a restore took away is what the backup has beyond the point that was restored. A row comes back
/// when the database still has what the point has in its place; where production went on with that row, or
/// gave its key to another, it is a conflict and production's stays. The application's triggers do not
/// fire, foreign keys are checked, values of identity columns are kept, and sequences go on behind them.
public final class RowReplay {
    /// How long a replay may take.
    public static final Duration LIMIT = Duration.ofMinutes(5);

    private final Postgres postgres;
    private final LedgerTable ledger;
    private final InstantSource clock;
    private final Duration limit;

    /// @param ledger left out: it is Drizzle's
    /// @param limit how long one replay may take
    public RowReplay(Postgres postgres, LedgerTable ledger, InstantSource clock, Duration limit) {
        this.postgres = postgres;
        this.ledger = ledger;
        this.clock = clock;
        this.limit = limit;
    }

    /// The three states a replay is about.
    ///
    /// @param point the state that was restored, as it was then
    /// @param backup the state from before the restore
    /// @param target the database rows come back to
    public record Places(PostgresAddress point, PostgresAddress backup, PostgresAddress target) {}

    /// What the caller does inside the transaction.
    public interface Around {
        /// Before anything is read.
        ///
        /// @throws FailureException when it must not begin
        void begins(Connection transaction) throws SQLException;

        /// After everything is written and before COMMIT.
        ///
        /// @throws FailureException when it must not be committed
        void committing(Connection transaction, Replayed replayed) throws SQLException;
    }

    /// Tries in `places.target`, which is to be thrown away, and rolls back.
    ///
    /// @throws FailureException when a server does not let us in, breaks off or has a lock in the way
    /// @throws InterruptedException when it is to stop
    public Replayed rehearse(Places places, ReplayOptions options) throws InterruptedException {
        try (var target = open(places.target(), "slipway", Duration.ofSeconds(10))) {
            return replay(places, target, options);
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, During.READING);
        }
    }

    /// Carries out, and commits when everything was written and `around` agrees; otherwise nothing stays.
    ///
    /// @param application name of the session, by which others see whose it is
    /// @param lockTimeout how long it waits for a lock
    /// @throws FailureException when nothing was changed, or as Unknown when COMMIT was not answered
    /// @throws InterruptedException when it is to stop; nothing was changed
    public Replayed carryOut(
            Places places,
            ReplayOptions options,
            String application,
            Duration lockTimeout,
            Around around)
            throws InterruptedException {
        boolean committing = false;
        try (var target = open(places.target(), application, lockTimeout)) {
            around.begins(target);
            var replayed = replay(places, target, options);
            if (replayed.written()) {
                around.committing(target, replayed);
                committing = true;
                target.commit();
            } else {
                target.rollback();
            }
            return replayed;
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, committing ? During.CHANGING : During.READING);
        }
    }

    private Replayed replay(Places places, Connection target, ReplayOptions options)
            throws SQLException, InterruptedException {
        var last = clock.instant().plus(limit);
        try (var point = ReadSide.open(postgres, places.point(), clock, last);
                var backup = ReadSide.open(postgres, places.backup(), clock, last)) {
            return new Replay(new Sides(point, backup), target, ledger, options).run();
        }
    }

    /// A connection that is closed without COMMIT rolls back.
    private Connection open(PostgresAddress address, String application, Duration lockTimeout)
            throws SQLException {
        var connection =
                postgres.open(
                        address.direct(),
                        new Postgres.Session(application, lockTimeout, limit, false));
        try {
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
