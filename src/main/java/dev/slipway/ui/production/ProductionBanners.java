package dev.slipway.ui.production;

import dev.slipway.health.Probe;
import dev.slipway.production.ProductionState;
import dev.slipway.release.rollback.Overtaken;
import dev.slipway.release.rollback.Scene;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.ElsewhereNotice;
import dev.slipway.ui.desk.ReserveNotice;
import dev.slipway.ui.desk.WayBack;
import dev.slipway.ui.desk.WayBack.Seen;
import dev.slipway.ui.kit.Banner;
import dev.slipway.ui.rollback.HoldDialog;
import dev.slipway.ui.shell.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;

/// What the page "Production" has to say before anything else: what could not be read, who else changes
/// production, what is held, what is failing.
final class ProductionBanners {
    private final Desk desk;
    private final ProductionModel model;
    private final WayBack way;
    private final ReserveNotice reserve;
    private final ElsewhereNotice elsewhere;

    /// @param changed draws the page anew
    ProductionBanners(Desk desk, ProductionModel model, WayBack way, Runnable changed) {
        this.desk = desk;
        this.model = model;
        this.way = way;
        reserve = new ReserveNotice(desk, model::ask, changed);
        elsewhere = new ElsewhereNotice(desk, changed);
    }

    /// The messages, most pressing last.
    List<Node> of(Optional<ProductionState> state) {
        var all = new ArrayList<Node>();
        model.problemProperty()
                .get()
                .ifPresent(problem ->
                        all.add(
                                Banner.warning(
                                        "Production could not be read.",
                                        problem.sentence() + " Nothing was changed.",
                                        new Banner.Action("Retry now", model::ask))));
        elsewhere.banner().ifPresent(all::add);
        way.seenProperty().get().stream().flatMap(seen -> held(seen).stream()).forEach(all::add);
        way.seenProperty().get().flatMap(seen -> overtaken(seen.scene())).ifPresent(all::add);
        reserve.banner(state.map(ProductionState::asOf)).ifPresent(all::add);
        if (desk.writing() == Desk.Writing.OFFLINE) {
            // The band says it for the whole window.
            return all;
        }
        state.ifPresent(read -> {
            read.failures()
                    .forEach((provider, failure) ->
                            all.add(
                                    Banner.warning(
                                            provider.title() + " is not answering.",
                                            failure.sentence()
                                                    + ". Its part is shown as Unknown; nothing"
                                                    + " was changed.",
                                            new Banner.Action("Retry now", model::ask))));
            var sick =
                    read.probes().stream()
                            .filter(p -> p.outcome() == Probe.Outcome.FAILING)
                            .toList();
            if (!sick.isEmpty()) {
                all.add(
                        Banner.danger(
                                sick.size() == 1
                                        ? sick.getFirst().worker() + " is failing."
                                        : sick.size() + " Workers are failing.",
                                "Users see this now. Slipway changed nothing.",
                                sick.getFirst().line(),
                                new Banner.Action(
                                        "Open log",
                                        () ->
                                                desk.navigator()
                                                        .go(
                                                                new Place.Logs(
                                                                        "health",
                                                                        Optional.empty())))));
            }
        });
        return all;
    }

    /// Workers whose secrets cannot be changed, because a newer version has no traffic.
    private Optional<Banner> overtaken(Scene scene) {
        var workers = scene.overtaken().stream().map(Overtaken::worker).toList();
        return workers.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Banner.info(
                                "The newest version of "
                                        + String.join(", ", workers)
                                        + " is not the one serving traffic.",
                                "Cloudflare refuses changes of secrets (10215) and settings (10214)"
                                        + " meanwhile. Healing changes nothing that users see.",
                                new Banner.Action(
                                        "Heal\u2026",
                                        () -> desk.navigator().go(new Place.Heal()))));
    }

    /// Commits that are held and may come back with the next promotion: those that are not below what is
    /// live.
    private List<Banner> held(Seen seen) {
        return seen.candidates().stream()
                .takeWhile(c -> !seen.scene().earlier().contains(c.release()))
                .filter(c -> c.release().held().isPresent())
                .map(c ->
                        Banner.info(
                                c.release().name()
                                        + " is held, "
                                        + c.release().commit().brief()
                                        + ".",
                                c.release().held().orElse("")
                                        + ". New promotions of this commit are blocked.",
                                new Banner.Action(
                                        "Release hold\u2026",
                                        () -> HoldDialog.release(desk, c.release().commit()))))
                .toList();
    }
}
