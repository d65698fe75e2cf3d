package dev.slipway.migration.workload;

import dev.slipway.migration.SqlLexer;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresFailure;
import dev.slipway.postgres.PostgresFailure.During;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads `pg_stat_statements` of the database a connection is in. Only statements that read or change
/// rows are taken; utility statements, which may hold passwords, are dropped before anything else
/// sees them. The statistics are lost when the server ends
/// (https://neon.com/docs/extensions/pg_stat_statements).
public final class StatementStatistics {
    private static final Set<String> ROWS =
            Set.of("select", "insert", "update", "delete", "merge", "with", "values", "table");
    private static final String HIDDEN = "<insufficient privilege>";

    private StatementStatistics() {}

    /// What the server counted since it last forgot. Without the extension the workload is empty and
    /// says why.
    ///
    /// @throws dev.slipway.domain.FailureException when the server does not answer
    public static Workload read(Connection connection, InstantSource clock) {
        try {
            if (!present(connection)) {
                return Workload.none(
                        clock.instant(),
                        "the extension pg_stat_statements is not in the database; CREATE EXTENSION"
                                + " pg_stat_statements lets statements be observed from then on");
            }
            return statements(connection, clock);
        } catch (SQLException e) {
            var reason =
                    switch (PostgresFailure.state(e)) {
                        case "55000" -> "the server does not load pg_stat_statements";
                        case "42501" -> "our role may not read pg_stat_statements";
                        case "42703", "42P01" ->
                                "the extension pg_stat_statements is older than the server; ALTER"
                                        + " EXTENSION pg_stat_statements UPDATE mends that";
                        default -> throw PostgresFailure.exception(e, During.READING);
                    };
            return Workload.none(clock.instant(), reason);
        }
    }

    private static boolean present(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select "
                                        + Postgres.MARK
                                        + " exists (select from pg_extension where extname ="
                                        + " 'pg_stat_statements')")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static Workload statements(Connection connection, InstantSource clock)
            throws SQLException {
        var since = since(connection);
        var now = clock.instant();
        var statements = new ArrayList<RecordedStatement>();
        var unseen = new ArrayList<Workload.Unseen>();
        long hidden = 0;
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select "
                                        + Postgres.MARK
                                        + " s.queryid, r.rolname, s.query, s.calls, s.mean_exec_time,"
                                        + " s.max_exec_time from pg_stat_statements s join pg_roles r on"
                                        + " r.oid = s.userid where s.toplevel and s.dbid = (select oid"
                                        + " from pg_database where datname = current_database()) order"
                                        + " by s.calls desc")) {
            while (rows.next()) {
                var sql = rows.getString(3);
                if (HIDDEN.equals(sql)) {
                    hidden++;
                } else if (sql != null && ofApplication(sql)) {
                    statements.add(
                            new RecordedStatement(
                                    rows.getLong(1),
                                    rows.getString(2),
                                    Literals.without(sql),
                                    rows.getLong(4),
                                    rows.getDouble(5),
                                    rows.getDouble(6),
                                    since.orElse(now),
                                    now));
                }
            }
        }
        if (hidden > 0) {
            unseen.add(
                    new Workload.Unseen(
                            hidden,
                            "executed by other roles and not shown to ours; it needs"
                                    + " pg_read_all_stats"));
        }
        long evicted = number(connection, "dealloc");
        if (evicted > 0) {
            unseen.add(
                    new Workload.Unseen(
                            evicted,
                            "times the server forgot its rarest statements for lack of room"));
        }
        return new Workload(statements, since, now, 0, unseen);
    }

    /// Whether it reads or changes rows of the application.
    static boolean ofApplication(String sql) {
        if (sql.contains(Postgres.MARK)) {
            return false;
        }
        var tokens = SqlLexer.tokens(sql);
        var first = tokens.stream().filter(token -> !token.sign('(')).findFirst();
        return first.filter(token -> ROWS.stream().anyMatch(token::is)).isPresent()
                && !onlySystem(tokens);
    }

    /// Whether every table it names is the system's: consoles, drivers and poolers ask such things.
    private static boolean onlySystem(List<dev.slipway.migration.SqlToken> tokens) {
        boolean named = false;
        for (int i = 1; i < tokens.size(); i++) {
            var before = tokens.get(i - 1);
            if (!before.is("from")
                    && !before.is("join")
                    && !before.is("into")
                    && !before.is("update")) {
                continue;
            }
            var text = tokens.get(i).text();
            if (tokens.get(i).identifier()) {
                if (!text.startsWith("pg_") && !text.equals("information_schema")) {
                    return text.equals("slipway");
                }
                named = true;
            }
        }
        return named;
    }

    private static Optional<Instant> since(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select "
                                        + Postgres.MARK
                                        + " greatest(stats_reset, pg_postmaster_start_time()) from"
                                        + " pg_stat_statements_info")) {
            if (!rows.next()) {
                return Optional.empty();
            }
            return Optional.ofNullable(rows.getTimestamp(1)).map(java.sql.Timestamp::toInstant);
        }
    }

    private static long number(Connection connection, String column) throws SQLException {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select "
                                        + Postgres.MARK
                                        + " "
                                        + column
                                        + " from pg_stat_statements_info")) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }
}
