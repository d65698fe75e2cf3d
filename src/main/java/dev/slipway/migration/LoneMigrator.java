package dev.slipway.migration;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.migration.MigrationListener.Step;
import dev.slipway.postgres.EpochCheck;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.postgres.PostgresFailure;
import dev.slipway.postgres.PostgresFailure.During;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Runs statements outside of any transaction, one at a time, under the same guards as the migrator: a
/// second session keeps fence and ledger in an open transaction as long as the statement runs, so that
/// nobody takes over or migrates beside it. That session has no snapshot, so the statement does not
/// wait for it.
public final class LoneMigrator {
    private final Postgres postgres;
    private final EpochCheck fence;
    private final Patience patience;
    private final LockWatch.Source watches;

    LoneMigrator(Postgres postgres, EpochCheck fence, Patience patience, LockWatch.Source watches) {
        this.postgres = postgres;
        this.fence = fence;
        this.patience = patience;
        this.watches = watches;
    }

    /// What one call did.
    public enum Did {
        /// What the statement makes was there.
        NOTHING,
        /// What an interrupted attempt had left was cleared away; the statement itself is still to run.
        CLEARED,
        /// The statement ran.
        RAN
    }

    /// Makes at most one change at `address`: clears away what an interrupted attempt left, or else runs
    /// `statement`.
    ///
    /// @param order the plan; its first migration is the statement's, and its lock timeout is how long
    ///     the statement waits for transactions that are older than itself, during which it is in
    ///     nobody's way
    /// @param facts what was seen before it was first sent, see [LoneStatement#look]
    /// @param announce hears the SQL immediately before it is sent
    /// @throws FailureException as Busy when it waited too long or somebody works on the same, as Unknown
    ///     when no answer came, else as Refused; it says what is left
    /// @throws InterruptedException while it waited for another migrator; nothing was changed
    public Did run(
            PostgresAddress address,
            MigrationOrder order,
            LoneStatement statement,
            Map<String, String> facts,
            Consumer<String> announce,
            MigrationListener listener)
            throws InterruptedException {
        return guarded(
                address,
                order,
                listener,
                connection -> {
                    var seen = statement.look(connection, facts);
                    if (seen.done() && !facts.isEmpty()) {
                        return Did.NOTHING;
                    }
                    if (seen.working()) {
                        throw busy("somebody builds " + statement.thing() + " already");
                    }
                    if (seen.left().isPresent()) {
                        clear(connection, seen.left().get(), announce, listener);
                        return Did.CLEARED;
                    }
                    try (var watch = watches.over(address, connection, order.locks().timeout())) {
                        carryOut(connection, statement, announce, listener, watch);
                    }
                    return Did.RAN;
                });
    }

    /// Clears away what an interrupted attempt at `statement` left at `address`, and nothing else.
    ///
    /// @throws FailureException as [#run]
    /// @throws InterruptedException as [#run]
    public Did clear(
            PostgresAddress address,
            MigrationOrder order,
            LoneStatement statement,
            Consumer<String> announce,
            MigrationListener listener)
            throws InterruptedException {
        return guarded(
                address,
                order,
                listener,
                connection -> {
                    var left = statement.look(connection, Map.of()).left();
                    if (left.isEmpty()) {
                        return Did.NOTHING;
                    }
                    clear(connection, left.get(), announce, listener);
                    return Did.CLEARED;
                });
    }

    private interface Work {
        Did with(Connection connection) throws SQLException;
    }

