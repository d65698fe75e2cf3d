package dev.slipway.migration;

/// A statement of a pending migration that must not run while old code is live, or of which nobody
/// can tell.
///
/// @param tag the migration
/// @param statement number of the statement in it, from one; 0 means the whole file
/// @param object what is concerned, as the statement writes it
/// @param sentence for a person: what the statement does
public record Danger(String tag, int statement, Kind kind, String object, String sentence) {
    /// What makes it dangerous.
    public enum Kind {
        /// Something that existed is gone.
        DROPS,
        /// Something that existed has another name.
        RENAMES,
        /// A column or type that existed has another type.
        RETYPES,
        /// A table that existed demands a value that live code may not give.
        REQUIRES,
        /// Rows that existed are gone.
        DELETES_ROWS,
        /// Rows that existed are changed.
        CHANGES_ROWS,
        /// What it does is decided when it runs.
        CANNOT_TELL,
        /// It cannot run in the one transaction in which Drizzle runs migrations.
        CANNOT_RUN,
        /// It contains characters that look like others or like nothing.
        DECEIVES
    }
}
