package dev.slipway.ui.rollback;

import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.WayBack;
import dev.slipway.ui.shell.Place;
import dev.slipway.ui.wizard.WizardView;

/// The wizard that goes back: choose, see what is lost, confirm. Once it is confirmed the operation has a
/// page of its own.
public final class RollbackView extends WizardView<RollbackController> {
    /// @param place says which release was asked for, or which restore is taken back
    public RollbackView(Desk desk, WayBack way, Place.Rollback place) {
        super(
                new RollbackController(
                        desk,
                        way,
                        place.undoes()
                                .map(RollbackDraft::undoing)
                                .orElseGet(() -> RollbackDraft.to(place.release()))));
    }
}
