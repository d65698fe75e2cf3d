package dev.slipway.release.rollback;

import dev.slipway.migration.Ledger;
import dev.slipway.release.rollback.loss.Loss;

/// What a look into a branch at an earlier point showed. Production was only read.
///
/// @param branch name of the branch
/// @param ledger what the database had run then
/// @param loss what production would lose
public record Look(String branch, Ledger ledger, Loss loss) {}
