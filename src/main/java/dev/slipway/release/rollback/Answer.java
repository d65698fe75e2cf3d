package dev.slipway.release.rollback;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Whether production can go back now, and how.
///
/// @param release where to; empty when there is nowhere to go
/// @param sentence the answer with its reason, one or more whole sentences
/// @param takes about how long; empty when it is not known
/// @param dependsOn where that figure comes from and what it depends on, whole sentences; empty without one
public record Answer(
        Kind kind,
        Optional<PastRelease> release,
        String sentence,
        Optional<Duration> takes,
        String dependsOn) {
    /// An answer of which nobody can say how long it takes.
    public Answer(
            Kind kind, Optional<PastRelease> release, String sentence, Optional<Duration> takes) {
        this(kind, release, sentence, takes, "");
    }

    /// [#takes] in whole seconds, never less than it says.
    public Optional<Long> seconds() {
        return takes.map(time -> time.plusMillis(999).toSeconds());
    }

    /// The four ways.
    public enum Kind {
        /// The code of an earlier release works on the schema of today.
        CODE_ONLY,
        /// Nobody knows whether it does.
        LOOK_FIRST,
        /// It does not; the database would have to go back too.
        DATA_NEEDED,
        /// There is no way back that Slipway knows.
        FIX_FORWARD;

        /// As `--json` writes it.
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
