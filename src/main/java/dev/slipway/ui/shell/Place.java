package dev.slipway.ui.shell;

import java.util.Optional;

/// Where a person can be and come back to. A filter, an open drawer and its tab are part of it.
public sealed interface Place {
    /// The entry of the sidebar that is lit here.
    default Section section() {
        return switch (this) {
            case Previews _ -> Section.PREVIEWS;
            case Production _, Promotion _, Repair _, Rollback _, Rescue _, Heal _ ->
                    Section.PRODUCTION;
            case Operations _, Operation _ -> Section.OPERATIONS;
            case Logs _ -> Section.LOGS;
            case Faults _ -> Section.FAULTS;
            case Settings _ -> Section.SETTINGS;
            case Welcome _ -> Section.PREVIEWS;
        };
    }

    /// The list of previews.
    ///
    /// @param filter the words in the filter field
    /// @param pullRequest the number of the PR whose drawer is open
    /// @param tab the drawer's tab, empty for the first
    record Previews(String filter, Optional<Integer> pullRequest, String tab) implements Place {
        /// Everything, no drawer.
        public static final Previews ALL = new Previews("", Optional.empty(), "");

        /// With the drawer of `number` open.
        public static Previews of(int number) {
            return new Previews("", Optional.of(number), "");
        }
    }

    /// The overview of production.
    record Production() implements Place {}

    /// The wizard that takes `target`, a PR number or a commit, to production.
    record Promotion(String target) implements Place {}

    /// The wizard that repairs the ledger for a migration that Drizzle skips.
    ///
    /// @param tag the migration
    record Repair(String tag) implements Place {}

    /// The wizard that goes back.
    ///
    /// @param release the one asked for, such as `r40`; empty for the one that is nearest
    /// @param undoes id of the operation whose restore is taken back; empty for everything else
    record Rollback(Optional<String> release, Optional<String> undoes) implements Place {
        /// Back to the release that is nearest.
        public static final Rollback NEAREST = new Rollback(Optional.empty(), Optional.empty());

        /// Back to `release`.
        public static Rollback to(Optional<String> release) {
            return new Rollback(release, Optional.empty());
        }
    }

    /// The wizard that gets back what a restore took away.
    ///
    /// @param backup name of the branch that kept it; empty for the one production was restored from
    record Rescue(Optional<String> backup) implements Place {
        /// What the restore of today's production took away.
        public static final Rescue NEWEST = new Rescue(Optional.empty());
    }

    /// The wizard that uploads what serves again, so that it is the newest version.
    record Heal() implements Place {}

    /// The list of operations.
    record Operations() implements Place {}

    /// The operation with this id: running, waiting or finished.
    record Operation(String id) implements Place {}

    /// What goes wrong on purpose in a sandbox.
    record Faults() implements Place {}

    /// What a person may choose.
    record Settings() implements Place {}

    /// What to do first.
    record Welcome() implements Place {}

    /// The log.
    ///
    /// @param kind the tab: empty for all, else health, migration, ci or operation
    /// @param operation only rows of this operation
    record Logs(String kind, Optional<String> operation) implements Place {
        /// Everything.
        public static final Logs ALL = new Logs("", Optional.empty());
    }
}
