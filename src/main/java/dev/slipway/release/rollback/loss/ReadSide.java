package dev.slipway.release.rollback.loss;

import dev.slipway.domain.FailureException;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.postgres.PostgresFailure;
import dev.slipway.postgres.PostgresFailure.During;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// One state of a database, seen at one moment: a transaction that cannot write and sees nothing of what
/// others commit meanwhile.
final class ReadSide implements AutoCloseable {
    /// Cancelled by `statement_timeout`.
    private static final String CANCELLED = "57014";

    private static final int FETCH = 2000;

    private final Connection connection;
    private final InstantSource clock;
    private final Instant last;

    private ReadSide(Connection connection, InstantSource clock, Instant last) {
        this.connection = connection;
        this.clock = clock;
        this.last = last;
    }

    /// Begins to see the database at `address`, without its pooler.
    ///
    /// @param last when reading has to end
    /// @throws FailureException when the server does not let us in
    static ReadSide open(
            Postgres postgres, PostgresAddress address, InstantSource clock, Instant last) {
        var limit = left(clock, last);
        var connection =
                postgres.open(
                        address.direct(),
                        new Postgres.Session("slipway", Duration.ofSeconds(2), limit, false));
        try {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            if (!Settings.local(connection)) {
                throw new IllegalStateException("the transaction could write");
            }
            return new ReadSide(connection, clock, last);
        } catch (SQLException e) {
            close(connection);
            throw PostgresFailure.exception(e, During.READING);
        }
    }

    /// The connection, inside the transaction.
    Connection connection() {
        return connection;
    }

    /// What is done with one answer.
    interface Reader<T> {
        T read(ResultSet rows) throws SQLException;
    }

    /// Asks `sql`.
    <T> T ask(String sql, Reader<T> reader) throws SQLException {
        try (var statement = prepare(sql);
                var rows = statement.executeQuery()) {
            return reader.read(rows);
        }
    }

    /// A statement that answers in portions and may run as long as there is time left.
    PreparedStatement prepare(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "set local statement_timeout = " + Math.max(1, left(clock, last).toMillis()));
        }
        var statement = connection.prepareStatement(sql);
        statement.setFetchSize(FETCH);
        return statement;
    }

    /// Whether there is time left.
    boolean inTime() {
        return clock.instant().isBefore(last);
    }

    /// Marks where [#back] leads to.
    void mark() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("savepoint slipway");
        }
    }

    /// Makes the transaction usable again after an error; what it sees stays the same.
    void back() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("rollback to savepoint slipway");
        }
    }

    /// Why one table could not be read, a sentence; empty when the whole side is lost.
    static Optional<String> refusal(SQLException e) {
        var state = PostgresFailure.state(e);
        if (state.equals(CANCELLED)) {
            return Optional.of("Counting it took longer than there was time for.");
        }
        if (state.equals(PostgresFailure.LOCK_NOT_AVAILABLE)) {
            return Optional.of("Somebody changes its structure now and keeps it locked.");
        }
        return state.startsWith("42") || state.startsWith("22") || state.startsWith("53")
                ? Optional.of("Postgres refused to read it: " + PostgresFailure.message(e) + ".")
                : Optional.empty();
    }

    private static Duration left(InstantSource clock, Instant last) {
        var left = Duration.between(clock.instant(), last);
        return left.isPositive() ? left : Duration.ofMillis(1);
    }

    @Override
    public void close() {
        close(connection);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException _) {
            // Nothing was written, so nothing depends on how it ends.
        }
    }
}
