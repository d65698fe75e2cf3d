package dev.slipway.release.rollback;

import dev.slipway.domain.FailureException;
import dev.slipway.domain.InputException;
import dev.slipway.migration.Ledger;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.verdict.Fit.Judgement;
import dev.slipway.production.ProductionReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The schema of a database at an earlier point, beside the code of releases.
///
/// @param ledger what the database had run then
/// @param production reads the migrations of a release
record SchemaThen(Scene scene, Ledger ledger, ProductionReader production) {
    /// Whether the code of `release` works on it.
    Judgement fit(PastRelease release) {
        var later =
                scene.releases().value().orElse(List.of()).stream()
                        .filter(r -> r.number() > release.number())
                        .toList();
        try {
            var own = LedgerState.of(production.folder(release.commit().value()), ledger);
            return SchemaFit.of(release, own, later, names(), SchemaFit.When.THEN);
        } catch (FailureException e) {
            return Judgement.unknown(e.failure().sentence() + ".");
        } catch (InputException e) {
            return Judgement.unknown(String.join(" ", e.problems()));
        }
    }

    private Map<String, String> names() {
        var names = new HashMap<String, String>();
        scene.releases().value().orElse(List.of()).stream()
                .flatMap(r -> r.applied().stream())
                .forEach(applied -> names.put(applied.hash(), applied.tag()));
        return names;
    }
}
