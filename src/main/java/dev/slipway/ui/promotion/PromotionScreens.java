package dev.slipway.ui.promotion;

import dev.slipway.migration.LedgerState;
import dev.slipway.operation.Plan;
import dev.slipway.production.ProductionState;
import dev.slipway.release.Proposal;
import dev.slipway.release.Repair;
import dev.slipway.ui.rehearsal.Evidence;
import dev.slipway.ui.screens.Screen;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import javafx.scene.Parent;

/// Every page of the wizard and of an operation, for pictures.
public final class PromotionScreens {
    private PromotionScreens() {}

    /// The pages of a real proposal: `promotion-1-choose` to `promotion-5-confirm`, and how its
    /// operation would look: `promotion-6-run` to `promotion-7-result`, by "example".
    ///
    /// @param window puts a view that is at a place into the frame of the window
    /// @param running puts a page into a window where the operation runs
    public static List<Screen> of(
            Releases releases,
            Proposal proposal,
            BiFunction<Place, View, Parent> window,
            RunningExample.Window running) {
        var all = new ArrayList<Screen>();
        var place = new Place.Promotion(proposal.situation().target().toString());
        for (var page : Page.values()) {
            if (page.compareTo(Page.CONFIRM) <= 0) {
                all.add(
                        new Screen(
                                "promotion-"
                                        + page.number()
                                        + "-"
                                        + page.title().toLowerCase(Locale.ROOT),
                                () ->
                                        window.apply(
                                                place, wizard(releases, place, proposal, page))));
            }
        }
        all.addAll(rehearsing(releases, place, proposal, window));
        var plan = proposal.plan();
        var at = new Place.Operation(plan.id());
        var now = releases.desk().clock().instant();
        var situation = proposal.situation();
        all.add(
                new Screen(
                        "promotion-6-run",
                        () ->
                                running.show(
                                        at,
                                        Illustration.example(plan, now),
                                        own ->
                                                operation(
                                                        own,
                                                        at,
                                                        Illustration.running(plan, now),
                                                        Optional.empty()))));
        all.add(
                new Screen(
                        "promotion-6-run-interrupted",
                        () ->
                                window.apply(
                                        at,
                                        operation(
                                                releases,
                                                at,
                                                Illustration.interrupted(plan, now),
                                                Optional.of(
                                                        Illustration.reported(
                                                                situation,
                                                                Illustration.firstPart(plan)))))));
        all.add(
                new Screen(
                        "promotion-7-result",
                        () ->
                                window.apply(
                                        at,
                                        operation(
                                                releases,
                                                at,
                                                Illustration.done(plan, now),
                                                Optional.of(
                                                        Illustration.reported(situation, 100))))));
        all.add(
                new Screen(
                        "promotion-7-result-rolled-back",
                        () ->
                                window.apply(
                                        at,
                                        operation(
                                                releases,
                                                at,
                                                Illustration.rolledBack(plan, now),
                                                Optional.of(
                                                        Illustration.reported(situation, 0))))));
        return all;
    }

    /// What the providers would report once `proposal` was live.
    public static ProductionState live(Proposal proposal) {
        return Illustration.reported(proposal.situation(), 100);
    }

    /// How the operation of a real plan would look, by "example": `<name>-run` and `<name>-result`.
    ///
    /// @param reported what the providers would report at its end
    public static List<Screen> ofPlan(
            Releases releases,
            String name,
            Plan plan,
            ProductionState reported,
            BiFunction<Place, View, Parent> window,
            RunningExample.Window running) {
        var at = new Place.Operation(plan.id());
        var now = releases.desk().clock().instant();
        return List.of(
                new Screen(
                        name + "-run",
                        () ->
                                running.show(
                                        at,
                                        Illustration.example(plan, now),
                                        own ->
                                                operation(
                                                        own,
                                                        at,
                                                        Illustration.running(plan, now),
                                                        Optional.empty()))),
                ofEnd(releases, name + "-result", plan, Optional.of(reported), window));
    }

    /// How the operation of a plan would look at its end.
    ///
    /// @param reported what the providers would report then; empty while nobody asked them
    public static Screen ofEnd(
            Releases releases,
            String name,
            Plan plan,
            Optional<ProductionState> reported,
            BiFunction<Place, View, Parent> window) {
        var at = new Place.Operation(plan.id());
        var now = releases.desk().clock().instant();
        return new Screen(
                name,
                () ->
                        window.apply(
                                at,
                                operation(releases, at, Illustration.done(plan, now), reported)));
    }

