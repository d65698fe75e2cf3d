package dev.slipway.ui.rescue;

import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.wizard.WizardView;

/// The wizard that gets back what a restore took away: see and choose, confirm. Once it is confirmed the
/// operation has a page of its own.
public final class RescueView extends WizardView<RescueController> {
    /// @param place says what kept it
    public RescueView(Desk desk, Place.Rescue place) {
        super(new RescueController(desk, RescueDraft.of(place.backup())));
    }
}
