package dev.slipway.ui.logs;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

/// Which lines of the log are seen: the last ones while it follows, else those from the top row on. One
/// thread.
final class LogViewport {
    private final LogModel model;
    private final BooleanProperty follow = new SimpleBooleanProperty(this, "follow", true);
    private long top;
    private int topPart;

    LogViewport(LogModel model) {
        this.model = model;
    }

    BooleanProperty followProperty() {
        return follow;
    }

    /// The index of the row at the top.
    int first() {
        return model.indexOf(top);
    }

    /// The index of the row at the top when the end is seen.
    ///
    /// @param fitting how many lines are seen at once
    int last(int fitting) {
        return Math.max(0, model.size() - fitting);
    }

    /// The lines that are seen, top to bottom.
    List<LogLayout.Line> lines(LogLayout layout, int fitting) {
        return follow.get() ? fromBottom(layout, fitting) : fromTop(layout, fitting);
    }

    private List<LogLayout.Line> fromBottom(LogLayout layout, int fitting) {
        var seen = new ArrayList<LogLayout.Line>();
        for (int i = model.size() - 1; i >= 0 && seen.size() < fitting; i--) {
            seen.addAll(layout.lines(model.number(i), model.row(model.number(i))).reversed());
        }
        var all = seen.subList(0, Math.min(fitting, seen.size())).reversed();
        if (!all.isEmpty()) {
            top = all.getFirst().number();
            topPart = all.getFirst().part();
        }
        return all;
    }

    private List<LogLayout.Line> fromTop(LogLayout layout, int fitting) {
        var seen = new ArrayList<LogLayout.Line>();
        for (int i = first(); i < model.size() && seen.size() < fitting; i++) {
            long number = model.number(i);
            var all = layout.lines(number, model.row(number));
            seen.addAll(
                    number == top
                            ? all.subList(Math.min(topPart, all.size() - 1), all.size())
                            : all);
        }
        // At the end of the log the last line stands at the bottom, not in the middle.
        return seen.size() < fitting ? fromBottom(layout, fitting) : seen.subList(0, fitting);
    }

    /// Puts the row of this index at the top; anywhere but at the end stops following.
    void goTo(int index, int fitting) {
        startAt(Math.clamp(index, 0, Math.max(0, model.size() - 1)));
        follow.set(index >= last(fitting) && follow.get());
    }

    /// Moves what is seen by `by` rows; up stops following.
    void move(int by, int fitting) {
        if (by > 0 && follow.get()) {
            return;
        }
        int to = first() + by;
        startAt(Math.clamp(to, 0, Math.max(0, model.size() - 1)));
        follow.set(by > 0 && to > last(fitting));
    }

    /// Stops following, and moves as far as is needed to see the row of this index.
    void reveal(int index, int fitting) {
        int first = first();
        // The rows under the pointer stay where they are; following would carry them away.
        follow.set(false);
        if (index < first) {
            startAt(index);
        } else if (index >= first + fitting - 1) {
            startAt(Math.clamp(index - fitting + 2, 0, index));
        }
    }

    private void startAt(int index) {
        top = model.number(index);
        topPart = 0;
    }
}
