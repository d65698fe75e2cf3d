package dev.slipway.migration;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.migration.MigrationListener.Step;
import dev.slipway.migration.MigrationOrder.Planned;
import dev.slipway.postgres.EpochCheck;
import dev.slipway.postgres.Fence;
import dev.slipway.postgres.LockHolder;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.postgres.PostgresFailure;
import dev.slipway.postgres.PostgresFailure.During;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// Runs pending migrations as drizzle-orm does, with the same effect on schema and ledger: one
/// transaction around all of them, one ledger row behind each.
///
/// What drizzle-orm lacks is added: one migrator at a time, the pending list read again once nobody
/// else can change it and held against the plan, the fence, bounded waiting for locks.
public final class DrizzleMigrator {

    private final Postgres postgres;
    private final EpochCheck fence;
    private final Patience patience;
    private final LockWatch.Source watches;

    /// A migrator over `postgres`, which lets nobody through whose epoch has passed.
    public DrizzleMigrator(Postgres postgres) {
        this(postgres, Fence::check, Patience.REAL, LockWatch.over(postgres));
    }

    /// A migrator that is composed by hand. It needs no thread, and names nobody who is in its way.
    public DrizzleMigrator(Postgres postgres, EpochCheck fence, Patience patience) {
        this(postgres, fence, patience, LockWatch.NONE);
    }

    private DrizzleMigrator(
            Postgres postgres, EpochCheck fence, Patience patience, LockWatch.Source watches) {
        this.postgres = postgres;
        this.fence = fence;
        this.patience = patience;
        this.watches = watches;
    }

    /// The one for statements that run in no transaction, composed alike.
    public LoneMigrator lone() {
        return new LoneMigrator(postgres, fence, patience, watches);
    }

    /// What was done.
    ///
    /// @param tags what ran, in order
    /// @param xid the transaction; empty when nothing was pending
    public record Applied(List<String> tags, Optional<String> xid) {}

