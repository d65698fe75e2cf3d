package dev.slipway.ui.promotion;

import dev.slipway.ui.shell.Place;
import dev.slipway.ui.wizard.WizardView;
import java.util.Optional;

/// The wizard for one aim: choose, preflight, rehearse, plan, confirm. Once it is confirmed the
/// operation has a page of its own, see [OperationView].
public final class PromotionView extends WizardView<PromotionController> {
    /// @param place says what is to be promoted
    public PromotionView(Releases releases, Place.Promotion place) {
        super(new PromotionController(releases, new Aim.Promotion(place.target())));
    }

    /// @param place says which migration is to be repaired
    public PromotionView(Releases releases, Place.Repair place) {
        super(new PromotionController(releases, new Aim.Repair(place.tag(), Optional.empty())));
    }
}
