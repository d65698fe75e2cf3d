package dev.slipway.sandbox.world;

import dev.slipway.sandbox.postgres.Point;
import dev.slipway.sandbox.postgres.PostgresException;
import dev.slipway.sandbox.postgres.Timelines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/// Schemas of branches at any point of their history, read from a throw-away cluster that is
/// brought to that point by replay. The branch's own compute neither wakes nor notices.
public final class NeonSchemas {
    private static final String NO_SUCH_DATABASE = "3D000";

    private final NeonLedger ledger;
    private final NeonBranches branches;
    private final Timelines timelines;
    private final String query = query();

    NeonSchemas(NeonLedger ledger, NeonBranches branches, Timelines timelines) {
        this.ledger = ledger;
        this.branches = branches;
        this.timelines = timelines;
    }

    private static String query() {
        try (var in = NeonSchemas.class.getResourceAsStream("schema.sql")) {
            if (in == null) {
                throw new IllegalStateException("schema.sql is not in this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read schema.sql", e);
        }
    }

    /// The statements that would make the schema of a database, in the manner of pg_dump.
    ///
    /// @throws NeonRefusal when branch or database are missing, or the point is outside the history
    public String sql(String project, String branch, String database, Point point) {
        var of = ledger.read(s -> s.branch(project, branch));
        ledger.read(s -> s.database(branch, database));
        var line = branches.fork(project, of, point);
        try {
            var server = timelines.start(line, Map.of("neon.branch_id", of.id())).server();
            try (var connection = server.connect(database)) {
                return print(connection);
            }
        } catch (SQLException e) {
            if (NO_SUCH_DATABASE.equals(e.getSQLState())) {
                throw NeonRefusal.notFound("database");
            }
            throw new PostgresException("cannot read a schema: " + e.getMessage(), e);
        } finally {
            timelines.delete(line);
        }
    }

    private String print(Connection connection) throws SQLException {
        var text = new StringBuilder();
        try (var statement = connection.createStatement()) {
            statement.execute("set search_path = ''");
            try (var rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    text.append(text.isEmpty() ? "" : "\n\n").append(rows.getString("statement"));
                }
            }
        }
        return text.isEmpty() ? "" : text.append('\n').toString();
    }
}
