package dev.slipway.release;

import dev.slipway.migration.Migration;
import dev.slipway.migration.rehearsal.Effects;
import java.util.List;
import java.util.Optional;

/// A repair of the ledger, proposed.
///
/// @param migration what Drizzle skips
/// @param how which of the two repairs
/// @param proposal the plan with the gates it has to pass
/// @param rehearsal what running it showed; empty for one that is only recorded
/// @param effects what each statement showed on a branch; empty for one that is run
public record Repair(
        Migration migration,
        How how,
        Proposal proposal,
        Optional<RehearsalResult> rehearsal,
        List<Effects.Found> effects) {
    /// The kind of its operation.
    public static final String KIND = "repair";

    public Repair {
        effects = List.copyOf(effects);
    }

    /// The two repairs.
    public enum How {
        /// Run it now, with its ledger row.
        APPLY,
        /// Write the ledger row only, because what it does is there.
        RECORD;

        /// As `--json` and plans write it.
        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