    /// Carries `order` out at `address`.
    ///
    /// @throws FailureException when nothing was changed, or as Unknown when COMMIT was not answered
    /// @throws InterruptedException while it waited; nothing was changed
    public Applied run(PostgresAddress address, MigrationOrder order, MigrationListener listener)
            throws InterruptedException {
        Alone.refusePooled(address);
        var session =
                new Postgres.Session(
                        order.application(),
                        order.locks().timeout(),
                        order.statementTimeout(),
                        true);
        try (var connection = postgres.open(address, session)) {
            Alone.with(connection, order, patience, listener);
            return attempts(address, connection, order, listener);
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, During.CHANGING);
        }
    }

    private Applied attempts(
            PostgresAddress address,
            Connection connection,
            MigrationOrder order,
            MigrationListener listener)
            throws SQLException, InterruptedException {
        var ledger = LedgerReader.readOrThrow(connection, order.ledger());
        var pending = asPlanned(order, ledger);
        if (pending.isEmpty()) {
            return new Applied(List.of(), Optional.empty());
        }
        if (ledger.shape() == Ledger.Shape.ABSENT) {
            LedgerWriter.create(connection, order.folder().layout(), order.ledger());
        }
        try (var watch = watches.over(address, connection, order.locks().timeout())) {
            return attempts(connection, order, listener, watch);
        }
    }

    /// Tries until locks are had or the bounds are reached. As long as who was in the way is still
    /// there another try would only make others wait, so none is made.
    private Applied attempts(
            Connection connection,
            MigrationOrder order,
            MigrationListener listener,
            LockWatch watch)
            throws SQLException, InterruptedException {
        var locks = order.locks();
        var random = new SplittableRandom(order.application().hashCode());
        long start = patience.nanos();
        long last = start + locks.most().minus(locks.timeout()).toNanos();
        for (int tried = 1; ; tried++) {
            watch.forget();
            try {
                return batch(connection, order, listener);
            } catch (LockedOut e) {
                var holders = watch.seen();
                var sentence =
                        e.place
                                + ": a lock was not to be had in "
                                + locks.timeout().toMillis()
                                + " ms; everything was rolled back"
                                + inTheWay(holders);
                if (tried < locks.tries()) {
                    listener.waiting(
                            "%s. At most %d of %d tries are left."
                                    .formatted(sentence, locks.tries() - tried, locks.tries()));
                }
                int pause = tried;
                do {
                    if (tried == locks.tries() || patience.nanos() > last) {
                        throw refused(
                                PostgresFailure.LOCK_NOT_AVAILABLE,
                                "%s; given up after %d %s in %.1f s"
                                        .formatted(
                                                sentence,
                                                tried,
                                                tried == 1 ? "try" : "tries",
                                                (patience.nanos() - start) / 1e9));
                    }
                    patience.pause(locks.pause(pause++, random));
                } while (!holders.isEmpty() && LockHolder.there(connection, holders));
            }
        }
    }

    static String inTheWay(List<LockHolder> holders) {
        return holders.isEmpty()
                ? ""
                : "; in the way: "
                        + holders.stream()
                                .map(LockHolder::sentence)
                                .collect(Collectors.joining("; "));
    }

    private Applied batch(Connection connection, MigrationOrder order, MigrationListener listener)
            throws SQLException {
        connection.setAutoCommit(false);
        boolean committing = false;
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            var pending = begin(connection, statement, order);
            listener.began(connection);
            int skipped = order.skipped();
            for (var migration : pending) {
                run(statement, migration, skipped, listener);
                skipped = 0;
                LedgerWriter.insert(connection, order.folder().layout(), order.ledger(), migration);
                listener.migrated(migration.tag());
            }
            var xid = xid(statement);
            listener.committing(xid);
            committing = true;
            connection.commit();
            listener.committed();
            return new Applied(pending.stream().map(Migration::tag).toList(), Optional.of(xid));
        } catch (SQLException e) {
            throw failure(e, committing);
        } finally {
            end(connection);
        }
    }

    private static FailureException failure(SQLException e, boolean committing) {
        var failure = PostgresFailure.of(e, committing ? During.CHANGING : During.READING);
        if (committing && failure instanceof Failure.Refused refused) {
            return refused(
                    refused.code(),
                    "COMMIT: " + refused.message() + "; everything was rolled back");
        }
        return new FailureException(failure);
    }

    private List<Migration> begin(Connection connection, Statement statement, MigrationOrder order)
            throws SQLException {
        try {
            statement.execute("set local lock_timeout = " + order.locks().timeout().toMillis());
            statement.execute(
                    "set local statement_timeout = " + order.statementTimeout().toMillis());
            fence.check(connection, order.fence().environment(), order.fence().epoch());
            // A migrator of Drizzle takes no advisory lock; this makes its first reading wait.
            statement.execute(
                    "lock table " + order.ledger().quoted() + " in access exclusive mode");
        } catch (SQLException e) {
            if (PostgresFailure.state(e).equals(PostgresFailure.LOCK_NOT_AVAILABLE)) {
                throw new LockedOut("the ledger");
            }
            throw e;
        }
        return asPlanned(order, LedgerReader.readOrThrow(connection, order.ledger()));
    }

    /// What the plan says, when the database has it to be run.
    static List<Migration> asPlanned(MigrationOrder order, Ledger ledger) {
        var state = LedgerState.of(order.folder(), ledger);
        if (!state.problems().isEmpty()) {
            throw refused("ledger", String.join(" ", state.problems()));
        }
        return order.in(state)
                .orElseThrow(() ->
                        refused(
                                "plan",
                                "the database has other migrations "
                                        + (order.late() ? "skipped" : "pending")
                                        + " than the plan: "
                                        + (order.late()
                                                        ? state.in(
                                                                LedgerState.State
                                                                        .SKIPPED_BY_DRIZZLE)
                                                        : state.pending())
                                                .stream().map(Planned::of).toList()
                                        + " instead of "
                                        + order.planned()
                                        + "; nothing was changed"));
    }

    private void run(
            Statement statement, Migration migration, int skipped, MigrationListener listener) {
        var statements = migration.statements();
        for (int i = skipped; i < statements.size(); i++) {
            var step = new Step(migration.tag(), i + 1, statements.size(), statements.get(i).sql());
            listener.begins(step);
            long start = patience.nanos();
            try {
                statement.execute(step.sql());
                int rows = statement.getUpdateCount();
                listener.done(
                        step,
                        Duration.ofNanos(patience.nanos() - start),
                        rows < 0 ? OptionalLong.empty() : OptionalLong.of(rows));
            } catch (SQLException e) {
                var state = PostgresFailure.state(e);
                listener.failed(
                        step,
                        Duration.ofNanos(patience.nanos() - start),
                        state,
                        PostgresFailure.message(e));
                var place =
                        "migration "
                                + step.tag()
                                + ", statement "
                                + step.number()
                                + " of "
                                + step.of();
                if (PostgresFailure.of(e, During.READING) instanceof Failure.Unreachable lost) {
                    throw new FailureException(lost);
                }
                throw state.equals(PostgresFailure.LOCK_NOT_AVAILABLE)
                        ? new LockedOut(place)
                        : refused(
                                state,
                                place
                                        + ": "
                                        + PostgresFailure.message(e)
                                        + "; everything was rolled back");
            }
        }
    }

    private static String xid(Statement statement) throws SQLException {
        try (var rows = statement.executeQuery("select pg_current_xact_id()::text")) {
            rows.next();
            return rows.getString(1);
        }
    }

    /// Leaves the transaction, rolling back what was not committed. A connection that is gone has
    /// rolled back by itself.
    private static void end(Connection connection) {
        try {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException _) {
            // The server rolls back what it cannot answer for.
        }
    }

    static FailureException refused(String code, String message) {
        return new FailureException(
                new Failure.Refused(Provider.POSTGRES, 0, code, message, Optional.empty()));
    }

    /// A lock was not to be had; the batch may be tried again.
    private static final class LockedOut extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String place;

        LockedOut(String place) {
            super(place, null, false, false);
            this.place = place;
        }
    }
}
