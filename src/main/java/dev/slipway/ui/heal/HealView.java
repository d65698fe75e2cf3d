package dev.slipway.ui.heal;

import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.wizard.WizardView;

/// The wizard that uploads again what serves: one page to confirm. Once it is confirmed the operation has a
/// page of its own.
public final class HealView extends WizardView<HealController> {
    public HealView(Desk desk) {
        super(new HealController(desk));
    }
}
