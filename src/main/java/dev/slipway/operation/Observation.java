package dev.slipway.operation;

import dev.slipway.domain.Failure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What a step saw when it looked at the remotes. Evidence and captured values are journalled, so
/// they hold ids, shas and times, never a secret and never a row of user data.
public sealed interface Observation {
    /// The step's predicate is true and it is our doing, or was so before.
    ///
    /// @param outputs named results, journalled once; each name starts with the step's group and a
    ///     dot: `merge.sha`, `await-versions.web`
    /// @param evidence what was seen
    record Done(Map<String, String> outputs, Map<String, String> evidence) implements Observation {
        public Done {
            outputs = Map.copyOf(outputs);
            evidence = Map.copyOf(evidence);
        }

        /// Done, without outputs.
        public static Done seen(Map<String, String> evidence) {
            return new Done(Map.of(), evidence);
        }
    }

    /// Not there, and the way is free.
    ///
    /// @param evidence what was seen instead
    /// @param captured the state before the change, as a compensation needs it; journalled with the
    ///     intent of the first attempt and given back by [StepScope#captured]
    record Absent(Map<String, String> evidence, Map<String, String> captured)
            implements Observation {
        public Absent {
            evidence = Map.copyOf(evidence);
            captured = Map.copyOf(captured);
        }

        /// Absent, with nothing to capture.
        public static Absent seen(Map<String, String> evidence) {
            return new Absent(evidence, Map.of());
        }
    }

    /// Somebody else did it, or what is there contradicts the plan. A person decides.
    ///
    /// @param reason one sentence: what was intended and what is there
    record Foreign(String reason, Map<String, String> evidence) implements Observation {
        public Foreign {
            evidence = Map.copyOf(evidence);
        }
    }

    /// Under way; look again later.
    ///
    /// @param reason what is awaited, in words
    /// @param done share that is done, 0 to 1, when it is known
    /// @param again when to look again; empty means the world's poll interval
    /// @param notes what the next look of this sitting wants to know, such as probes passed so far;
    ///     kept in memory only
    record NotYet(
            String reason,
            Optional<Double> done,
            Optional<Duration> again,
            Map<String, String> notes)
            implements Observation {
        public NotYet {
            notes = Map.copyOf(notes);
        }

        /// Under way, with nothing more to say.
        public static NotYet because(String reason) {
            return new NotYet(reason, Optional.empty(), Optional.empty(), Map.of());
        }
    }

    /// It certainly failed: the step's failure policy decides.
    ///
    /// @param reason a sentence for a person
    record Failed(String reason, Map<String, String> evidence) implements Observation {
        public Failed {
            evidence = Map.copyOf(evidence);
        }
    }

    /// The remote could not be asked. Throwing a [dev.slipway.domain.FailureException] means the
    /// same.
    record CannotTell(Failure failure) implements Observation {}
}
