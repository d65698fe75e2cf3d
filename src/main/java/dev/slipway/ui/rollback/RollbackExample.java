package dev.slipway.ui.rollback;

import dev.slipway.migration.Ledger;
import dev.slipway.migration.LedgerState;
import dev.slipway.operation.Plan;
import dev.slipway.production.LiveWorker;
import dev.slipway.production.ProductionState;
import dev.slipway.release.Situation.Reading;
import dev.slipway.release.rollback.PastRelease;
import dev.slipway.release.rollback.Rollbacks;
import dev.slipway.release.rollback.Scene;
import dev.slipway.ui.desk.WayBack.Seen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A real world as it would be after a promotion that was never started, judged by the real services.
/// Only for pictures.
final class RollbackExample {
    private RollbackExample() {}

    /// What would be found then.
    ///
    /// @param real what was found in the world as it is
    /// @param plan of the promotion
    /// @param live what the providers would report after it
    static Optional<Seen> after(Rollbacks rollbacks, Scene real, Plan plan, ProductionState live) {
        return PastRelease.planned(plan)
                .map(made -> seen(rollbacks, scene(real, released(made, live), live)));
    }

    static Seen seen(Rollbacks rollbacks, Scene scene) {
        return new Seen(scene, rollbacks.answer(scene), rollbacks.candidates(scene));
    }

    private static PastRelease released(PastRelease planned, ProductionState live) {
        var versions = new LinkedHashMap<String, String>();
        for (LiveWorker worker : live.workers()) {
            worker.only().ifPresent(version -> versions.put(worker.name(), version.id()));
        }
        return planned.with(versions);
    }

    private static Scene scene(Scene real, PastRelease made, ProductionState live) {
        var releases = new ArrayList<PastRelease>(List.of(made));
        releases.addAll(real.releases().value().orElse(List.of()));
        var schemas = new LinkedHashMap<Integer, Reading<LedgerState>>();
        real.schemas().forEach((number, reading) -> schemas.put(number, ran(reading, made)));
        live.schema()
                .state()
                .ifPresent(state ->
                        schemas.put(made.number(), Reading.of(state, live.schema().asOf())));
        return new Scene(
                real.observed(),
                real.by(),
                live,
                Reading.of(releases, real.releases().asOf()),
                real.versions(),
                schemas,
                List.of(),
                real.lock());
    }

    /// An earlier release's ledger once the migrations of `made` have run.
    private static Reading<LedgerState> ran(Reading<LedgerState> reading, PastRelease made) {
        return reading.value()
                .map(state -> {
                    var rows = new ArrayList<>(state.unknown());
                    made.applied()
                            .forEach(applied ->
                                    rows.add(
                                            new Ledger.Row(
                                                    rows.size(),
                                                    applied.hash(),
                                                    Optional.empty(),
                                                    Optional.of(applied.tag()))));
                    return Reading.of(
                            new LedgerState(
                                    state.entries(), rows, state.outside(), state.problems()),
                            reading.asOf());
                })
                .orElse(reading);
    }

    /// The same world with the release of that name held.
    static Scene held(Scene scene, String release, String why) {
        return with(
                scene,
                scene.releases().value().orElse(List.of()).stream()
                        .map(r -> r.name().equals(release) ? r.held(why) : r)
                        .toList());
    }

    private static Scene with(Scene scene, List<PastRelease> releases) {
        return new Scene(
                scene.observed(),
                scene.by(),
                scene.production(),
                Reading.of(releases, scene.releases().asOf()),
                scene.versions(),
                scene.schemas(),
                scene.begun(),
                scene.lock());
    }

    /// The same world where nobody knows any release.
    static Scene unknown(Scene scene, String doubt) {
        return new Scene(
                scene.observed(),
                scene.by(),
                scene.production(),
                Reading.unknown(doubt, scene.observed()),
                scene.versions(),
                Map.of(),
                List.of(),
                scene.lock());
    }
}
