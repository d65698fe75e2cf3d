package dev.slipway.release.rollback.loss;

import java.util.List;

/// What a replay did, or would do.
///
/// @param tables the chosen tables in which anything differed, in the order they were written
/// @param conflicts what could not come back
/// @param written whether the rows of `tables` were all written; otherwise none may stay
public record Replayed(List<Table> tables, List<Conflict> conflicts, boolean written) {
    public Replayed {
        tables = List.copyOf(tables);
        conflicts = List.copyOf(conflicts);
    }

    /// One table.
    ///
    /// @param inserted lost rows that came back
    /// @param updated rows that got back their later content
    /// @param deleted rows that were deleted again
    /// @param already rows that were as they had been already
    public record Table(TableName table, long inserted, long updated, long deleted, long already) {
        /// Rows that were, or would be, written.
        public long written() {
            return inserted + updated + deleted;
        }
    }

    /// Rows that were, or would be, written.
    public long rows() {
        return rows(tables);
    }

    /// Rows that were, or would be, written into `tables`.
    public static long rows(List<Table> tables) {
        return tables.stream().mapToLong(Table::written).sum();
    }
}
