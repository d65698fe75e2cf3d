package dev.slipway.migration.rehearsal;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.migration.rehearsal.Gauge.Taken;
import dev.slipway.postgres.Backend;
import dev.slipway.postgres.PostgresFailure;
import dev.slipway.postgres.PostgresFailure.During;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/// Watches from outside which locks a session takes that works outside of a transaction and drops its
/// locks before it answers.
///
/// Such a statement waits in the end for transactions that are older than itself, as production always
/// has some. The branch has none, so one stands in: it is held until the statement waits for it, and
/// what is locked then is seen for certain, however fast the statement is.
final class Witness {
    private static final String LOCKS =
            "select coalesce(relation, 0)::bigint, mode, granted from pg_locks where pid = ? and"
                    + " (not granted or (locktype = 'relation' and relation >= 16384))";

    private final Connection watching;
    private final Connection older;
    private final int pid;
    private final Consumer<Set<Taken>> met;
    private final FutureTask<Set<Taken>> watch = new FutureTask<>(this::watch);
    private volatile boolean over;

    private Witness(Connection watching, Connection older, int pid, Consumer<Set<Taken>> met) {
        this.watching = watching;
        this.older = older;
        this.pid = pid;
        this.met = met;
    }

    /// Begins to watch `session`.
    ///
    /// @param watching asks; nobody else may use it until the end
    /// @param older becomes the older transaction, and is closed
    /// @param table what that one has read, so that whoever takes it away waits
    /// @param met called once, while the session waits, with the locks it holds
    static Witness of(
            Connection watching,
            Connection session,
            Connection older,
            Optional<String> table,
            Consumer<Set<Taken>> met)
            throws SQLException {
        older.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        older.setAutoCommit(false);
        try (var statement = older.createStatement()) {
            if (table.isPresent()) {
                statement.execute("lock table " + table.get() + " in access share mode");
            }
            statement.execute("select 1");
        }
        var witness = new Witness(watching, older, Backend.pid(session), met);
        Thread.ofVirtual().name("slipway-witness").start(witness.watch);
        return witness;
    }

    /// Ends it.
    ///
    /// @return every lock that was seen
    Set<Taken> end() {
        over = true;
        try {
            return watch.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException(
                    new Failure.Busy(Provider.POSTGRES, "interrupted while rehearsing"), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw PostgresFailure.exception(cause, During.READING);
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Set<Taken> watch() throws SQLException, InterruptedException {
        var seen = new HashSet<Taken>();
        try (older;
                var statement = watching.prepareStatement(LOCKS)) {
            statement.setInt(1, pid);
            boolean waited = false;
            while (!over) {
                boolean waits = false;
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        if (!rows.getBoolean(3)) {
                            waits = true;
                        } else {
                            seen.add(new Taken(rows.getLong(1), LockMode.of(rows.getString(2))));
                        }
                    }
                }
                if (waits && !waited) {
                    waited = true;
                    met.accept(Set.copyOf(seen));
                    older.rollback();
                } else if (waited) {
                    Thread.sleep(1);
                }
            }
        }
        return seen;
    }
}
