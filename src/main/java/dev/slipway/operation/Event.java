package dev.slipway.operation;

import java.util.Map;
import java.util.Optional;

/// What the journal can say. Each event is a fixed list of typed fields, so that nothing is written
/// by accident; none of them may hold a secret.
public sealed interface Event {
    /// An event of one step.
    sealed interface OfStep extends Event {
        /// Key of the step or compensation.
        String step();

        /// The attempt it belongs to; 0 when it belongs to none.
        default int attempt() {
            return 0;
        }
    }

    /// The plan was approved and began.
    ///
    /// @param session the run of the program that works on it
    record Started(String planHash, String by, String machine, String session, String reason)
            implements Event {}

    /// A person decided to go on after an interruption, a pause or a question.
    record Resumed(String by, String machine, String session, Decision decision, String reason)
            implements Event {}

    /// A person took the operation over from somebody whose lock had expired; what the journal says
    /// before it was copied from the lock.
    ///
    /// @param epoch of the production lock, from here on
    /// @param from who held it, `ana on laptop-3`
    record TookOver(
            long epoch, String from, String by, String machine, String session, String reason)
            implements Event {}

    /// Someone asked a running operation for something; obeyed between calls.
    record Requested(Request request, String by, String reason) implements Event {}

    /// The machine slept while the program lived: what was seen before says nothing about now.
    ///
    /// @param sleptMillis for how long, as far as the clocks tell
    record WokeUp(long sleptMillis) implements Event {}

    /// It stopped between calls and waits for a person.
    ///
    /// @param step where, empty when at none
    /// @param needsOperator whether a person must change something before going on makes sense
    record Paused(String step, String reason, boolean needsOperator) implements Event {}

    /// Everything that must last was seen to hold at the end.
    record Settled() implements Event {}

    /// It ended.
    ///
    /// @param step the step that decided it, empty when all went through
    record Finished(OperationState state, String step, String reason) implements Event {}

    /// The step is about to make its change.
    ///
    /// @param evidence what was seen instead of it
    /// @param captured the state before, for compensations
    /// @param epoch of the production lock
    record Intended(
            String step,
            String mark,
            Map<String, String> evidence,
            Map<String, String> captured,
            Optional<Long> epoch)
            implements OfStep {
        public Intended {
            evidence = Map.copyOf(evidence);
            captured = Map.copyOf(captured);
        }
    }

    /// The change is about to leave; durable before its first byte does.
    ///
    /// @param deadlineMillis how long an answer is waited for, 0 when not said
    record Sent(
            String step,
            int attempt,
            String method,
            String url,
            String bodySha256,
            Map<String, String> ids,
            long deadlineMillis)
            implements OfStep {
        public Sent {
            ids = Map.copyOf(ids);
        }
    }

    /// What came of an attempt.
    ///
    /// @param detail a sentence
    /// @param retryAfterMillis how long the provider asked to wait, 0 when it did not
    /// @param ids ids from the answer
    record Answered(
            String step,
            int attempt,
            Outcome outcome,
            String detail,
            long retryAfterMillis,
            Map<String, String> ids)
            implements OfStep {
        public Answered {
            ids = Map.copyOf(ids);
        }
    }

    /// What the step saw, when it decides something or differs from what it saw before.
    ///
    /// @param againMillis when to look again, 0 for at once
    record Observed(
            String step,
            Verdict verdict,
            StepScope.Purpose purpose,
            String detail,
            Map<String, String> evidence,
            long againMillis)
            implements OfStep {
        public Observed {
            evidence = Map.copyOf(evidence);
        }
    }

    /// The step is done by us and was seen.
    record Confirmed(String step, Map<String, String> outputs, Map<String, String> evidence)
            implements OfStep {
        public Confirmed {
            outputs = Map.copyOf(outputs);
            evidence = Map.copyOf(evidence);
        }
    }

    /// The step was true before anything was sent.
    record Skipped(String step, Map<String, String> outputs, Map<String, String> evidence)
            implements OfStep {
        public Skipped {
            outputs = Map.copyOf(outputs);
            evidence = Map.copyOf(evidence);
        }
    }

    /// The step certainly failed, or a person asked to go back from here.
    ///
    /// @param compensate key of the step whose compensations are carried out, empty for none
    record Failed(String step, String reason, String compensate) implements OfStep {}

    /// A step that only warns did not come true.
    record Warned(String step, String reason) implements OfStep {}

    /// A person must decide about this step.
    record Blocked(String step, String reason) implements OfStep {}

    /// The compensations of a failed step begin.
    record Compensating(String step) implements OfStep {}

    /// The compensations of a failed step are all done.
    record Compensated(String step) implements OfStep {}

    /// What a person decides when an operation is resumed.
    enum Decision {
        CONTINUE,
        ROLL_BACK,
        /// Nothing more is done but giving the lock back; what is so stays so.
        LEAVE
    }

    /// What can be asked of a running operation.
    enum Request {
        PAUSE,
        ROLL_BACK
    }

    /// What an attempt came to.
    enum Outcome {
        /// The answer says it was carried out. Still observed.
        ACCEPTED,
        /// Certainly not carried out: free to try again.
        NOT_APPLIED,
        /// Understood and refused.
        REFUSED,
        /// The token was refused; nothing was carried out.
        DENIED,
        /// Nobody knows.
        UNKNOWN
    }

    /// An [Observation] in one word.
    enum Verdict {
        DONE,
        ABSENT,
        FOREIGN,
        NOT_YET,
        FAILED,
        CANNOT_TELL
    }
}
