package dev.slipway.ui.promotion;

import dev.slipway.ui.shell.Place;
import dev.slipway.ui.wizard.WizardView;

/// One operation: running, waiting for a person, interrupted, or ended.
public final class OperationView extends WizardView<OperationController> {
    /// @param place says which operation
    public OperationView(Releases releases, Place.Operation place) {
        super(new OperationController(releases, place.id()));
    }
}
