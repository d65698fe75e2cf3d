package dev.slipway.ui.promotion;

import dev.slipway.release.Repair.How;
import java.util.Optional;

/// What a wizard is opened for.
public sealed interface Aim {
    /// What it is called before there is a plan.
    String name();

    /// To bring something into production.
    ///
    /// @param target a pull request or a commit, as typed
    record Promotion(String target) implements Aim {
        @Override
        public String name() {
            return target;
        }
    }

    /// To repair the ledger for a migration that Drizzle skips.
    ///
    /// @param tag the migration
    /// @param how which of the two repairs; empty until the person chose
    record Repair(String tag, Optional<How> how) implements Aim {
        @Override
        public String name() {
            return tag;
        }
    }
}
