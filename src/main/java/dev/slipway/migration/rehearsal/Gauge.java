package dev.slipway.migration.rehearsal;

import dev.slipway.migration.rehearsal.StatementReport.Lock;
import dev.slipway.migration.rehearsal.StatementReport.Rows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postgresql.replication.LogSequenceNumber;

/// Reads, inside a transaction, what the transaction has done so far: its locks, the files and rows
/// of tables, the log it wrote. Taking a reading takes locks on system catalogs only.
final class Gauge {
    private static final String FILES =
            "select c.oid::bigint, c.relkind, coalesce(pg_relation_filenode(c.oid), 0)::bigint,"
                    + " case when c.relkind in ('r', 'm') then pg_relation_size(c.oid) else 0 end,"
                    + " case n.nspname when 'public' then '' else quote_ident(n.nspname) || '.' end"
                    + " || quote_ident(c.relname)"
                    + " from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                    + " where c.relkind in ('r', 'p', 'i', 'm', 'v') and n.nspname !~ '^pg_'"
                    + " and n.nspname not in ('information_schema', 'slipway')";
    private static final String COUNTERS =
            "select relid::bigint, seq_tup_read, n_tup_ins, n_tup_upd, n_tup_del"
                    + " from pg_stat_xact_user_tables";
    private static final String LOCKS =
            "select relation::bigint, mode from pg_locks where pid = pg_backend_pid()"
                    + " and locktype = 'relation' and granted and relation >= 16384";
    private static final String WAL = "select pg_current_wal_insert_lsn()::text";

    private final Connection connection;

    /// The first name a relation had. It outlives the table, and a rename: code that is live knows it
    /// by that name.
    private final Map<Long, String> names = new HashMap<>();

    Gauge(Connection connection) {
        this.connection = connection;
    }

    /// A relation's file and size.
    ///
    /// @param kind as in `pg_class.relkind`
    record File(String kind, long node, long bytes) {}

    /// Counters of a table in this transaction.
    record Counters(long read, long inserted, long updated, long deleted) {
        static final Counters NONE = new Counters(0, 0, 0, 0);
    }

    /// A lock by the relation's OID.
    record Taken(long relation, LockMode mode) {}

    /// One reading.
    record Reading(
            Map<Long, File> files, Map<Long, Counters> counters, Set<Taken> locks, String wal) {
        /// The same of a session whose locks were seen from outside.
        Reading holding(Set<Taken> seen) {
            return new Reading(files, counters, seen, wal);
        }
    }

    /// Four questions in one round trip, which the simple protocol allows.
    Reading read() throws SQLException {
        var files = new HashMap<Long, File>();
        var counters = new HashMap<Long, Counters>();
        var locks = new HashSet<Taken>();
        var wal = new ArrayList<String>();
        try (var statement = connection.createStatement()) {
            statement.execute(FILES + ";" + COUNTERS + ";" + LOCKS + ";" + WAL);
            each(
                    statement,
                    rows -> {
                        files.put(
                                rows.getLong(1),
                                new File(rows.getString(2), rows.getLong(3), rows.getLong(4)));
                        names.putIfAbsent(rows.getLong(1), rows.getString(5));
                    });
            each(
                    statement,
                    rows ->
                            counters.put(
                                    rows.getLong(1),
                                    new Counters(
                                            rows.getLong(2),
                                            rows.getLong(3),
                                            rows.getLong(4),
                                            rows.getLong(5))));
            each(
                    statement,
                    rows -> locks.add(new Taken(rows.getLong(1), LockMode.of(rows.getString(2)))));
            each(statement, rows -> wal.add(rows.getString(1)));
        }
        return new Reading(files, counters, locks, wal.getFirst());
    }

    /// Bytes of log between two readings.
    static long walBytes(Reading before, Reading after) {
        return LogSequenceNumber.valueOf(after.wal()).asLong()
                - LogSequenceNumber.valueOf(before.wal()).asLong();
    }

    /// The name of a relation that was seen in any reading.
    String name(long relation) {
        return names.getOrDefault(relation, "relation " + relation);
    }

    /// Locks on tables and views, of which the ones on the ledger are not told.
    List<Lock> locks(Reading before, Reading after, Set<Long> known) {
        return after.locks().stream()
                .filter(taken -> !before.locks().contains(taken))
                .filter(taken -> known.contains(taken.relation()))
                .map(taken -> new Lock(name(taken.relation()), taken.mode()))
                .sorted(Comparator.comparing(Lock::mode).reversed().thenComparing(Lock::relation))
                .toList();
    }

    List<String> rewrites(Reading before, Reading after) {
        return after.files().entrySet().stream()
                .filter(entry -> {
                    var old = before.files().get(entry.getKey());
                    return old != null && old.node() != entry.getValue().node();
                })
                .map(entry -> name(entry.getKey()))
                .sorted()
                .toList();
    }

    List<Rows> rows(Reading before, Reading after) {
        var rows = new ArrayList<Rows>();
        after.files()
                .forEach((relation, file) -> {
                    var was = before.counters().getOrDefault(relation, Counters.NONE);
                    var is = after.counters().getOrDefault(relation, Counters.NONE);
                    var old = before.files().get(relation);
                    boolean truncated =
                            old != null
                                    && old.node() != file.node()
                                    && old.bytes() > 0
                                    && file.bytes() == 0;
                    if (truncated || !was.equals(is)) {
                        rows.add(
                                new Rows(
                                        name(relation),
                                        is.read() - was.read(),
                                        is.inserted() - was.inserted(),
                                        is.updated() - was.updated(),
                                        is.deleted() - was.deleted(),
                                        truncated));
                    }
                });
        rows.sort(Comparator.comparing(Rows::table));
        return rows;
    }

    private interface Each {
        void row(ResultSet rows) throws SQLException;
    }

    /// Reads the result at hand and goes to the next.
    private static void each(Statement statement, Each each) throws SQLException {
        try (var rows = statement.getResultSet()) {
            while (rows.next()) {
                each.row(rows);
            }
        }
        statement.getMoreResults();
    }
}
