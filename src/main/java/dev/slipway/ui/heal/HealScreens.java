package dev.slipway.ui.heal;

import dev.slipway.operation.Plan;
import dev.slipway.production.LiveWorker;
import dev.slipway.production.LiveWorker.LiveVersion;
import dev.slipway.production.ProductionState;
import dev.slipway.release.Gate;
import dev.slipway.release.rollback.HealProposal;
import dev.slipway.release.rollback.PastRelease;
import dev.slipway.release.rollback.Scene;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.WayBack.Seen;
import dev.slipway.ui.screens.Screen;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.View;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import javafx.scene.Parent;

/// The pages of healing, for pictures: what the real service proposes for a world as it would be after a
/// rollback that never happened.
public final class HealScreens {
    private final Desk desk;
    private final BiFunction<Place, View, Parent> window;
    private final Scene scene;
    private final HealProposal made;

    private HealScreens(Desk desk, BiFunction<Place, View, Parent> window, Scene scene) {
        this.desk = desk;
        this.window = window;
        this.scene = scene;
        made = desk.services().heals().propose(scene);
    }

    /// The pictures of a world; empty when it never had another release.
    ///
    /// @param window puts a view that is at a place into the frame of the window
    /// @param real what was found in the world as it is
    public static Optional<HealScreens> of(
            Desk desk, BiFunction<Place, View, Parent> window, Scene real) {
        return real.earlier().stream()
                .map(earlier -> back(real, earlier))
                .filter(scene -> !scene.overtaken().isEmpty())
                .findFirst()
                .map(scene -> new HealScreens(desk, window, scene));
    }

    /// What would be found then.
    public Seen seen() {
        var rollbacks = desk.services().rollbacks();
        return new Seen(scene, rollbacks.answer(scene), rollbacks.candidates(scene));
    }

    /// The plan of the pictures.
    public Plan plan() {
        return made.plan();
    }

    /// The pages before anything is uploaded.
    public List<Screen> screens() {
        return List.of(
                wizard(
                        "heal-1-needless",
                        HealDraft.EMPTY.without(
                                List.of(
                                        "The newest version of every Worker is the one that serves.",
                                        "Nothing was changed."))),
                wizard("heal-1-confirm", HealDraft.EMPTY.with(made, desk.now())),
                wizard("heal-1-confirm-closed", HealDraft.EMPTY.with(closed(), desk.now())));
    }

    private HealProposal closed() {
        return new HealProposal(
                made.overtaken(),
                made.plan(),
                made.gates().stream()
                        .map(gate ->
                                gate.id().equals("same")
                                        ? new Gate(
                                                gate.id(),
                                                gate.title(),
                                                Gate.State.FAIL,
                                                "web has static assets, which cannot be read back, so"
                                                        + " an upload would lack them. Deploy its"
                                                        + " commit with CI instead, or deploy its"
                                                        + " newest version. Nothing was changed.",
                                                gate.asOf())
                                        : gate)
                        .toList());
    }

    /// The same world after it went back to `earlier`.
    private static Scene back(Scene real, PastRelease earlier) {
        var now = real.production();
        return new Scene(
                real.observed(),
                real.by(),
                new ProductionState(
                        now.asOf(),
                        Optional.of(earlier.name()),
                        Optional.of(earlier.commit()),
                        now.workers().stream().map(w -> serving(w, earlier)).toList(),
                        now.schema(),
                        now.kept(),
                        now.probes(),
                        now.fit(),
                        now.failures()),
                real.releases(),
                real.versions(),
                real.schemas(),
                real.begun(),
                real.lock(),
                real.bindings());
    }

    private static LiveWorker serving(LiveWorker worker, PastRelease release) {
        return Optional.ofNullable(release.versions().get(worker.name()))
                .map(id ->
                        new LiveWorker(
                                worker.name(),
                                worker.script(),
                                LiveWorker.State.LIVE,
                                worker.deployment(),
                                worker.since(),
                                List.of(
                                        new LiveVersion(
                                                id,
                                                100,
                                                Optional.of(release.commit().value()),
                                                Optional.empty())),
                                Optional.empty()))
                .orElse(worker);
    }

    private Screen wizard(String name, HealDraft draft) {
        var place = new Place.Heal();
        return new Screen(
                name,
                () -> {
                    var view = new HealView(desk);
                    view.controller().model().present(draft);
                    return window.apply(place, view);
                });
    }
}
