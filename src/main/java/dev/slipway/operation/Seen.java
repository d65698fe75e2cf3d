package dev.slipway.operation;

/// A fresh observation, handed to the engine once.
///
/// @param step whose it is
/// @param at when the reading was begun, so that it is never taken for younger than it is
public record Seen(PlanStep step, StepScope.Purpose purpose, Observation observation, Moment at) {}
