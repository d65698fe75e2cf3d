package dev.slipway.release.rollback;

import dev.slipway.migration.verdict.Fit.Judgement;
import dev.slipway.release.Situation.Reading;
import java.util.List;
import java.util.Optional;

/// Everything a restore is decided from, observed once.
///
/// @param code what a rollback of code is decided from
/// @param source where the data comes from
/// @param neon what Neon says of the branch
/// @param look what was seen at that point; unknown when nobody could look
/// @param maintenance how another Worker would answer meanwhile; empty when nobody asked for it
/// @param to the code that is to run on the restored database
/// @param asked whether a person named that code
/// @param fit whether it works on the schema of then
/// @param returning how each Worker would return to it
public record RestoreScene(
        Scene code,
        RestoreSource source,
        Reading<RestoreFacts> neon,
        Reading<Look> look,
        Optional<Reading<MaintenanceFacts>> maintenance,
        Destination to,
        boolean asked,
        Judgement fit,
        List<Returning> returning) {
    public RestoreScene {
        returning = List.copyOf(returning);
    }

    /// Whether what is live stays, so that only the database goes back.
    public boolean codeStays() {
        return code.production().workers().stream()
                .allMatch(w ->
                        w.only()
                                .map(v ->
                                        Optional.of(v.id())
                                                .equals(
                                                        Optional.ofNullable(
                                                                to.versions().get(w.name()))))
                                .orElse(false));
    }
}
