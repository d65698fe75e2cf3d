package dev.slipway.release;

import dev.slipway.release.Gate.State;
import dev.slipway.release.Situation.Reading;
import java.time.Instant;
import java.util.function.Function;

/// What a gate asks; an answer makes it a [Gate].
///
/// @param id stable name of the gate
/// @param title what is asked, a few words
public record GateQuestion(String id, String title) {
    /// What was found.
    ///
    /// @param evidence one or more whole sentences
    public record Finding(State state, String evidence) {
        /// It holds.
        public static Finding pass(String evidence) {
            return new Finding(State.PASS, evidence);
        }

        /// It does not.
        public static Finding fail(String evidence) {
            return new Finding(State.FAIL, evidence);
        }

        /// Nobody knows, which closes a gate like a no.
        public static Finding unknown(String evidence) {
            return new Finding(State.UNKNOWN, evidence);
        }

        /// One or the other.
        public static Finding of(boolean holds, String well, String wrong) {
            return holds ? pass(well) : fail(wrong);
        }
    }

    /// The gate with what was found.
    public Gate answer(Finding finding, Instant asOf) {
        return new Gate(id, title, finding.state(), finding.evidence(), asOf);
    }

    /// The answer `judge` gives to what was read; what was not read is unknown.
    public <T> Gate judge(Reading<T> reading, Function<T, Finding> judge) {
        return answer(
                reading.value().map(judge).orElseGet(() -> Finding.unknown(reading.doubt())),
                reading.asOf());
    }
}
