package dev.slipway.release;

import dev.slipway.migration.MigrationListener;

/// Hears how a rehearsal goes, on the thread that rehearses: what is done beside the migrations, and
/// each statement as the migrator runs it.
public interface RehearsalListener extends MigrationListener {
    /// Something of the rehearsal begins; a whole sentence.
    default void stage(String sentence) {}

    /// A listener that hears nothing.
    RehearsalListener SILENT = new RehearsalListener() {};
}
