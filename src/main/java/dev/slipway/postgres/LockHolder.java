package dev.slipway.postgres;

import dev.slipway.postgres.PostgresFailure.During;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A transaction that holds locks on tables, or a snapshot.
///
/// What it executes is not read: the text could hold values. What its role hides from ours is empty.
///
/// @param process 0 for a prepared transaction, which no process serves
/// @param transaction the server's name of it, never used twice while the server runs
/// @param application what it calls itself; for a process of the server what it is
/// @param state `active`, `idle in transaction` and so on; empty when it may not be seen
/// @param age since it began; empty when it may not be seen
/// @param snapshot whether it keeps what others delete visible, which CONCURRENTLY waits for
/// @param held its locks on tables, views and materialized views of this database
public record LockHolder(
        int process,
        String transaction,
        String application,
        String state,
        Optional<Duration> age,
        boolean snapshot,
        List<Held> held) {
    private static final String READ =
            "select "
                    + Postgres.MARK
                    + " coalesce(l.pid, 0), l.virtualtransaction,"
                    + " case when a.backend_type <> 'client backend' then a.backend_type"
                    + " else coalesce(a.application_name, '') end, coalesce(a.state, ''),"
                    + " extract(epoch from clock_timestamp() - coalesce(a.xact_start, p.prepared)),"
                    + " a.backend_xmin is not null, case n.nspname when 'public' then ''"
                    + " else quote_ident(n.nspname) || '.' end || quote_ident(c.relname), l.mode"
                    + " from pg_locks l left join pg_stat_activity a on a.pid = l.pid"
                    + " left join pg_prepared_xacts p on l.pid is null"
                    + " and l.virtualtransaction = '-1/' || p.transaction"
                    + " left join pg_class c on c.oid = l.relation and l.locktype = 'relation'"
                    + " and c.relkind in ('r', 'p', 'v', 'm') and c.oid >= 16384 and l.database ="
                    + " (select oid from pg_database where datname = current_database())"
                    + " left join pg_namespace n on n.oid = c.relnamespace"
                    + " where l.granted and coalesce(l.pid, 0) <> pg_backend_pid() and (%s)"
                    + " order by 5 desc nulls last, 1, 7, 8";
    private static final String OF_THIS_DATABASE =
            "coalesce(a.datname, p.database) = current_database()";
    private static final String BLOCKING = "coalesce(l.pid, 0) = any(pg_blocking_pids(?))";

    /// A lock on a table.
    ///
    /// @param relation with its schema unless that is `public`
    /// @param mode as `pg_locks` names it
    public record Held(String relation, String mode) {
        @Override
        public String toString() {
            return mode + " on " + relation;
        }
    }

    public LockHolder {
        held = List.copyOf(held);
    }

    /// Everybody else with a transaction in this database, the oldest first.
    ///
    /// @throws dev.slipway.domain.FailureException when the server does not answer
    public static List<LockHolder> all(Connection connection) {
        try (var statement = connection.prepareStatement(READ.formatted(OF_THIS_DATABASE))) {
            return read(statement.executeQuery());
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, During.READING);
        }
    }

    /// Those whose locks the process `waiting` waits for now, the oldest first.
    public static List<LockHolder> blocking(Connection connection, int waiting)
            throws SQLException {
        try (var statement = connection.prepareStatement(READ.formatted(BLOCKING))) {
            statement.setInt(1, waiting);
            return read(statement.executeQuery());
        }
    }

    /// Whether any of `holders` has not ended yet.
    public static boolean there(Connection connection, List<LockHolder> holders)
            throws SQLException {
        try (var statement =
                connection.prepareStatement(
                        "select "
                                + Postgres.MARK
                                + " exists (select from pg_locks where virtualtransaction = any(?))")) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text", holders.stream().map(LockHolder::transaction).toArray()));
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private static List<LockHolder> read(ResultSet rows) throws SQLException {
        var holders = new LinkedHashMap<String, LockHolder>();
        try (rows) {
            while (rows.next()) {
                var held = new ArrayList<Held>();
                var relation = rows.getString(7);
                if (relation != null) {
                    held.add(new Held(relation, rows.getString(8)));
                }
                double seconds = rows.getDouble(5);
                boolean hidden = rows.wasNull();
                holders.merge(
                        rows.getString(2),
                        new LockHolder(
                                rows.getInt(1),
                                rows.getString(2),
                                rows.getString(3),
                                rows.getString(4),
                                hidden
                                        ? Optional.empty()
                                        : Optional.of(
                                                Duration.ofMillis(Math.round(seconds * 1000))),
                                rows.getBoolean(6),
                                held),
                        LockHolder::and);
            }
        }
        return List.copyOf(holders.values());
    }

    private LockHolder and(LockHolder same) {
        var all = new ArrayList<>(held);
        all.addAll(same.held());
        return holding(all);
    }

    /// The same, of whose locks only `some` are told.
    public LockHolder holding(List<Held> some) {
        return new LockHolder(process, transaction, application, state, age, snapshot, some);
    }

    /// Who it is and what it holds, without a full stop.
    public String sentence() {
        var what =
                held.isEmpty()
                        ? snapshot ? "keeps a snapshot" : "has its transaction open"
                        : "holds "
                                + held.stream()
                                        .map(Held::toString)
                                        .collect(Collectors.joining(", "));
        return name() + " (" + circumstances() + ") " + what;
    }

    private String name() {
        if (process == 0) {
            return "A prepared transaction";
        }
        return application.isBlank()
                ? "A session without a name"
                : '"' + application.replaceAll("\\p{C}", "?") + '"';
    }

    private String circumstances() {
        var words = new ArrayList<String>();
        if (process != 0) {
            words.add("process " + process);
        }
        if (!state.isEmpty()) {
            words.add(state);
        }
        words.add(
                age.map(time -> "begun " + spoken(time) + " ago")
                        .orElse("begun nobody may see when"));
        return String.join(", ", words);
    }

    private static String spoken(Duration time) {
        return time.toSeconds() < 10 ? time.toMillis() + " ms" : time.toSeconds() + " s";
    }
}
