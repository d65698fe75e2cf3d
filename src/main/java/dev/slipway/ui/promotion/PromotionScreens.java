package dev.slipway.ui.promotion;

import dev.slipway.production.ProductionState;
import dev.slipway.release.Proposal;
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
    public static List<Screen> of(
            Releases releases, Proposal proposal, BiFunction<Place, View, Parent> window) {
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
        var plan = proposal.plan();
        var at = new Place.Operation(plan.id());
        var now = releases.desk().clock().instant();
        var reported = Optional.of(proposal.situation().production());
        all.add(
                new Screen(
                        "promotion-6-run",
                        () ->
                                window.apply(
                                        at,
                                        operation(
                                                releases,
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
                                                reported))));
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
                                                Optional.empty()))));
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
                                                reported))));
        return all;
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

    private static View wizard(
            Releases releases, Place.Promotion place, Proposal proposal, Page page) {
        var view = new PromotionView(releases, place);
        view.controller()
                .model()
                .present(
                        new Draft(
                                place.target(),
                                page,
                                page,
                                Optional.of(proposal),
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
