package dev.slipway.sandbox.server;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The database connections of one Worker version: a few, checked before they are used again, closed
/// when nobody asks, so that a compute without traffic can go to sleep.
final class WorkerDatabase {
    private static final int CONNECTIONS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration FRESH = Duration.ofMillis(200);
    private static final int STATEMENT_TIMEOUT_MILLIS = 5_000;

    private final String url;
    private final Properties properties;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(CONNECTIONS);
    private final Deque<Idle> idle = new ArrayDeque<>();

    private record Idle(Connection connection, Instant since) {}

    /// Something done on a connection in autocommit mode.
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /// @param address a `postgresql://` address as Neon gives it
    /// @throws SQLException 08001 when it is not one
    WorkerDatabase(String address, String worker, InstantSource clock) throws SQLException {
        this.clock = clock;
        properties = new Properties();
        try {
            var uri = new URI(address.strip());
            if (uri.getHost() == null || !String.valueOf(uri.getScheme()).startsWith("postgres")) {
                throw new SQLException("DATABASE_URL is not a postgresql address", "08001");
            }
            url =
                    "jdbc:postgresql://%s:%d%s"
                            .formatted(
                                    uri.getHost(),
                                    uri.getPort() < 0 ? 5432 : uri.getPort(),
                                    uri.getRawPath());
            var user = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
            properties.setProperty("user", decode(user[0]));
            if (user.length > 1) {
                properties.setProperty("password", decode(user[1]));
            }
            properties.setProperty("sslmode", parameter(uri, "sslmode").orElse("prefer"));
            // Neon's own option, which tells a pooled connection from a direct one, stays.
            properties.setProperty(
                    "options",
                    "-c statement_timeout=%d %s"
                            .formatted(
                                    STATEMENT_TIMEOUT_MILLIS, parameter(uri, "options").orElse(""))
                            .strip());
        } catch (URISyntaxException e) {
            // Its message would quote the address, and with it the password.
            throw new SQLException("DATABASE_URL is not an address", "08001");
        }
        properties.setProperty("ApplicationName", worker);
        properties.setProperty("connectTimeout", String.valueOf(PATIENCE.toSeconds()));
        properties.setProperty("socketTimeout", "30");
    }

    <T> T with(Work<T> work) throws SQLException {
        Connection connection = null;
        try {
            if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLException("timed out waiting for a connection", "53300");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", "57014", e);
        }
        try {
            connection = take();
            var result = work.on(connection);
            give(connection);
            connection = null;
            return result;
        } finally {
            places.release();
            close(connection);
        }
    }

    /// Closes what has been idle since before `since`.
    ///
    /// @return whether nothing is left
    boolean closeIdle(Instant since) {
        var old = new ArrayList<Connection>();
        boolean empty;
        synchronized (idle) {
            idle.removeIf(i -> i.since().isBefore(since) && old.add(i.connection()));
            empty = idle.isEmpty() && places.availablePermits() == CONNECTIONS;
        }
        old.forEach(WorkerDatabase::close);
        return empty;
    }

    private Connection take() throws SQLException {
        while (true) {
            Idle candidate;
            synchronized (idle) {
                candidate = idle.pollLast();
            }
            if (candidate == null) {
                return open();
            }
            // A compute that slept or was restored has dropped its connections meanwhile.
            if (candidate.since().plus(FRESH).isAfter(clock.instant())
                    || candidate.connection().isValid(2)) {
                return candidate.connection();
            }
            close(candidate.connection());
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(url, properties);
    }

    private void give(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
        synchronized (idle) {
            idle.addLast(new Idle(connection, clock.instant()));
        }
    }

    private static void close(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // It is gone either way.
        }
    }

    private static Optional<String> parameter(URI uri, String name) {
        return Optional.ofNullable(
                        Request.parseQuery(Optional.ofNullable(uri.getRawQuery()).orElse(""))
                                .get(name))
                .map(List::getFirst);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
