package dev.slipway.ui.promotion;

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

    /// The pages of a real proposal: `promotion-1-choose` to `promotion-5-confirm`.
    ///
    /// @param window puts a view that is at a place into the frame of the window
    public static List<Screen> of(
            Desk desk, Proposal proposal, BiFunction<Place, View, Parent> window) {
        var all = new ArrayList<Screen>();
        var place = new Place.Promotion(proposal.situation().target().toString());
        for (var page : Page.values()) {
            if (page.compareTo(Page.CONFIRM) <= 0) {
                all.add(
                        new Screen(
                                "promotion-"
                                        + (page.ordinal() + 1)
                                        + "-"
                                        + page.title().toLowerCase(Locale.ROOT),
                                () -> window.apply(place, wizard(desk, place, proposal, page))));
            }
        }
        return all;
    }

    private static View wizard(Desk desk, Place.Promotion place, Proposal proposal, Page page) {
        var view = new PromotionView(desk, place);
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
                                        ? Optional.of(desk.clock().instant())
                                        : Optional.empty(),
                                "",
                                ""));
        return view;
    }
}
