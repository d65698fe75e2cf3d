package dev.slipway.ui.window;

import dev.slipway.domain.FailureException;
import dev.slipway.domain.RefusedException;
import dev.slipway.migration.LedgerState;
import dev.slipway.preview.Preview;
import dev.slipway.release.Proposal;
import dev.slipway.release.RehearsalListener;
import dev.slipway.release.Repair;
import dev.slipway.release.Target;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.WayBack;
import dev.slipway.ui.faults.FaultsModel;
import dev.slipway.ui.faults.FaultsView;
import dev.slipway.ui.heal.HealView;
import dev.slipway.ui.logs.LogsView;
import dev.slipway.ui.operations.OperationsModel;
import dev.slipway.ui.operations.OperationsView;
import dev.slipway.ui.previews.PreviewsModel;
import dev.slipway.ui.previews.PreviewsView;
import dev.slipway.ui.production.ProductionModel;
import dev.slipway.ui.production.ProductionView;
import dev.slipway.ui.promotion.OperationView;
import dev.slipway.ui.promotion.PromotionView;
import dev.slipway.ui.promotion.Releases;
import dev.slipway.ui.promotion.Releasing;
import dev.slipway.ui.rescue.RescueView;
import dev.slipway.ui.rollback.RollbackView;
import dev.slipway.ui.settings.SettingsView;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.Views;
import dev.slipway.ui.welcome.WelcomeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Every page of the window. A feature adds its lines here, and its pictures to [Gallery].
final class Pages {
    private final Desk desk;
    private final PreviewsModel previews;
    private final ProductionModel production;
    private final OperationsModel operations;
    private final WayBack wayBack;
    private Optional<Releases> releases = Optional.empty();

    Pages(Desk desk) {
        this.desk = desk;
        previews = new PreviewsModel(desk);
        production = new ProductionModel(desk);
        operations = new OperationsModel(desk);
        wayBack = new WayBack(desk);
        production.stateProperty().subscribe(state -> state.ifPresent(wayBack::look));
    }

    PreviewsModel previews() {
        return previews;
    }

    ProductionModel production() {
        return production;
    }

    OperationsModel operations() {
        return operations;
    }

    /// Whether production can go back.
    WayBack wayBack() {
        return wayBack;
    }

    /// What the pages of a promotion stand on.
    Releases releases() {
        var all =
                releases.orElseGet(
                        () -> new Releases(desk, Releasing.of(desk.services()), wayBack));
        releases = Optional.of(all);
        return all;
    }

    /// Which page shows which place while the world is being opened: the saved previews, and of every
    /// other that it waits.
    ///
    /// @param kinds the kinds of place that wait
    Views waiting(List<Class<? extends Place>> kinds) {
        var views = previews(new Views());
        var page = new Waiting();
        kinds.forEach(kind -> views.one(kind, () -> page));
        return views;
    }

    private Views previews(Views views) {
        return views.one(Place.Previews.class, () -> new PreviewsView(desk, previews));
    }

    /// Which page shows which place.
    Views views() {
        return others(previews(new Views()));
    }

    /// Puts every page but the previews where [#waiting] left a place for it.
    Views others(Views views) {
        desk.services()
                .faults()
                .ifPresent(board ->
                        views.one(
                                Place.Faults.class,
                                () ->
                                        new FaultsView(
                                                desk, new FaultsModel(board, desk.background()))));
        return views.one(
                        Place.Production.class, () -> new ProductionView(desk, production, wayBack))
                .each(Place.Promotion.class, place -> new PromotionView(releases(), place))
                .each(Place.Repair.class, place -> new PromotionView(releases(), place))
                .each(Place.Rollback.class, place -> new RollbackView(desk, wayBack, place))
                .each(Place.Rescue.class, place -> new RescueView(desk, place))
                .each(Place.Heal.class, _ -> new HealView(desk))
                .one(Place.Operations.class, () -> new OperationsView(desk, operations))
                .each(Place.Operation.class, place -> new OperationView(releases(), place))
                .one(Place.Settings.class, () -> new SettingsView(desk))
                .one(Place.Welcome.class, () -> new WelcomeView(desk, previews.listProperty()))
                .one(
                        Place.Logs.class,
                        () -> new LogsView(desk.services().log(), desk.zone(), null));
    }

    /// The preview a picture shows best: one that may be promoted, with migrations when there is one.
    Optional<Preview> example() {
        return previews.listProperty().get().stream()
                .flatMap(list -> list.previews().stream())
                .filter(Preview::promising)
                .max(
                        Comparator.comparing((Preview p) -> p.state() == Preview.State.READY)
                                .thenComparing(
                                        p -> p.database().pending().map(List::size).orElse(0)));
    }

    /// A real proposal for the example; empty when nothing is ready or it cannot be surveyed.
    Optional<Proposal> proposal() {
        return example().flatMap(this::rehearsed);
    }

    /// Real proposals of other previews. None in a real world: each of them would make a branch for a
    /// picture.
    List<Proposal> otherProposals() {
        if (!desk.services().world().sandbox()) {
            return List.of();
        }
        var example = example();
        return previews.listProperty().get().stream()
                .flatMap(list -> list.previews().stream())
                .filter(p -> p.database().pending().isPresent())
                .filter(p -> !p.traits().contains(Preview.Trait.FORK))
                .filter(p -> !example.equals(Optional.of(p)))
                .flatMap(p -> rehearsed(p).stream())
                .toList();
    }

    /// One of each way a rehearsal ends.
    static Map<String, Proposal> byEnding(List<Proposal> proposals) {
        var all = new LinkedHashMap<String, Proposal>();
        proposals.forEach(made -> all.putIfAbsent(ending(made), made));
        return all;
    }

    /// What Drizzle skips, as a promotion that it stops and both repairs; empty where nothing is skipped.
    Optional<Skipped> skipped(List<Proposal> proposals) {
        return proposals.stream().flatMap(made -> skipped(made).stream()).findFirst();
    }

    /// @param promotion the promotion that is stopped
    /// @param repairs both
    record Skipped(Proposal promotion, List<Repair> repairs) {}

    private Optional<Skipped> skipped(Proposal made) {
        return made.situation().ledger().value().stream()
                .flatMap(state -> state.in(LedgerState.State.SKIPPED_BY_DRIZZLE).stream())
                .findFirst()
                .flatMap(migration -> {
                    try {
                        var repairs = new ArrayList<Repair>();
                        for (var how : Repair.How.values()) {
                            repairs.add(
                                    releases()
                                            .releasing()
                                            .repair(
                                                    migration.tag(),
                                                    how,
                                                    RehearsalListener.SILENT));
                        }
                        return Optional.of(new Skipped(made, repairs));
                    } catch (FailureException | RefusedException e) {
                        return Optional.empty();
                    }
                });
    }

    private static String ending(Proposal made) {
        return made.situation()
                .rehearsal()
                .value()
                .map(result ->
                        result.report().flatMap(report -> report.failure()).isPresent()
                                ? "failed"
                                : result.verdict()
                                        .order()
                                        .kind()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', '-'))
                .orElse("nothing");
    }

    private Optional<Proposal> rehearsed(Preview preview) {
        try {
            var made = releases().releasing().propose(new Target.OfPullRequest(preview.number()));
            return Optional.of(
                    made.rehearsalMissing()
                            ? releases().releasing().rehearse(made, RehearsalListener.SILENT)
                            : made);
        } catch (FailureException | RefusedException e) {
            return Optional.empty();
        }
    }
}
