package dev.slipway.postgres;

import dev.slipway.domain.FailureException;
import java.sql.Connection;
import java.time.Duration;

/// The way to Postgres.
@FunctionalInterface
public interface Postgres {
    /// Stands in every statement of ours that may be counted on production, so that it is not taken for
    /// the application's.
    String MARK = "/* slipway */";

    /// Opens a connection, in autocommit.
    ///
    /// @throws FailureException when the policy forbids the address or the server does not let us in
    Connection open(PostgresAddress address, Session session);

    /// What a connection is for.
    ///
    /// @param application what the server shows as `application_name`; 63 bytes at most
    /// @param lockTimeout how long a statement waits for a lock; zero waits for ever
    /// @param statementTimeout how long a statement runs; zero is without limit
    /// @param simple whether statements go out as they are, by the simple protocol
    record Session(
            String application, Duration lockTimeout, Duration statementTimeout, boolean simple) {
        /// @throws IllegalArgumentException when the server would cut the name
        public Session {
            if (application.length() > 63
                    || !application.chars().allMatch(c -> c > 31 && c < 127)) {
                throw new IllegalArgumentException("not an application name: " + application);
            }
        }

        /// For reading: two seconds for a lock, thirty for a statement.
        public static Session reading(String application) {
            return new Session(application, Duration.ofSeconds(2), Duration.ofSeconds(30), false);
        }
    }
}
