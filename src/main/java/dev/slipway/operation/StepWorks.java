package dev.slipway.operation;

/// The vocabulary: finds the work that belongs to a step of a plan.
@FunctionalInterface
public interface StepWorks {
    /// The work of `step`, found by its group.
    ///
    /// @throws dev.slipway.domain.InputException when this program does not know the step
    StepWork of(Plan plan, PlanStep step);
}
