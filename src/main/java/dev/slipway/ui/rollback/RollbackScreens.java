package dev.slipway.ui.rollback;

import dev.slipway.operation.Plan;
import dev.slipway.production.ProductionState;
import dev.slipway.release.rollback.RollbackProposal;
import dev.slipway.release.rollback.Scene;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.WayBack;
import dev.slipway.ui.desk.WayBack.Seen;
import dev.slipway.ui.screens.Screen;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import javafx.scene.Parent;

/// Every page of going back, for pictures: `rollback-` and the number of the page.
public final class RollbackScreens {
    private final Desk desk;
    private final WayBack way;
    private final Scene real;
    private final BiFunction<Place, View, Parent> window;
    private final List<Screen> all = new ArrayList<>();

    /// @param real what was found in the world as it is
    /// @param window puts a view that is at a place into the frame of the window
    public RollbackScreens(
            Desk desk, WayBack way, Scene real, BiFunction<Place, View, Parent> window) {
        this.desk = desk;
        this.way = way;
        this.real = real;
        this.window = window;
    }

    /// The pages before a rollback starts.
    ///
    /// @param promotion plan of a promotion; the pictures show the world as it would be after it
    /// @param live what the providers would report then
    /// @param production the page "Production" with that answer
    public List<Screen> screens(
            Plan promotion, ProductionState live, Function<Seen, Parent> production) {
        var rollbacks = desk.services().rollbacks();
        wizard("rollback-1-choose-look-first", RollbackDraft.to(Optional.empty()).with(now()));
        wizard(
                "rollback-1-choose-reading",
                RollbackDraft.to(Optional.empty())
                        .doing("Reading releases, versions and the ledger"));
        wizard(
                "rollback-1-choose-failed",
                RollbackDraft.to(Optional.empty())
                        .failing("GitHub does not answer: the connection was refused."));
        wizard(
                "rollback-1-choose-unknown",
                RollbackDraft.to(Optional.empty())
                        .with(
                                RollbackExample.seen(
                                        rollbacks,
                                        RollbackExample.unknown(real, "GitHub does not answer."))));
        RollbackExample.after(rollbacks, real, promotion, live)
                .ifPresent(seen -> example(seen, production));
        return all;
    }

    private Seen now() {
        return RollbackExample.seen(desk.services().rollbacks(), real);
    }

    private void example(Seen seen, Function<Seen, Parent> production) {
        all.add(new Screen("production-can-go-back", () -> production.apply(seen)));
        var target = seen.answer().release().map(r -> r.name());
        var draft = RollbackDraft.to(target).with(seen);
        wizard("rollback-1-choose", draft);
        proposal(seen).ifPresent(made -> wizard("rollback-2-confirm", confirm(draft, made, seen)));
        target.ifPresent(name -> held(seen, name, production));
    }

    /// The plan of the picture; empty when there is nowhere to go back to.
    public Optional<Plan> plan(Plan promotion, ProductionState live) {
        return RollbackExample.after(desk.services().rollbacks(), real, promotion, live)
                .flatMap(this::proposal)
                .map(RollbackProposal::plan);
    }

    private Optional<RollbackProposal> proposal(Seen seen) {
        return seen.answer()
                .release()
                .map(to ->
                        desk.services()
                                .rollbacks()
                                .propose(seen.scene(), Optional.of(to.name()), true));
    }

    private void held(Seen seen, String name, Function<Seen, Parent> production) {
        var rollbacks = desk.services().rollbacks();
        var scene =
                RollbackExample.held(seen.scene(), name, "r43 was rolled back to " + seen.live());
        var held = RollbackExample.seen(rollbacks, scene);
        var draft = RollbackDraft.to(Optional.of(name)).with(held);
        wizard("rollback-1-choose-held", draft);
        wizard(
                "rollback-2-confirm-closed",
                confirm(draft, rollbacks.propose(scene, Optional.of(name), true), held));
        var live = RollbackExample.held(seen.scene(), seen.live(), "held by example");
        all.add(
                new Screen(
                        "production-held",
                        () -> production.apply(RollbackExample.seen(rollbacks, live))));
    }

    private RollbackDraft confirm(RollbackDraft draft, RollbackProposal made, Seen seen) {
        return draft.on(RollbackPage.CONFIRM).with(made, seen, desk.now());
    }

    private void wizard(String name, RollbackDraft draft) {
        all.add(picture(desk, way, window, name, draft));
    }

    /// The wizard as it shows `draft`.
    static Screen picture(
            Desk desk,
            WayBack way,
            BiFunction<Place, View, Parent> window,
            String name,
            RollbackDraft draft) {
        var place = Place.Rollback.NEAREST;
        return new Screen(
                name,
                () -> {
                    var view = new RollbackView(desk, way, place);
                    view.controller().model().present(draft);
                    return window.apply(place, view);
                });
    }
}
