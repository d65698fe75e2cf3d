package dev.slipway.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/// One database: a table with columns, Drizzle's ledger, the fence, and who works on it. Strict where
/// Postgres is: what is not committed is seen by nobody else, a column cannot be added twice.
final class SimDatabase {
    private final String branch;
    private State committed;
    private final Map<String, String> schemas = new LinkedHashMap<>();
    final List<SimBackend> backends = new ArrayList<>();
    private long lsn = 16;

    /// A row of the ledger.
    record Row(long id, String hash, long when) {}

    /// What a transaction sees and changes.
    static final class State {
        final TreeSet<String> columns;
        final List<Row> ledger;
        boolean ledgerTable;
        boolean fenceTable;
        OptionalLong fence;

        State() {
            columns = new TreeSet<>();
            ledger = new ArrayList<>();
            fence = OptionalLong.empty();
        }

        State(State other) {
            columns = new TreeSet<>(other.columns);
            ledger = new ArrayList<>(other.ledger);
            ledgerTable = other.ledgerTable;
            fenceTable = other.fenceTable;
            fence = other.fence;
        }

        void insert(String hash, long when) {
            ledger.add(new Row(ledger.size() + 1L, hash, when));
        }
    }

    SimDatabase(String branch, State state) {
        this.branch = branch;
        committed = state;
        schemas.put(lsn(), schema());
    }

    SimDatabase copy(String other) {
        return new SimDatabase(other, new State(committed));
    }

    boolean production() {
        return branch.equals(SimNeon.MAIN);
    }

    State committed() {
        return committed;
    }

    void commit(State state) {
        committed = state;
        lsn++;
        schemas.put(lsn(), schema());
    }

    String lsn() {
        return "0/" + Long.toHexString(lsn);
    }

    /// The schema without the fence's, as every comparison leaves it out.
    String schema() {
        return String.join("\n", committed.columns);
    }

    String schemaAt(String position) {
        return schemas.getOrDefault(position, "");
    }
}