    /// The page "Rehearse" while it goes on, and with its evidence open.
    private static List<Screen> rehearsing(
            Releases releases,
            Place.Promotion place,
            Proposal proposal,
            BiFunction<Place, View, Parent> window) {
        var found = proposal.situation().rehearsal().value();
        var pending = proposal.situation().ledger().value().map(LedgerState::pending);
        if (found.isEmpty() || pending.isEmpty() || pending.get().isEmpty()) {
            return List.of();
        }
        var result = found.get();
        return List.of(
                new Screen(
                        "promotion-3-rehearse-running",
                        () -> {
                            var view = wizard(releases, place, proposal, Page.REHEARSE);
                            var model = view.controller().model();
                            model.present(model.draft().doing("Rehearsing"));
                            model.run().present(Illustration.rehearsing(pending.get(), result));
                            return window.apply(place, view);
                        }),
                new Screen(
                        "promotion-3-rehearse-evidence",
                        () -> {
                            var view = wizard(releases, place, proposal, Page.REHEARSE);
                            Evidence.first(result)
                                    .ifPresent(evidence ->
                                            view.controller()
                                                    .rehearsePage()
                                                    .open(evidence, result));
                            return window.apply(place, view);
                        }));
    }

    /// The page "Rehearse" of other proposals, as `promotion-3-rehearse-` and the word given.
    public static List<Screen> ofRehearsals(
            Releases releases,
            Map<String, Proposal> proposals,
            BiFunction<Place, View, Parent> window) {
        var all = new ArrayList<Screen>();
        proposals.forEach((word, proposal) -> {
            var place = new Place.Promotion(proposal.situation().target().toString());
            all.add(
                    new Screen(
                            "promotion-3-rehearse-" + word,
                            () ->
                                    window.apply(
                                            place,
                                            wizard(releases, place, proposal, Page.REHEARSE))));
        });
        return all;
    }

    /// The pages of real repairs, as `repair-` and the page, the number being that of [Page]; what differs
    /// between the two repairs is followed by which one it is.
    ///
    /// @param skipped a proposal whose ledger has something Drizzle skips
    public static List<Screen> ofRepairs(
            Releases releases,
            Proposal skipped,
            List<Repair> repairs,
            BiFunction<Place, View, Parent> window) {
        var all = new ArrayList<Screen>();
        var from = new Place.Promotion(skipped.situation().target().toString());
        all.add(
                new Screen(
                        "promotion-2-preflight-skipped",
                        () -> window.apply(from, wizard(releases, from, skipped, Page.PREFLIGHT))));
        for (var repair : repairs) {
            var place = new Place.Repair(repair.migration().tag());
            for (var page :
                    List.of(Page.CHOOSE, Page.PREFLIGHT, Page.REHEARSE, Page.PLAN, Page.CONFIRM)) {
                all.add(
                        new Screen(
                                "repair-"
                                        + page.number()
                                        + "-"
                                        + page.title().toLowerCase(Locale.ROOT)
                                        + "-"
                                        + repair.how().key(),
                                () ->
                                        window.apply(
                                                place, repairing(releases, place, repair, page))));
            }
        }
        repairs.stream()
                .filter(repair -> repair.how() == Repair.How.APPLY)
                .findFirst()
                .map(repair -> repair.proposal().plan())
                .ifPresent(plan ->
                        all.add(
                                ofEnd(
                                        releases,
                                        "repair-7-result",
                                        plan,
                                        Optional.empty(),
                                        window)));
        return all;
    }

    private static PromotionView repairing(
            Releases releases, Place.Repair place, Repair repair, Page page) {
        var view = new PromotionView(releases, place);
        view.controller()
                .model()
                .present(
                        new Draft(
                                new Aim.Repair(place.tag(), Optional.of(repair.how())),
                                page,
                                page,
                                Optional.of(repair.proposal()),
                                repair.effects(),
                                Optional.of(repair.proposal().plan()),
                                Map.of(),
                                page == Page.CONFIRM
                                        ? Optional.of(releases.desk().clock().instant())
                                        : Optional.empty(),
                                "",
                                ""));
        return view;
    }

    /// The page of a real operation, as `operation-<id>`; nothing when there is no such operation.
    public static List<Screen> ofOperation(
            Releases releases, String id, BiFunction<Place, View, Parent> window) {
        return releases.releasing()
                .operation(id)
                .map(detail -> {
                    var at = new Place.Operation(id);
                    var sheet =
                            RunSheet.of(
                                    detail,
                                    Live.NOTHING,
                                    false,
                                    Optional.empty(),
                                    releases.desk().clock().instant());
                    return List.of(
                            new Screen(
                                    "operation-" + id,
                                    () ->
                                            window.apply(
                                                    at,
                                                    operation(
                                                            releases,
                                                            at,
                                                            sheet,
                                                            Optional.empty()))));
                })
                .orElse(List.of());
    }

    private static View operation(
            Releases releases,
            Place.Operation at,
            RunSheet sheet,
            Optional<ProductionState> reported) {
        var view = new OperationView(releases, at);
        view.controller().model().present(sheet, reported);
        return view;
    }

    private static PromotionView wizard(
            Releases releases, Place.Promotion place, Proposal proposal, Page page) {
        var view = new PromotionView(releases, place);
        view.controller()
                .model()
                .present(
                        new Draft(
                                new Aim.Promotion(place.target()),
                                page,
                                page,
                                Optional.of(proposal),
                                List.of(),
                                Optional.of(proposal.plan()),
                                Map.of(),
                                page == Page.CONFIRM
                                        ? Optional.of(releases.desk().clock().instant())
                                        : Optional.empty(),
                                "",
                                ""));
        return view;
    }
}
