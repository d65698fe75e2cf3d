package dev.slipway.ui.heal;

import dev.slipway.domain.RefusedException;
import dev.slipway.release.rollback.HealProposal;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.Services;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.wizard.WizardModel;
import java.util.List;
import java.util.Optional;

/// Healing without a window. FX thread only.
final class HealModel extends WizardModel<HealDraft, HealPage> {
    private static final Texts TEXTS = Texts.of(HealModel.class);

    HealModel(Desk desk) {
        super(desk, HealDraft.EMPTY);
    }

    @Override
    public void open() {
        checkAgain();
    }

    @Override
    public void next() {
        // Its first page is the one where it is confirmed.
    }

    @Override
    protected void read() {
        work(
                TEXTS.get("heal.reading"),
                (services, _) -> Found.by(services),
                found ->
                        show(
                                found.proposal()
                                        .map(made -> draft().with(made, desk.now()))
                                        .orElseGet(() -> draft().without(found.needless()))));
    }

    /// @param needless why there is no proposal
    private record Found(Optional<HealProposal> proposal, List<String> needless) {
        static Found by(Services services) {
            try {
                return new Found(
                        Optional.of(kept(services, services.heals().propose())), List.of());
            } catch (RefusedException e) {
                return new Found(Optional.empty(), e.reasons());
            }
        }
    }
}
