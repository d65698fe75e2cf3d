package dev.slipway.ui.logs;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a person did to rows: selected a range, set marks, opened some in full. Rows are meant by their
/// number, so it holds while others come and go. One thread.
final class LogSelection {
    private final LogModel model;
    private final Set<Long> expanded = new HashSet<>();
    private final Set<Long> marked = new HashSet<>();
    private long from = -1;
    private long lead = -1;

    LogSelection(LogModel model) {
        this.model = model;
    }

    /// Selects the row of this number, or up to it from where the selection began.
    void select(long number, boolean extend) {
        lead = number;
        if (!extend || from < 0) {
            from = lead;
        }
    }

    /// Whether anything is selected.
    boolean any() {
        return lead >= 0;
    }

    /// The index of the row selected last; `otherwise` when none is.
    int index(int otherwise) {
        return any() ? model.indexOf(lead) : otherwise;
    }

    boolean covers(long number) {
        return any() && number >= Math.min(from, lead) && number <= Math.max(from, lead);
    }

    boolean isMarked(long number) {
        return marked.contains(number);
    }

    /// Numbers of the rows shown in full.
    Set<Long> expanded() {
        return expanded;
    }

    /// Sets a mark at the row selected last, or takes it away.
    void toggleMark() {
        if (any()) {
            toggle(marked, lead);
        }
    }

    /// Shows the row selected last in full, or short again.
    void toggleExpanded() {
        if (any()) {
            toggleExpanded(lead);
        }
    }

    void toggleExpanded(long number) {
        toggle(expanded, number);
    }

    private static void toggle(Set<Long> all, long number) {
        if (!all.remove(number)) {
            all.add(number);
        }
    }

    /// Forgets rows that are not held any more.
    void forget() {
        expanded.removeIf(number -> number < model.first());
        marked.removeIf(number -> number < model.first());
        if (any() && lead < model.first()) {
            lead = -1;
            from = -1;
        }
    }

    /// The selected rows as plain text, one after the other.
    String text() {
        if (!any()) {
            return "";
        }
        long first = Math.max(model.first(), Math.min(from, lead));
        long last = Math.max(from, lead);
        return IntStream.range(model.indexOf(first), model.indexOf(last + 1))
                .mapToObj(i -> model.row(model.number(i)).plain())
                .collect(Collectors.joining("\n"));
    }
}
