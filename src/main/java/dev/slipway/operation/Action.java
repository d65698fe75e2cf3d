package dev.slipway.operation;

import java.time.Duration;

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

    /// Write this into the journal, then ask again.
    record Note(Event event) implements Action {}

    /// Nothing more to do in this sitting.
    ///
    /// @param state terminal, or PAUSED
    /// @param step the step that decided it, empty when none did
    record End(OperationState state, String step, String reason) implements Action {}
}
