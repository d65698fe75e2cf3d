package dev.slipway.migration;

import dev.slipway.domain.FailureException;
import dev.slipway.postgres.Backend;
import dev.slipway.postgres.LockHolder;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// Sees who keeps a session waiting. The session itself cannot ask while it waits, and afterwards it
/// waits no more.
interface LockWatch extends AutoCloseable {
    /// Who was in the way when it was last seen waiting since [#forget]; empty when nobody saw.
    List<LockHolder> seen();

    void forget();

    @Override
    void close();

    /// Makes watches.
    @FunctionalInterface
    interface Source {
        /// Watches the session of `connection` to `address`, which waits for `timeout` at most.
        LockWatch over(PostgresAddress address, Connection connection, Duration timeout)
                throws SQLException;
    }

    /// Sees nobody.
    Source NONE =
            (_, _, _) ->
                    new LockWatch() {
                        @Override
                        public List<LockHolder> seen() {
                            return List.of();
                        }

                        @Override
                        public void forget() {}

                        @Override
                        public void close() {}
                    };

    /// Watches from a second connection.
    static Source over(Postgres postgres) {
        return (address, connection, timeout) ->
                new Second(postgres, address, Backend.pid(connection), timeout);
    }

    /// A second connection. A session that never waits long costs none.
    final class Second implements LockWatch {
        private final Postgres postgres;
        private final PostgresAddress address;
        private final int process;
        private final Duration timeout;
        private final Thread thread;
        private volatile List<LockHolder> seen = List.of();

        private Second(Postgres postgres, PostgresAddress address, int process, Duration timeout) {
            this.postgres = postgres;
            this.address = address;
            this.process = process;
            this.timeout = timeout;
            thread = Thread.ofVirtual().name("lock watch").start(this::watch);
        }

        @Override
        public List<LockHolder> seen() {
            return seen;
        }

        @Override
        public void forget() {
            seen = List.of();
        }

        private void watch() {
            try {
                Thread.sleep(timeout.dividedBy(4));
                try (var connection = postgres.open(address, Postgres.Session.reading("slipway"))) {
                    while (true) {
                        var blocking = LockHolder.blocking(connection, process);
                        if (!blocking.isEmpty()) {
                            seen = blocking;
                        }
                        Thread.sleep(timeout.dividedBy(10));
                    }
                }
            } catch (InterruptedException | SQLException | FailureException _) {
                // Without it nobody is named; the migrator does not depend on it.
            }
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }
}
