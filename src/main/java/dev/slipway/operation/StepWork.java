package dev.slipway.operation;

import java.util.Map;

/// The vendor's side of one step. Stateless: the same object serves every attempt and every sitting.
///
/// A remote that says no is thrown as a [dev.slipway.domain.FailureException]; the engine classifies
/// it. Implementations never retry a change and never wait for its effect: the engine does both.
public interface StepWork {
    /// Looks at the remotes. Changes nothing, and may be called at any time, any number of times.
    Observation observe(StepScope scope);

    /// Makes at most one change. Called only after [#observe] said [Observation.Absent].
    ///
    /// A change over HTTP announces itself: this runs inside [dev.slipway.http.Wire#during] with a
    /// listener that journals. A change of a database is announced through `sending` immediately
    /// before the statement that makes it.
    ///
    /// The answer is not believed: the engine observes afterwards.
    ///
    /// @throws UnsupportedOperationException for a step that only waits or checks
    default Receipt send(StepScope scope, Sending sending) {
        throw new UnsupportedOperationException(scope.step().key() + " changes nothing");
    }

    /// What the remote answered.
    ///
    /// @param ids ids from the answer, such as a deployment's or a request's; journalled
    record Receipt(Map<String, String> ids) {
        /// An answer without ids worth keeping.
        public static final Receipt NONE = new Receipt(Map.of());

        public Receipt {
            ids = Map.copyOf(ids);
        }
    }
}
