package dev.slipway.release.rollback;

import dev.slipway.release.rollback.loss.CountListener;

/// Hears how far a look is.
public interface LookListener extends CountListener {
    /// One that hears nothing.
    LookListener SILENT = (_, _, _) -> {};

    /// Something is waited for, a whole sentence.
    default void waiting(String sentence) {}

    /// The branch that is looked into is there.
    default void opened(String branch) {}
}
