package dev.slipway.operation;

import java.time.Duration;

/// What is to be done after one action of an [Execution] was carried out.
public sealed interface Turn {
    /// Take the next turn at once.
    record Again() implements Turn {}

    /// Take the next turn after `time`, or earlier when someone asks for something.
    record Later(Duration time) implements Turn {}

    /// No more turns in this sitting.
    record Over(Action.End end) implements Turn {}
}
