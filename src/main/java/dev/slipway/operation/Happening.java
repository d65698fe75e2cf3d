package dev.slipway.operation;

import java.time.Duration;
import java.util.Map;

/// What a running operation tells whoever watches: the window, the command line, the log.
public sealed interface Happening {
    /// A step is being looked at or made for the first time in this sitting.
    ///
    /// @param position number of its group, from 1
    /// @param steps how many groups there are
    record StepStarted(PlanStep step, int position, int steps) implements Happening {}

    /// A step ended.
    ///
    /// @param reason why, empty when it simply came true
    record StepEnded(PlanStep step, StepState state, String reason) implements Happening {}

    /// A long look is on its way.
    ///
    /// @param done 0 to 1, negative when unknown
    /// @param notes what was counted so far, as the step keeps it for its next look
    record Progress(PlanStep step, double done, String text, Map<String, String> notes)
            implements Happening {
        public Progress {
            notes = Map.copyOf(notes);
        }
    }

    /// A line of a step's log.
    record Line(PlanStep step, StepScope.Level level, String text) implements Happening {}

    /// Nothing is done for a while.
    record Waiting(PlanStep step, Duration time, String reason) implements Happening {}

    /// Something was journalled.
    record Journalled(Entry entry) implements Happening {}

    /// The operation is in another state.
    record Moved(OperationState state, String step, String reason) implements Happening {}

    /// Watches an operation. Called on the operation's thread: be quick, and never throw.
    @FunctionalInterface
    interface Listener {
        /// Something happened.
        void happened(Happening happening);
    }
}
