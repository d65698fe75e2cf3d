package dev.slipway.release;

import java.time.Instant;

/// One thing that must hold before anything is changed.
///
/// @param id stable name, for `--json` and for `policy.waivable`
/// @param title what is asked, a few words
/// @param evidence what was seen, one sentence; when it does not pass, also what to do
/// @param asOf when it was seen
public record Gate(String id, String title, State state, String evidence, Instant asOf) {
    /// Id of the gate that asks which order of code and migrations is safe.
    public static final String VERDICT = "verdict";

    /// Id of the gate that asks whether the locks of the migrations can be had.
    public static final String LOCKS = "locks";

    /// Id of the gate that asks whether migrations and ledger agree.
    public static final String LEDGER = "ledger";

    /// How a gate stands. Unknown blocks like Fail.
    public enum State {
        PASS,
        FAIL,
        UNKNOWN,
        WAIVED;

        /// As `--json` writes it.
        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// Whether it lets the promotion go on.
    public boolean open() {
        return state == State.PASS || state == State.WAIVED;
    }

    /// Whether only a rehearsal answers it, so that it is unknown before one.
    public boolean answeredByRehearsal() {
        return id.equals(VERDICT) || id.equals(LOCKS);
    }

    /// The same gate, overruled by a person with a reason that is kept.
    public Gate waived(String reason) {
        return new Gate(id, title, State.WAIVED, evidence + " Waived: " + reason, asOf);
    }
}
