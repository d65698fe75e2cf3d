package dev.slipway.simulation;

import dev.slipway.operation.Entry;
import dev.slipway.operation.Event;
import dev.slipway.operation.Journal;
import dev.slipway.operation.JournalException;
import dev.slipway.operation.Moment;
import dev.slipway.operation.Plan;
import dev.slipway.operation.journal.HashChain;
import dev.slipway.operation.journal.SqliteJournal;
import dev.slipway.simulation.Fault.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The journal of one machine: it survives the program, unless the disk is lost. The product's own
/// tables in memory, or lists that keep the same promise and are faster.
final class SimJournal implements Journal {
    private final Run run;
    private final Operator operator;
    private final Optional<SqliteJournal> tables;
    private final Map<String, Plan> plans = new HashMap<>();
    private final Map<String, List<Entry>> entries = new HashMap<>();
    private long lines;
    private Optional<Entry> last = Optional.empty();

    SimJournal(Run run, Operator operator, boolean sqlite) {
        this.run = run;
        this.operator = operator;
        tables = sqlite ? Optional.of(SqliteJournal.inMemory("simulation")) : Optional.empty();
    }

    /// The last line that was written.
    Optional<Entry> last() {
        return last;
    }

    /// Whether the chain of hashes is whole; where lists stand for tables there is none.
    boolean whole() {
        return tables.map(t -> t.check() instanceof HashChain.Check.Whole).orElse(true);
    }

    void close() {
        tables.ifPresent(SqliteJournal::close);
    }

    @Override
    public Entry begin(Plan plan, Event.Started started, Moment at) {
        before();
        plans.put(plan.id(), plan);
        return after(
                tables.map(t -> t.begin(plan, started, at))
                        .orElseGet(() -> entry(plan.id(), started, at)));
    }

    @Override
    public Entry append(String plan, Event event, Moment at) {
        before();
        return after(
                tables.map(t -> t.append(plan, event, at)).orElseGet(() -> entry(plan, event, at)));
    }

    @Override
    public List<Entry> entries(String plan) {
        return tables.map(t -> t.entries(plan))
                .orElseGet(() -> List.copyOf(entries.getOrDefault(plan, List.of())));
    }

    @Override
    public Optional<Plan> plan(String id) {
        return tables.isPresent() ? tables.get().plan(id) : Optional.ofNullable(plans.get(id));
    }

    private Entry entry(String plan, Event event, Moment at) {
        return new Entry(++lines, plan, at, event, "");
    }

    private void before() {
        operator.mustLive();
        var fault = run.fate().at(operator.index(), Place.JOURNAL, "before a line");
        switch (fault.kind()) {
            case CRASH -> throw operator.die();
            case JOURNAL_FULL -> throw new JournalException("The journal is full.");
            default -> {}
        }
    }

    private Entry after(Entry entry) {
        if (tables.isEmpty()) {
            entries.computeIfAbsent(entry.plan(), _ -> new ArrayList<>()).add(entry);
        }
        last = Optional.of(entry);
        run.noted(operator, entry);
        if (run.fate().at(operator.index(), Place.JOURNAL, "after a line").is(Fault.Kind.CRASH)) {
            throw operator.die();
        }
        return entry;
    }
}
