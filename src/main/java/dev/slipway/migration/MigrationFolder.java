package dev.slipway.migration;

import java.util.List;

/// A Drizzle folder, read.
///
/// @param path where it is in the repository
/// @param migrations in the order in which Drizzle runs them
/// @param outside paths of SQL files that the journal does not name; Drizzle never runs them
public record MigrationFolder(
        String path, Layout layout, List<Migration> migrations, List<String> outside) {
    public MigrationFolder {
        migrations = List.copyOf(migrations);
        outside = List.copyOf(outside);
    }
}
