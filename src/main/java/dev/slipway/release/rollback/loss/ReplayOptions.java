package dev.slipway.release.rollback.loss;

import java.util.Set;
import java.util.TreeSet;

/// What is to come back.
///
/// @param tables which tables; empty for all that lost anything
/// @param deletions whether rows that were deleted before the restore are deleted again
/// @param leaveConflicts whether rows in conflict stay as production has them, and the others come back;
///     otherwise one conflict stops all
public record ReplayOptions(Set<TableName> tables, boolean deletions, boolean leaveConflicts) {
    public ReplayOptions {
        tables = Set.copyOf(new TreeSet<>(tables));
    }

    boolean chosen(TableName table) {
        return tables.isEmpty() || tables.contains(table);
    }
}
