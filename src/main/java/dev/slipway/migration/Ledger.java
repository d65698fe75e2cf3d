package dev.slipway.migration;

import java.util.List;
import java.util.Optional;

/// What a database says it has run.
///
/// @param shape which drizzle-orm the table was made by; `ABSENT` without a table
/// @param rows by id
/// @param emptyDatabase whether the database has no table of its own, so that an absent ledger is no
///     surprise
public record Ledger(Shape shape, List<Row> rows, boolean emptyDatabase) {
    public Ledger {
        rows = List.copyOf(rows);
    }

    /// Which columns the table has.
    public enum Shape {
        /// There is no table.
        ABSENT,
        /// `id, hash, created_at`: drizzle-orm 0.x.
        JOURNAL,
        /// The same with `name, applied_at`: drizzle-orm 1.
        NAMED
    }

    /// One row.
    ///
    /// @param createdAt empty for NULL
    /// @param name empty for NULL and where the column does not exist
    public record Row(long id, String hash, Optional<Long> createdAt, Optional<String> name) {}
}
