package dev.slipway.operation;

import java.util.Map;
import java.util.Optional;

/// What a step may know while it looks or acts.
public interface StepScope {
    /// The plan being carried out.
    Plan plan();

    /// The step itself.
    PlanStep step();

    /// Why the step looks.
    Purpose purpose();

    /// The mark that what this step makes carries.
    default String mark() {
        return plan().mark(step());
    }

    /// Whether `text`, as a remote shows it, carries the mark of this very step.
    boolean mine(String text);

    /// Whether `text` carries the mark of any step of this operation.
    boolean ours(String text);

    /// An output of an earlier step, by its full name: `merge.sha`.
    Optional<String> output(String name);

    /// An output the step cannot do without.
    ///
    /// @throws IllegalStateException when no earlier step gave it
    default String need(String name) {
        return output(name)
                .orElseThrow(() ->
                        new IllegalStateException(step().key() + " lacks the output " + name));
    }

    /// What the step of that key captured before its change; empty when it was not begun.
    Map<String, String> captured(String key);

    /// What this step captured before its change.
    default Map<String, String> captured() {
        return captured(step().key());
    }

    /// Whether the step of that key was begun, so that its change may have been sent.
    boolean begun(String key);

    /// The epoch of the production lock, as journalled by the claim; empty before it.
    Optional<Long> epoch();

    /// The attempt being made or looked for; 0 before the first.
    int attempt();

    /// Ids from the last answer to this step's change; empty when there was none.
    Map<String, String> receipt();

    /// The notes of the last [Observation.NotYet] of this sitting; empty when there was none.
    Map<String, String> notes();

    /// Whether someone asked the operation to pause: a long look ends early with
    /// [Observation.NotYet].
    boolean pauseAsked();

    /// Shows how far a long look is.
    ///
    /// @param done 0 to 1, negative when unknown
    void progress(double done, String text);

    /// Adds a line to the operation's live log. Not journalled.
    void log(Level level, String text);

    /// Why a step looks.
    enum Purpose {
        /// To do it, or to see whether it is done.
        ACT,
        /// To see, after an interruption, whether it still holds.
        RECHECK,
        /// To see, at the end, whether it still holds.
        SETTLE
    }

    /// Weight of a log line.
    enum Level {
        INFO,
        WARN,
        ERROR
    }
}
