package dev.slipway.log;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The log of this process. Any thread may write and read.
///
/// The newest rows are in memory, as many as the ring holds; older ones are in the file, if one is
/// attached (see [LogFile]). Every row has a number, counted from 0 since the start, so a reader
/// that was too slow knows how many it missed.
public final class Log {
    /// How many rows are kept in memory.
    public static final int CAPACITY = 50_000;

    private final InstantSource clock;
    private final UnaryOperator<String> redactor;
    private final @Nullable LogRow[] ring;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition written = lock.newCondition();
    private long total;
    private long restored;
    private long kept;
    private boolean closed;

    /// @param redactor masks secrets in a text; applied before a row is stored anywhere
    public Log(InstantSource clock, UnaryOperator<String> redactor) {
        this(clock, redactor, CAPACITY);
    }

    Log(InstantSource clock, UnaryOperator<String> redactor, int capacity) {
        this.clock = clock;
        this.redactor = redactor;
        this.ring = new LogRow[capacity];
    }

    /// Stores `row` as it is, masked.
    public void append(LogRow row) {
        var masked = row.masked(redactor);
        lock.lock();
        try {
            ring[(int) (total % ring.length)] = masked;
            total++;
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Stores rows of earlier sessions before the first one of this session; they are in a file
    /// already and are not written to one again.
    ///
    /// @throws IllegalStateException when something was stored before
    public void restore(List<LogRow> rows) {
        lock.lock();
        try {
            if (total > 0) {
                throw new IllegalStateException("the log has begun");
            }
            rows.forEach(this::append);
            restored = total;
        } finally {
            lock.unlock();
        }
    }

    /// Stores a plain line of this moment.
    public void line(LogRow.Channel channel, String source, LogRow.Level level, String text) {
        append(LogRow.line(clock.instant(), channel, source, level, text));
    }

    /// How many rows were written since the start.
    public long total() {
        lock.lock();
        try {
            return total;
        } finally {
            lock.unlock();
        }
    }

    /// The clock rows are stamped with.
    public InstantSource clock() {
        return clock;
    }

    /// A reader that begins with the oldest row in memory.
    public Reader reader() {
        lock.lock();
        try {
            return new Reader(Math.max(0, total - ring.length));
        } finally {
            lock.unlock();
        }
    }

    /// A reader of what no file has: it begins with the oldest row of this session in memory, or where
    /// the last one of this kind ended.
    Reader unkept() {
        lock.lock();
        try {
            return new Reader(kept > 0 ? kept : Math.max(restored, total - ring.length));
        } finally {
            lock.unlock();
        }
    }

    /// What `reader` has read is in a file.
    void keep(Reader reader) {
        lock.lock();
        try {
            kept = reader.next;
        } finally {
            lock.unlock();
        }
    }

    /// Wakes waiting readers for good; they give what is left and then nothing.
    public void close() {
        lock.lock();
        try {
            closed = true;
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A place in the log that moves on by reading. Used by one thread at a time.
    public final class Reader {
        private long next;
        private boolean ended;

        private Reader(long next) {
            this.next = next;
        }

        /// What was written since the last call, at most `most` rows, without waiting. Rows that left
        /// the ring unread are one row of kind TRUNCATED in their place.
        public List<LogRow> poll(int most) {
            lock.lock();
            try {
                return take(most);
            } finally {
                lock.unlock();
            }
        }

        /// Wakes who waits here for good: what is left is given, and then nothing. For any thread.
        void end() {
            lock.lock();
            try {
                ended = true;
                written.signalAll();
            } finally {
                lock.unlock();
            }
        }

        /// As [#poll], but waits for the first row. Empty when `wait` is over or the log is closed.
        public List<LogRow> await(int most, Duration wait) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                long left = wait.toNanos();
                while (next == total && !closed && !ended && left > 0) {
                    left = written.awaitNanos(left);
                }
                return take(most);
            } finally {
                lock.unlock();
            }
        }

        /// Waits as long as it takes. Empty only when the log is closed and read to its end.
        public List<LogRow> await(int most) throws InterruptedException {
            while (true) {
                var rows = await(most, Duration.ofHours(1));
                if (!rows.isEmpty() || isAtEnd()) {
                    return rows;
                }
            }
        }

        private boolean isAtEnd() {
            lock.lock();
            try {
                return (closed || ended) && next == total;
            } finally {
                lock.unlock();
            }
        }

        private List<LogRow> take(int most) {
            var rows = new ArrayList<LogRow>();
            long oldest = Math.max(0, total - ring.length);
            if (next < oldest) {
                rows.add(
                        LogRow.missing(
                                clock.instant(),
                                LogRow.Kind.TRUNCATED,
                                LogRow.Channel.OPERATION,
                                "log",
                                "%,d lines were written faster than they could be read and are left out here"
                                        .formatted(oldest - next)));
                next = oldest;
            }
            while (next < total && rows.size() < most) {
                var row = ring[(int) (next % ring.length)];
                if (row != null) {
                    rows.add(row);
                }
                next++;
            }
            return rows;
        }
    }
}
