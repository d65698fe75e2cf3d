package dev.slipway.ui.logs;

import dev.slipway.log.Log;
import dev.slipway.log.LogRow;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Takes what was logged into the model, so much at a time that a pulse stays short, and says what is there
/// now. One thread.
final class LogIntake {
    private static final int AT_ONCE = 20_000;

    private final Log.Reader reader;
    private final LogModel model;
    private final LongConsumer error;
    private final Set<String> known = new TreeSet<>();
    private final ReadOnlyLongWrapper held = new ReadOnlyLongWrapper(this, "held");
    private final ReadOnlyObjectWrapper<Set<String>> workers =
            new ReadOnlyObjectWrapper<>(this, "workers", Set.of());

    /// @param error told the numbers of errors that pass the filter
    LogIntake(Log log, LogModel model, LongConsumer error) {
        reader = log.reader();
        this.model = model;
        this.error = error;
    }

    /// How many rows are in memory.
    ReadOnlyLongProperty heldProperty() {
        return held.getReadOnlyProperty();
    }

    /// The Workers rows were about so far, sorted.
    ReadOnlyObjectProperty<Set<String>> workersProperty() {
        return workers.getReadOnlyProperty();
    }

    /// What one turn brought.
    ///
    /// @param passed how many of `rows` pass the filter
    record Taken(int rows, int passed) {}

    /// Takes what came since the last turn.
    Taken take() {
        var rows = reader.poll(AT_ONCE);
        int passed = 0;
        int before = known.size();
        for (var row : rows) {
            row.worker().ifPresent(known::add);
            if (model.add(row)) {
                passed++;
                if (row.level() == LogRow.Level.ERROR) {
                    error.accept(model.total() - 1);
                }
            }
        }
        if (known.size() != before) {
            workers.set(Collections.unmodifiableSet(new TreeSet<>(known)));
        }
        held.set(model.held());
        return new Taken(rows.size(), passed);
    }
}
