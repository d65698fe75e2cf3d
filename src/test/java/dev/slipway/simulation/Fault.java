package dev.slipway.simulation;

import java.time.Duration;

/// Something that goes wrong at one place of a run.
///
/// @param time how long or how late, where that matters
record Fault(Kind kind, Duration time) {
    static final Fault NONE = new Fault(Kind.NONE, Duration.ZERO);

    /// What can go wrong, and where.
    enum Kind {
        NONE(Place.values()),
        /// The program dies; its memory is gone.
        CRASH(Place.JOURNAL, Place.READ, Place.BEFORE, Place.AFTER),
        /// The journal takes no more.
        JOURNAL_FULL(Place.JOURNAL),
        /// No connection comes about.
        UNREACHABLE(Place.READ, Place.BEFORE),
        /// Sent and never carried out; no answer.
        REQUEST_LOST(Place.CALL),
        /// Carried out; no answer.
        ANSWER_LOST(Place.CALL),
        /// No answer; carried out later, within the quiet time of the provider.
        LATE(Place.CALL),
        /// Carried out twice, the answer is that of the second.
        TWICE(Place.CALL),
        /// 429 with the time to wait.
        RATE_LIMITED(Place.CALL, Place.READ),
        /// 403 of GitHub's secondary limit, 429 without a time.
        SECONDARY_LIMIT(Place.CALL),
        /// 423 and 503.
        BUSY(Place.CALL),
        /// 5xx, carried out or not.
        SERVER_ERROR(Place.CALL, Place.READ),
        /// 200 with an error in the body: refused.
        ERROR_BODY(Place.CALL),
        /// Carried out, the answer is cut or no JSON.
        TRUNCATED(Place.CALL, Place.READ),
        /// The token is refused.
        DENIED(Place.CALL, Place.READ),
        /// An answer that was true some seconds ago.
        STALE(Place.READ),
        /// An answer that takes long.
        SLOW(Place.CALL, Place.READ),
        /// The program stands still before its bytes are announced: a full disk queue, a stopped
        /// process.
        STALL(Place.BEFORE, Place.SQL, Place.COMMIT),
        /// Somebody who does not use Slipway deploys after our look and before our change.
        OVERTAKEN(Place.BEFORE),
        /// The machine sleeps: its monotonic clock stands still, the world goes on.
        SUSPEND(Place.TURN, Place.BEFORE),
        /// Somebody sets the wall clock.
        CLOCK_JUMP(Place.TURN),
        /// A statement does not get its lock.
        LOCK_TIMEOUT(Place.SQL),
        /// The connection to the database breaks.
        CONNECTION_LOST(Place.SQL),
        /// COMMIT without an answer: carried out, not carried out, or by a backend that lives on.
        COMMIT_APPLIED(Place.COMMIT),
        COMMIT_LOST(Place.COMMIT),
        COMMIT_LATE(Place.COMMIT);

        private final int places;

        Kind(Place... places) {
            var bits = 0;
            for (var place : places) {
                bits |= 1 << place.ordinal();
            }
            this.places = bits;
        }

        /// Whether it can happen there.
        boolean at(Place place) {
            return (places & 1 << place.ordinal()) != 0;
        }
    }

    /// Where something can go wrong.
    enum Place {
        /// Before or after a line is written.
        JOURNAL,
        /// A reading call.
        READ,
        /// A changing call that was not announced yet.
        BEFORE,
        /// A changing call on its way.
        CALL,
        /// A changing call that was answered, before the answer is noted.
        AFTER,
        /// A statement.
        SQL,
        COMMIT,
        /// Between two turns of a program.
        TURN
    }

    boolean is(Kind other) {
        return kind == other;
    }

    @Override
    public String toString() {
        return time.isZero() ? kind.name() : kind + " " + time;
    }
}
