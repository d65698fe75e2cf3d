package dev.slipway.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/// Virtual time and all that is due at a moment of it. Nothing here sleeps: time passes when somebody
/// lets it pass, and what is due meanwhile happens meanwhile, in an order that is always the same.
final class Time {
    private static final Instant START = Instant.parse("2026-11-20T14:00:00Z");

    private record Due(long at, long order, Runnable what) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            var sooner = Long.compare(at, other.at);
            return sooner != 0 ? sooner : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private long now;
    private long order;

    /// Nanoseconds since the run began.
    long now() {
        return now;
    }

    /// The time of the servers.
    Instant instant() {
        return START.plusNanos(now);
    }

    /// Does `what` when `after` has passed.
    void in(Duration after, Runnable what) {
        queue.add(new Due(now + Math.max(0, after.toNanos()), order++, what));
    }

    /// Lets time pass, and everything happen that is due meanwhile.
    void pass(Duration time) {
        var until = now + time.toNanos();
        while (!queue.isEmpty() && queue.peek().at() <= until) {
            next();
        }
        now = Math.max(now, until);
    }

    /// Does the next thing that is due; false when there is none.
    boolean next() {
        var due = queue.poll();
        if (due == null) {
            return false;
        }
        // A call that takes long inside of another one may have come back late.
        now = Math.max(now, due.at());
        due.what().run();
        return true;
    }
}
