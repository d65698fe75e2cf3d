package dev.slipway.sandbox.postgres;

import dev.slipway.domain.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A running cluster on a loopback port of its own.
///
/// It lives on a lifeline: a pipe that this program holds open. When the program ends, however it
/// ends, the pipe closes and a small shell shuts the cluster down cleanly. Windows has no such
/// shell; there a cluster left behind is stopped at the next start.
public final class PostgresServer {
    /// The role that owns the cluster; nobody outside the sandbox uses it.
    static final String SUPERUSER = "cloud_admin";

    private static final Duration START = Duration.ofSeconds(60);
    private static final String LIFELINE =
            """
            exec 3<&0; "$@" </dev/null 3<&- & pid=$!
            ( cat <&3 >/dev/null; kill -INT $pid 2>/dev/null ) & watch=$!
            exec 3<&-; trap 'kill -INT $pid' TERM INT HUP
            wait $pid; code=$?; kill $watch 2>/dev/null; exit $code
            """;

    /// fsync is off: a cluster survives the end of any program, not a power cut. That is the
    /// bargain of a sandbox.
    private static final Map<String, String> SETTINGS =
            Map.ofEntries(
                    Map.entry("listen_addresses", "127.0.0.1"),
                    Map.entry("unix_socket_directories", ""),
                    Map.entry("fsync", "off"),
                    Map.entry("wal_level", "replica"),
                    Map.entry("wal_keep_size", "2GB"),
                    Map.entry("max_wal_size", "256MB"),
                    Map.entry("track_commit_timestamp", "on"),
                    Map.entry("shared_buffers", "32MB"),
                    Map.entry("huge_pages", "off"),
                    Map.entry("io_method", "sync"),
                    Map.entry("max_logical_replication_workers", "0"),
                    Map.entry("TimeZone", "GMT"),
                    Map.entry("log_timezone", "GMT"),
                    Map.entry("hot_standby", "off"),
                    Map.entry("shared_preload_libraries", "pg_stat_statements"),
                    // Neon forgets statistics when a compute is suspended.
                    Map.entry("pg_stat_statements.save", "off"));

    private final Path data;
    private final int port;
    private final Process process;
    private final Secret password;
    private volatile @Nullable Connection own;

    private PostgresServer(Path data, int port, Process process, Secret password) {
        this.data = data;
        this.port = port;
        this.process = process;
        this.password = password;
    }

    /// Starts the cluster in `data` and waits until it takes connections.
    ///
    /// @param extra settings of this start only, such as where to recover to
    /// @throws PostgresException when it does not come up; its own words are in the message
    static PostgresServer start(
            PostgresBinaries binaries,
            Unprivileged unprivileged,
            Path data,
            Secret password,
            Map<String, String> extra) {
        endLeftover(data);
        for (int attempt = 1; ; attempt++) {
            var port = FreePort.find();
            try {
                var process = launch(binaries, unprivileged, data, port, extra);
                var server = new PostgresServer(data, port, process, password);
                if (server.awaitReady()) {
                    return server;
                }
                var words = server.lastWords();
                var taken = words.contains("could not create any TCP/IP sockets");
                if (!taken || attempt == 5) {
                    throw new PostgresException("Postgres did not start: " + words);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot start Postgres in " + data, e);
            }
        }
    }

    private static Process launch(
            PostgresBinaries binaries,
            Unprivileged unprivileged,
            Path data,
            int port,
            Map<String, String> extra)
            throws IOException {
        var command = new ArrayList<String>();
        if (!Platform.WINDOWS) {
            command.addAll(List.of("sh", "-c", LIFELINE, "lifeline"));
        }
        command.addAll(unprivileged.prefix());
        command.addAll(
                List.of(
                        binaries.program("postgres").toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        String.valueOf(port)));
        var settings = new LinkedHashMap<>(SETTINGS);
        settings.putAll(extra);
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log(data).toFile());
        plainEnvironment(builder);
        return builder.start();
    }

    /// Leaves a child only what it needs to find programs: no token, no `PG…` variable.
    static void plainEnvironment(ProcessBuilder builder) {
        builder.environment()
                .keySet()
                .removeIf(name -> !List.of("PATH", "SystemRoot", "TEMP").contains(name));
        builder.environment().put("LC_ALL", "C");
    }

    /// The port of the cluster itself, another one after each start.
    public int port() {
        return port;
    }

    /// Whether it still runs.
    public boolean alive() {
        return process.isAlive();
    }

    /// Connects as the superuser; for the sandbox itself.
    public Connection connect(String database) throws SQLException {
        return connect(port, database, SUPERUSER, password);
    }

    /// Asks the cluster something as the superuser; connecting costs more than most questions, so
    /// one connection is kept.
    ///
    /// @return the first column of the first row
    public synchronized String ask(String sql) {
        try {
            var connection = own;
            if (connection == null || connection.isClosed()) {
                connection = connect("postgres");
                own = connection;
            }
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getString(1);
            }
        } catch (SQLException e) {
            throw new PostgresException(e.getMessage() + " (" + sql + ")", e);
        }
    }

    static Connection connect(int port, String database, String role, Secret password)
            throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("password", password.reveal());
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("ApplicationName", "slipway sandbox");
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
    }

    /// Shuts it down at once: open transactions are rolled back, clients are told, nothing
    /// committed is lost.
    void stop() {
        try {
            process.getOutputStream().close();
            if (Platform.WINDOWS) {
                postmaster(data).ifPresent(ProcessHandle::destroy);
            }
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                postmaster(data).ifPresent(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            forgetConnection();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop the cluster in " + data, e);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }

    private void forgetConnection() {
        var connection = own;
        if (connection == null) {
            return;
        }
        try {
            own = null;
            connection.close();
        } catch (SQLException e) {
            // Its cluster is gone, and so is it.
        }
    }

    private boolean awaitReady() throws IOException {
        var deadline = System.nanoTime() + START.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            if (ready()) {
                return true;
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                process.destroy();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while Postgres started", e);
            }
        }
        if (process.isAlive()) {
            stop();
        }
        return false;
    }

    /// Line 4 of the postmaster's own file is the port, line 8 its state (miscadmin.h).
    private boolean ready() throws IOException {
        var lines = pidFile(data);
        return lines.size() >= 8
                && lines.get(3).strip().equals(String.valueOf(port))
                && lines.get(7).strip().equals("ready");
    }

    private String lastWords() throws IOException {
        var lines = Files.readAllLines(log(data));
        return lines.stream()
                .filter(line -> line.contains("FATAL") || line.contains("PANIC"))
                .reduce((_, last) -> last)
                .orElseGet(() -> lines.isEmpty() ? "it said nothing" : lines.getLast());
    }

    private static Path log(Path data) {
        return data.resolveSibling("log");
    }

    private static List<String> pidFile(Path data) throws IOException {
        var file = data.resolve("postmaster.pid");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private static java.util.Optional<ProcessHandle> postmaster(Path data) throws IOException {
        var lines = pidFile(data);
        return lines.isEmpty()
                ? java.util.Optional.empty()
                : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                        .filter(p -> p.info().command().orElse("").contains("postgres"));
    }

    /// The caller holds the lock of the world, so a server in its folder is one that was left
    /// behind.
    private static void endLeftover(Path data) {
        try {
            var left = postmaster(data);
            if (left.isPresent()) {
                left.get().destroy();
                left.get().onExit().orTimeout(20, TimeUnit.SECONDS).join();
            }
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot end the cluster left in " + data, e);
        }
    }
}
