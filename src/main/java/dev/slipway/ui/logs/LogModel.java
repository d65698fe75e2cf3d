package dev.slipway.ui.logs;

import dev.slipway.log.LogRow;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The rows a pane can show: the newest ones in a ring, and which of them pass the filter. Every row
/// has a number that never changes; an index counts only what passes. One thread.
final class LogModel {
    private final @Nullable LogRow[] rows;
    private final long[] passing;
    private Predicate<LogRow> filter = _ -> true;
    private long total;
    private int head;
    private int size;

    LogModel(int capacity) {
        rows = new LogRow[capacity];
        passing = new long[capacity];
    }

    /// Adds `row` at the end, dropping the oldest when full; whether it passes the filter.
    boolean add(LogRow row) {
        if (total >= rows.length && size > 0 && passing[head] == total - rows.length) {
            head = (head + 1) % passing.length;
            size--;
        }
        rows[(int) (total % rows.length)] = row;
        boolean passes = filter.test(row);
        if (passes) {
            passing[(head + size) % passing.length] = total;
            size++;
        }
        total++;
        return passes;
    }

    /// Shows only rows that pass `test`.
    void filter(Predicate<LogRow> test) {
        filter = test;
        head = 0;
        size = 0;
        for (long number = first(); number < total; number++) {
            if (test.test(row(number))) {
                passing[size++] = number;
            }
        }
    }

    /// Number of the oldest row still here.
    long first() {
        return Math.max(0, total - rows.length);
    }

    /// How many rows were ever added.
    long total() {
        return total;
    }

    /// How many rows are here, passing or not.
    int held() {
        return (int) Math.min(total, rows.length);
    }

    /// How many rows pass the filter.
    int size() {
        return size;
    }

    /// The number of the row at `index` among those that pass.
    long number(int index) {
        return passing[(head + index) % passing.length];
    }

    /// The row with this number, which must still be here.
    LogRow row(long number) {
        var row = number < first() || number >= total ? null : rows[(int) (number % rows.length)];
        if (row == null) {
            throw new IllegalArgumentException("no row " + number);
        }
        return row;
    }

    /// The index of the first passing row with this number or a higher one; [#size] when none is.
    int indexOf(long number) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (number(middle) < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The index of the next passing row from `from`, itself not included, that `wanted` accepts;
    /// -1 when there is none.
    int find(int from, int step, Predicate<LogRow> wanted) {
        for (int i = from + step; i >= 0 && i < size; i += step) {
            if (wanted.test(row(number(i)))) {
                return i;
            }
        }
        return -1;
    }
}
