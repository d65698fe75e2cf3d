package dev.slipway.release;

import dev.slipway.migration.LedgerState;
import dev.slipway.migration.Untransactional;
import dev.slipway.migration.catalog.ChangeClass;
import dev.slipway.migration.rehearsal.MigrationReport;
import dev.slipway.migration.rehearsal.RehearsalReport;
import dev.slipway.migration.verdict.Verdict;
import dev.slipway.migration.workload.WorkloadReport;
import dev.slipway.release.fit.Tried;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a rehearsal showed.
///
/// @param target what was asked for, as a person writes it
/// @param basis what it is true for
/// @param asOf when it ended
/// @param standings the migrations production has not run as they are in the tree, in order
/// @param untransactional statements that cannot run in Drizzle's one transaction; with any of them
///     nothing was run
/// @param report what was measured; empty when nothing was run
/// @param workload what became of production's statements; empty when nothing was run
/// @param locks what production's locks would have done to it; empty when nothing was run
/// @param known tags of pending migrations that the code which is live was made with
/// @param tried what the codes did in throw-away scripts on the branch; empty when nothing was run
public record RehearsalResult(
        String target,
        RehearsalBasis basis,
        Instant asOf,
        List<Standing> standings,
        List<Untransactional> untransactional,
        Optional<RehearsalReport> report,
        Optional<WorkloadReport> workload,
        Optional<LockForecast> locks,
        Set<String> known,
        List<Tried> tried,
        Verdict verdict) {
    public RehearsalResult {
        standings = List.copyOf(standings);
        untransactional = List.copyOf(untransactional);
        known = Set.copyOf(known);
        tried = List.copyOf(tried);
    }

    /// How a migration stands in production's ledger.
    public record Standing(String tag, LedgerState.State state) {}

    /// What taking the locks in production would be like now.
    ///
    /// @param expectedStall how long production's code would wait at most: for the oldest transaction in
    ///     the way, no longer than the lock timeout, and for what was measured; empty when nobody looked
    /// @param blockers who is in the way, one sentence each, the oldest first
    /// @param outlook whether the locks will be had
    /// @param doubt why nobody looked, empty when somebody did
    public record LockForecast(
            Optional<Duration> expectedStall,
            List<String> blockers,
            Outlook outlook,
            String doubt) {
        public LockForecast {
            blockers = List.copyOf(blockers);
        }

        /// Whether the locks will be had.
        public enum Outlook {
            /// Nobody is in the way.
            FREE,
            /// Somebody is, for a shorter time than a migration waits.
            PASSING,
            /// Somebody has been for longer already than a migration waits.
            LASTING,
            /// Nobody looked, or how long they are there may not be seen.
            UNKNOWN
        }
    }

    /// The same with another look at production's locks.
    RehearsalResult with(LockForecast later) {
        return new RehearsalResult(
                target,
                basis,
                asOf,
                standings,
                untransactional,
                report,
                workload,
                Optional.of(later),
                known,
                tried,
                verdict);
    }

    /// What was measured of the migration `tag`; empty when it did not run.
    public Optional<MigrationReport> migration(String tag) {
        return report.stream()
                .flatMap(all -> all.migrations().stream())
                .filter(migration -> migration.tag().equals(tag))
                .findFirst();
    }

    /// The gravest of `classes`, as one word for all of them.
    public static ChangeClass gravest(Set<ChangeClass> classes) {
        return GRAVEST.stream().filter(classes::contains).findFirst().orElse(ChangeClass.EXPAND);
    }

    private static final List<ChangeClass> GRAVEST =
            List.of(
                    ChangeClass.FAILED,
                    ChangeClass.BREAKS,
                    ChangeClass.DATA,
                    ChangeClass.BEHAVIOUR,
                    ChangeClass.PERFORMANCE,
                    ChangeClass.EXPAND);

    /// Orders classes, the gravest first.
    public static final Comparator<ChangeClass> GRAVEST_FIRST =
            Comparator.comparingInt(GRAVEST::indexOf);
}
