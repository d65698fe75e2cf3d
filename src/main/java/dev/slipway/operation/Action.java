package dev.slipway.operation;

import java.time.Duration;
import java.util.List;

/// What the engine wants done next.
public sealed interface Action {
    /// Look at the remotes through the step.
    record Observe(PlanStep step, StepScope.Purpose purpose) implements Action {}

    /// Make the step's change.
    ///
    /// @param attempt 1 for the first
    record Send(PlanStep step, int attempt) implements Action {}

    /// Wait, then ask again.
    ///
    /// @param step what for
    /// @param reason in words
    record Await(PlanStep step, Duration time, String reason) implements Action {}

    /// Carry these out at the same time, then ask again: looks of several steps, or changes of
    /// several.
    record AtOnce(List<Action> each) implements Action {
        public AtOnce {
            each = List.copyOf(each);
        }
    }

    /// Write these into the journal, in order, then ask again.
    record Note(List<Event> events) implements Action {
        public Note {
            events = List.copyOf(events);
        }

        /// One event.
        static Note of(Event event) {
            return new Note(List.of(event));
        }
    }

    /// Nothing more to do in this sitting.
    ///
    /// @param state terminal, or PAUSED
    /// @param step the step that decided it, empty when none did
    record End(OperationState state, String step, String reason) implements Action {}
}
