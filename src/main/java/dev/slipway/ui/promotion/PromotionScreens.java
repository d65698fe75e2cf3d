package dev.slipway.ui.promotion;

import dev.slipway.release.Proposal;
import dev.slipway.ui.screens.Screen;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.shell.View;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import javafx.scene.Parent;

/// Every page of the wizard and of an operation, for pictures.
public final class PromotionScreens {
    private PromotionScreens() {}

    /// The pages `promotion-choose`, `-preflight`, `-rehearse`, `-plan`, `-confirm`, `-run`,
    /// `-result` and `-failed` of a real proposal.
    ///
    /// @param window puts a view that is at a place into the frame of the window
    public static List<Screen> of(
            Desk desk, Proposal proposal, BiFunction<Place, View, Parent> window) {
        var all = new ArrayList<Screen>();
        var place = new Place.Promotion(proposal.situation().target().toString());
        all.add(
                new Screen(
                        "promotion-choose",
                        () -> window.apply(place, new PromotionView(desk, place))));
        return all;
    }
}
