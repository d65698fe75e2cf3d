package dev.slipway.migration;

/// The two ways Drizzle keeps a folder, which go with the two shapes of its ledger.
public enum Layout {
    /// `NNNN_tag.sql` and `meta/_journal.json`: drizzle-orm 0.x.
    JOURNAL,
    /// `YYYYMMDDHHMMSS_name/migration.sql`: drizzle-orm 1.
    FOLDERS
}