    private Did guarded(
            PostgresAddress address, MigrationOrder order, MigrationListener listener, Work work)
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
            var ledger = LedgerReader.readOrThrow(connection, order.ledger());
            DrizzleMigrator.asPlanned(order, ledger);
            if (ledger.shape() == Ledger.Shape.ABSENT) {
                LedgerWriter.create(connection, order.folder().layout(), order.ledger());
            }
            try (var guard = postgres.open(address, session)) {
                guard(guard, order);
                try {
                    return work.with(connection);
                } finally {
                    end(guard);
                }
            }
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, During.CHANGING);
        }
    }

    private void guard(Connection guard, MigrationOrder order) {
        try (var statement = guard.createStatement()) {
            guard.setAutoCommit(false);
            // An index may take longer than a server lets a session do nothing.
            statement.execute("set local idle_in_transaction_session_timeout = 0");
            fence.check(guard, order.fence().environment(), order.fence().epoch());
            // Nobody writes it; it is read by many, and an index may take an hour.
            statement.execute("lock table " + order.ledger().quoted() + " in exclusive mode");
            DrizzleMigrator.asPlanned(order, LedgerReader.readOrThrow(guard, order.ledger()));
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, During.READING);
        }
    }

    /// What the statement did stays, whatever becomes of the session that guarded it.
    private static void end(Connection guard) {
        try {
            guard.rollback();
        } catch (SQLException _) {
            // A session that is gone guards nothing any more.
        }
    }

    private static void clear(
            Connection connection,
            String sql,
            Consumer<String> announce,
            MigrationListener listener) {
        listener.waiting("An interrupted attempt is cleared away: " + sql + ".");
        announce.accept(sql);
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, During.CHANGING);
        }
    }

    private void carryOut(
            Connection connection,
            LoneStatement lone,
            Consumer<String> announce,
            MigrationListener listener,
            LockWatch watch)
            throws SQLException {
        var step = new Step(lone.tag(), lone.number(), lone.of(), lone.sql());
        listener.alone(connection, lone);
        listener.begins(step);
        var facts = lone.look(connection, Map.of()).facts();
        announce.accept(lone.sql());
        long start = patience.nanos();
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(lone.sql());
        } catch (SQLException e) {
            throw failed(
                    e, lone, step, Duration.ofNanos(patience.nanos() - start), listener, watch);
        }
        var took = Duration.ofNanos(patience.nanos() - start);
        if (!seen(connection, lone, facts)) {
            var message = "it ran, and there is no " + lone.thing();
            listener.failed(step, took, "00000", message);
            throw DrizzleMigrator.refused("00000", place(step) + ": " + message);
        }
        listener.done(step, took, OptionalLong.empty());
    }

    /// The statistics of older servers come late, and VACUUM does not end early.
    private static boolean seen(
            Connection connection, LoneStatement lone, Map<String, String> facts)
            throws SQLException {
        return lone.goal() instanceof LoneStatement.Goal.Vacuumed
                || lone.look(connection, facts).done();
    }

    private static FailureException failed(
            SQLException e,
            LoneStatement lone,
            Step step,
            Duration took,
            MigrationListener listener,
            LockWatch watch) {
        var state = PostgresFailure.state(e);
        var message =
                PostgresFailure.message(e)
                        + (state.equals(PostgresFailure.LOCK_NOT_AVAILABLE)
                                ? DrizzleMigrator.inTheWay(watch.seen())
                                : "");
        listener.failed(step, took, state, message);
        var failure = PostgresFailure.of(e, During.CHANGING);
        var left = lone.leaves() ? "; an index that is not valid may be left" : "";
        return switch (failure) {
            case Failure.Busy _ -> busy(place(step) + ": " + message + " (" + state + ")" + left);
            case Failure.Refused _ ->
                    DrizzleMigrator.refused(state, place(step) + ": " + message + left);
            default -> new FailureException(failure);
        };
    }

    private static String place(Step step) {
        return "migration " + step.tag() + ", statement " + step.number() + " of " + step.of();
    }

    private static FailureException busy(String detail) {
        return new FailureException(new Failure.Busy(Provider.POSTGRES, detail));
    }

    /// How long a lone statement waits for older transactions, and how long it may run. It blocks
    /// neither reads nor writes while it does.
    public static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);

    /// How long it is waited for older transactions at most: the engine tries eight times, and every
    /// other time clears away what the one before left.
    public static final Duration MOST = LOCK_TIMEOUT.multipliedBy(4);

    /// What follows the sentence of somebody a lone statement waits for.
    public static final String WAITS_FOR_IT =
            ", which a statement in no transaction waits for, "
                    + LOCK_TIMEOUT.toSeconds()
                    + " s at a time, holding up nobody";

    /// See [#LOCK_TIMEOUT].
    public static final Duration STATEMENT_TIMEOUT = Duration.ofHours(2);

    /// `order` with the patience of lone statements.
    public static MigrationOrder patient(MigrationOrder order) {
        return new MigrationOrder(
                order.folder(),
                order.ledger(),
                order.planned(),
                order.application(),
                order.fence(),
                new LockRetry(LOCK_TIMEOUT, 1, Duration.ZERO, Duration.ZERO),
                STATEMENT_TIMEOUT,
                order.patience(),
                order.skipped(),
                order.late());
    }
}
