package dev.slipway.simulation;

import dev.slipway.domain.World;
import dev.slipway.operation.Event;
import dev.slipway.operation.Moment;
import dev.slipway.operation.Safeguards;
import dev.slipway.postgres.EpochCheck;
import dev.slipway.postgres.Fence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The safeguards a run is composed of: the product's, or the product's without one.
///
/// @param lockCheck whether the lock is looked at before each change
record Safety(Safeguards safeguards, boolean lockCheck, EpochCheck epoch) {
    /// What can be left out.
    enum Without {
        NOTHING,
        QUIET_TIME,
        TWO_READS,
        LOCK_CHECK,
        DATABASE_FENCE,
        MARKS,
        SENT_BEFORE_BYTES
    }

    static Safety without(Without what, World.Bounds bounds) {
        var all = Safeguards.of(bounds);
        var some =
                new Safeguards(
                        what == Without.QUIET_TIME ? _ -> Duration.ZERO : all.quiet(),
                        what == Without.TWO_READS ? new OneRead() : all.agreement(),
                        what == Without.SENT_BEFORE_BYTES ? Safety::afterwards : all.announcement(),
                        what == Without.MARKS ? (_, _) -> true : all.marks());
        return new Safety(
                some,
                what != Without.LOCK_CHECK,
                what == Without.DATABASE_FENCE ? (_, _, _) -> {} : Fence::check);
    }

    private record OneRead() implements Safeguards.Agreement {
        @Override
        public boolean certain(List<Moment> absent) {
            return !absent.isEmpty();
        }

        @Override
        public Duration distance() {
            return Duration.ZERO;
        }
    }

    /// Notes a change together with its answer.
    private static Consumer<Event> afterwards(Consumer<Event> journal) {
        var held = new ArrayList<Event>();
        return event -> {
            held.add(event);
            if (event instanceof Event.Answered) {
                held.forEach(journal);
                held.clear();
            }
        };
    }
}
