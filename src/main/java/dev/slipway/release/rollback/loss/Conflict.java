package dev.slipway.release.rollback.loss;

/// Why rows cannot come back as they were. Numbers and names only, never a value.
///
/// @param table whose rows
/// @param rows how many; 0 when Postgres refused them together and did not say
/// @param detail the name of a constraint or what Postgres said, empty when the kind says it all
public record Conflict(TableName table, Kind kind, long rows, String detail) {
    /// What stands in the way.
    public enum Kind {
        /// A lost row's key has been given to another row.
        KEY_TAKEN,
        /// The row was changed since the restore, too.
        CHANGED_SINCE,
        /// The row was deleted since the restore.
        DELETED_SINCE,
        /// What it refers to is not there, or is another row by now.
        PARENT_MISSING,
        /// Another row has its unique value.
        UNIQUE_TAKEN,
        /// Rows written since the restore refer to a row that was deleted.
        REFERRED_TO,
        /// The table cannot take rows from here.
        TABLE,
        /// Postgres refused.
        REFUSED
    }

    /// As a person reads it.
    public String sentence() {
        var some = rows == 1 ? "1 row of " : rows + " rows of ";
        return switch (kind) {
            case KEY_TAKEN ->
                    some + table + ": the key belongs to another row that was made since.";
            case CHANGED_SINCE -> some + table + ": changed in production since the restore.";
            case DELETED_SINCE -> some + table + ": deleted in production since the restore.";
            case PARENT_MISSING ->
                    some
                            + table
                            + ": what they refer to is not there or is another row by now ("
                            + detail
                            + ").";
            case UNIQUE_TAKEN ->
                    some + table + ": another row has the unique value (" + detail + ").";
            case REFERRED_TO ->
                    some
                            + table
                            + ": others refer to them, so they are not deleted again ("
                            + detail
                            + ").";
            case TABLE -> table + ": " + detail;
            case REFUSED -> table + ": Postgres refused the rows: " + detail + ".";
        };
    }
}
