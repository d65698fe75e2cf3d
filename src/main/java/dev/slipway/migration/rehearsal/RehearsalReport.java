package dev.slipway.migration.rehearsal;

import dev.slipway.migration.catalog.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the whole batch did.
///
/// @param migrations those that ran, in order; the last one in part when the batch failed
/// @param findings what the whole batch means to the code that is live
/// @param held every table of the code that is live on which a lock was held until COMMIT
/// @param awaited whom its statements outside of transactions wait for, holding up nobody
/// @param took from the first statement to the end of COMMIT
/// @param failure why it failed; nothing of it would hold
public record RehearsalReport(
        List<MigrationReport> migrations,
        List<Finding> findings,
        List<Held> held,
        List<Awaited> awaited,
        Duration took,
        Optional<Failed> failure) {
    /// A lock that production's code would have met.
    ///
    /// @param hold from taking it to the end of COMMIT
    /// @param readsBlocked whether a second session that tried to read was turned away
    /// @param writesBlocked whether one that tried to write was
    public record Held(
            String relation,
            LockMode mode,
            Duration hold,
            boolean readsBlocked,
            boolean writesBlocked) {}

    /// The statement that failed.
    ///
    /// @param sqlState as in https://www.postgresql.org/docs/current/errcodes-appendix.html
    /// @param message the server's sentence, without the rows it may quote
    public record Failed(String tag, int statement, String sqlState, String message) {}

    public RehearsalReport {
        migrations = List.copyOf(migrations);
        findings = List.copyOf(findings);
        held = List.copyOf(held);
        awaited = List.copyOf(awaited);
    }

    /// The longest time reads or writes of a table would have waited.
    public Duration hold() {
        return held.stream()
                .filter(lock -> lock.mode().blocksWrites())
                .map(Held::hold)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
