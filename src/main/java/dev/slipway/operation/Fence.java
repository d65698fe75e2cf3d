package dev.slipway.operation;

import dev.slipway.domain.Failure;
import java.time.Duration;

/// Asked immediately before each changing call whether this operation still may change anything.
public interface Fence {
    /// For operations that need no lock, and for steps before the claim.
    Fence NONE = _ -> new Clearance.Clear();

    /// Whether `passage` may be made now. May ask and renew the production lock, which takes a few
    /// calls.
    Clearance clear(Passage passage);

    /// A change about to be made.
    ///
    /// @param noReturn whether a change that cannot be taken back was made before
    /// @param needed how long the lock must still be ours: the call's timeout and its quiet time
    record Passage(Plan plan, PlanStep step, boolean noReturn, Duration needed) {}

    /// The answer.
    sealed interface Clearance {
        /// Go.
        record Clear() implements Clearance {}

        /// Somebody else may write now; nothing may be sent.
        ///
        /// @param sentence who, since when
        record Lost(String sentence) implements Clearance {}

        /// Somebody asked the operation to pause, or what was seen is for a person to look at.
        ///
        /// @param by who asked; empty when nobody did and `reason` is the whole sentence
        record PauseAsked(String by, String reason) implements Clearance {}

        /// It cannot be found out now.
        record CannotTell(Failure failure) implements Clearance {}
    }
}
