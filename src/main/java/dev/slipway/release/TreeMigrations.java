package dev.slipway.release;

import dev.slipway.migration.LedgerState;
import dev.slipway.migration.MigrationFolder;
import java.time.Instant;
import java.util.Optional;

/// The migrations of a tree beside production's ledger.
///
/// @param tree sha of the tree
/// @param ledger how they stand in production; empty when the ledger was not read
/// @param doubt why it was not, one sentence; empty when it was
public record TreeMigrations(
        String tree,
        MigrationFolder folder,
        Optional<LedgerState> ledger,
        String doubt,
        Instant asOf) {}
