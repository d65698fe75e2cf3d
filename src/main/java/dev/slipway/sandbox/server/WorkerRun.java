package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.Pace;
import dev.slipway.sandbox.world.WorkerScript;
import dev.slipway.sandbox.world.WorkerVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Runs Worker versions: their statements against their own database, their health checks.
final class WorkerRun {
    private static final Duration KEEP_CONNECTIONS = Duration.ofSeconds(30);
    private static final Duration KEEP_AT_LEAST = Duration.ofMillis(500);

    private final InstantSource clock;
    private final RandomGenerator random;
    private final Duration keep;
    private final Map<String, WorkerDatabase> databases = new ConcurrentHashMap<>();
    private final Map<String, Integer> worn = new ConcurrentHashMap<>();

    WorkerRun(Pace pace, InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
        var paced = pace.of(KEEP_CONNECTIONS);
        this.keep = paced.compareTo(KEEP_AT_LEAST) < 0 ? KEEP_AT_LEAST : paced;
    }

    /// @param ordinary whether the request did not choose its version
    Response answer(WorkerScript script, WorkerVersion version, String path, boolean ordinary) {
        var behaviour = version.behaviour();
        if (behaviour.latencyMs() > 0) {
            pause(Duration.ofMillis(behaviour.latencyMs()));
        }
        if (behaviour.thrown().isPresent()) {
            return Response.text(500, "text/plain; charset=UTF-8", "error code: 1101");
        }
        if (brokenDown(version, ordinary)) {
            return failed("Worker exceeded resource limits");
        }
        if (path.equals(behaviour.health().path())) {
            return health(script, version);
        }
        if (behaviour.errorRate() > 0 && random.nextDouble() < behaviour.errorRate()) {
            return failed("Internal Server Error");
        }
        if (!behaviour.statements().isEmpty()) {
            try {
                database(script, version)
                        .with(connection ->
                                run(connection, behaviour.statements(), behaviour.commit()));
            } catch (SQLException e) {
                return failed("Internal Server Error: " + state(e));
            }
        }
        return Response.json(200, Map.of("worker", script.name(), "path", path));
    }

    private boolean brokenDown(WorkerVersion version, boolean ordinary) {
        var stands = version.behaviour().stands();
        if (stands.isEmpty()) {
            return false;
        }
        return worn.merge(version.id(), ordinary ? 1 : 0, Integer::sum) > stands.getAsInt();
    }

    /// Closes connections nobody has used for a while.
    void closeIdle() {
        var since = clock.instant().minus(keep);
        databases.values().removeIf(database -> database.closeIdle(since));
    }

    /// Closes all of them.
    void close() {
        databases.values().forEach(d -> d.closeIdle(clock.instant().plusSeconds(1)));
    }

    private Response health(WorkerScript script, WorkerVersion version) {
        var behaviour = version.behaviour();
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("status", "ok");
        if (behaviour.health().echo()) {
            var shown = new LinkedHashMap<String, @Nullable Object>();
            shown.put("id", version.id());
            shown.put(
                    "tag",
                    behaviour.tag().or(() -> version.annotation("workers/tag")).orElse(null));
            body.put("version", shown);
        }
        var database = new LinkedHashMap<String, @Nullable Object>();
        database.put("connected", false);
        body.put("database", database);
        int status = 200;
        if (version.text("DATABASE_URL").isPresent() || !behaviour.healthStatements().isEmpty()) {
            try {
                database(script, version).with(c -> check(c, version, database));
            } catch (SQLException e) {
                status = unreachable(e) ? 503 : 500;
                body.put("status", "failing");
                body.put("error", Map.of("code", state(e), "message", sentence(e)));
            }
        }
        var reason = behaviour.health().failing();
        if (status == 200 && reason.isPresent()) {
            status = 503;
            body.put("status", "failing");
            body.put("error", Map.of("code", "unhealthy", "message", reason.get()));
        }
        return Response.json(status, body).header("Cache-Control", "no-store");
    }

    private static boolean check(
            Connection connection, WorkerVersion version, Map<String, @Nullable Object> database)
            throws SQLException {
        String branch;
        boolean ledger;
        try (var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "select to_regclass('drizzle.__drizzle_migrations') is not null,"
                                        + " current_setting('neon.branch_id', true)")) {
            row.next();
            ledger = row.getBoolean(1);
            branch = row.getString(2);
        }
        database.put("connected", true);
        database.put("latest", ledger ? latest(connection) : null);
        Optional.ofNullable(branch)
                .filter(b -> !b.isEmpty())
                .or(() -> version.text("NEON_BRANCH"))
                .ifPresent(b -> database.put("branch", b));
        return run(connection, version.behaviour().healthStatements(), false);
    }

    /// The newest migration: its name where the ledger knows names, else its hash.
    private static @Nullable String latest(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "select * from drizzle.__drizzle_migrations"
                                        + " order by created_at desc, id desc limit 1")) {
            if (!row.next()) {
                return null;
            }
            var columns = row.getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                if (columns.getColumnName(i).equals("name") && row.getString(i) != null) {
                    return row.getString(i);
                }
            }
            return row.getString("hash");
        }
    }

    private static boolean run(Connection connection, List<String> statements, boolean commit)
            throws SQLException {
        if (statements.isEmpty()) {
            return true;
        }
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                if (statement.execute(sql)) {
                    statement.getResultSet().close();
                }
            }
        } catch (SQLException e) {
            connection.rollback();
            connection.setAutoCommit(true);
            throw e;
        }
        if (commit) {
            connection.commit();
        } else {
            connection.rollback();
        }
        connection.setAutoCommit(true);
        return true;
    }

    private WorkerDatabase database(WorkerScript script, WorkerVersion version)
            throws SQLException {
        var there = databases.get(version.id());
        if (there != null) {
            return there;
        }
        var address =
                version.text("DATABASE_URL")
                        .orElseThrow(
                                () -> new SQLException("DATABASE_URL is not defined", "08001"));
        var fresh = new WorkerDatabase(address, script.name(), clock);
        var raced = databases.putIfAbsent(version.id(), fresh);
        return raced == null ? fresh : raced;
    }

    private static boolean unreachable(SQLException e) {
        var state = state(e);
        return state.startsWith("08") || state.startsWith("57") || state.startsWith("53");
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "08000" : e.getSQLState();
    }

    private static String sentence(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static Response failed(String text) {
        return Response.text(500, "text/plain; charset=UTF-8", text);
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
