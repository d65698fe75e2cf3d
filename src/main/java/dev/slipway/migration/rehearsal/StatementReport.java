package dev.slipway.migration.rehearsal;

import dev.slipway.migration.catalog.Finding;
import java.time.Duration;
import java.util.List;

/// What one statement did, as measured.
///
/// @param number its number in the migration, from one
/// @param sql as the migration writes it
/// @param took how long the server worked on it
/// @param locks the locks it took on tables and views that it did not hold before, strongest first
/// @param rewrites tables and indexes that got new files: all their rows were written again
/// @param rows what became of rows, per table
/// @param walBytes what it wrote to the log, the best single figure of how heavy it was
/// @param findings what it alone means to the code that is live; empty, too, where a batch is too long
///     to tell statement by statement
public record StatementReport(
        String tag,
        int number,
        String sql,
        Duration took,
        List<Lock> locks,
        List<String> rewrites,
        List<Rows> rows,
        long walBytes,
        List<Finding> findings) {
    /// A lock on a table.
    public record Lock(String relation, LockMode mode) {}

    /// Rows of a table.
    ///
    /// @param read rows read one after the other; an index built by several processes counts too few
    /// @param truncated whether the table had rows and was emptied as a whole
    public record Rows(
            String table,
            long read,
            long inserted,
            long updated,
            long deleted,
            boolean truncated) {}

    public StatementReport {
        locks = List.copyOf(locks);
        rewrites = List.copyOf(rewrites);
        rows = List.copyOf(rows);
        findings = List.copyOf(findings);
    }

    /// The same with what it means.
    StatementReport meaning(List<Finding> meaning) {
        return new StatementReport(
                tag, number, sql, took, locks, rewrites, rows, walBytes, meaning);
    }
}
