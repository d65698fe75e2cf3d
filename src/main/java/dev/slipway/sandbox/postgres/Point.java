package dev.slipway.sandbox.postgres;

import java.time.Instant;

/// A moment in the history of a timeline.
public sealed interface Point {
    /// Now.
    record Head() implements Point {}

    /// Everything written before this position.
    record At(Lsn lsn) implements Point {}

    /// Every transaction committed at this instant or earlier.
    record When(Instant instant) implements Point {}
}
