package dev.slipway.app;

import dev.slipway.operation.Entry;
import dev.slipway.operation.Event;
import dev.slipway.operation.Journal;
import dev.slipway.operation.JournalException;
import dev.slipway.operation.Moment;
import dev.slipway.operation.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/// A journal that cannot be written any more from a moment on, as that of a process that is gone.
final class DyingJournal implements Journal {
    private final Journal journal;
    private final int boundary;
    private final BiPredicate<Event, List<Event>> counts;
    private final List<Event> counted = new ArrayList<>();
    private Optional<Event> died = Optional.empty();

    /// @param boundary how many writes that count are still made
    /// @param counts which writes count, told the ones before
    DyingJournal(Journal journal, int boundary, BiPredicate<Event, List<Event>> counts) {
        this.journal = journal;
        this.boundary = boundary;
        this.counts = counts;
    }

    /// The write it died at; empty while it lives.
    Optional<Event> died() {
        return died;
    }

    /// The step an event is about; empty when it is about none.
    static String step(Event event) {
        return event instanceof Event.OfStep of ? of.step() : "";
    }

    @Override
    public Entry begin(Plan plan, Event.Started started, Moment at) {
        return journal.begin(plan, started, at);
    }

    @Override
    public Entry append(String plan, Event event, Moment at) {
        if (counts.test(event, counted)) {
            if (died.isEmpty() && counted.size() == boundary) {
                died = Optional.of(event);
            }
            counted.add(event);
        }
        if (died.isPresent()) {
            throw new JournalException("The process is gone.");
        }
        return journal.append(plan, event, at);
    }

    @Override
    public List<Entry> entries(String plan) {
        return journal.entries(plan);
    }

    @Override
    public Optional<Plan> plan(String id) {
        return journal.plan(id);
    }
}
