package dev.slipway.release.rollback;

import dev.slipway.migration.Ledger;
import dev.slipway.release.rollback.loss.Loss;
import dev.slipway.release.rollback.loss.RowExport.Exported;
import java.util.List;

/// What a look into a branch at an earlier point showed. Production was only read.
///
/// @param branch name of the branch
/// @param ledger what the database had run then
/// @param loss what production would lose
/// @param exported the files the rows that would be lost were written to; none unless somebody asked
public record Look(String branch, Ledger ledger, Loss loss, List<Exported> exported) {
    public Look {
        exported = List.copyOf(exported);
    }
}
