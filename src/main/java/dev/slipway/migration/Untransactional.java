package dev.slipway.migration;

/// A statement that cannot run in the one transaction in which Drizzle runs everything pending.
///
/// @param number its number in the migration, from one
/// @param reason what PostgreSQL says to it there; a whole sentence
/// @param remedy why Slipway does not run it alone either, and what to write instead; whole sentences,
///     empty when it does
public record Untransactional(String tag, int number, String sql, String reason, String remedy) {
    /// Whether nothing runs as long as it is written so.
    public boolean refused() {
        return !remedy.isEmpty();
    }
}
