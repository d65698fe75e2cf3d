package dev.slipway.production;

import dev.slipway.migration.LedgerState;
import java.time.Instant;
import java.util.Optional;

/// The production database's ledger beside the base branch's migrations.
///
/// @param state empty when it could not be read
/// @param doubt why not, one sentence; empty when it was read
/// @param asOf when the ledger was read; older than the rest when the compute sleeps, because looking
///     must not wake it
/// @param folder sha of the tree the folder was read from
public record Schema(
        Optional<LedgerState> state,
        Optional<String> doubt,
        Instant asOf,
        Optional<String> folder) {}
