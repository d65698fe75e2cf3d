package dev.slipway.ui.heal;

import dev.slipway.release.rollback.HealProposal;
import dev.slipway.ui.wizard.WizardDraft;
import dev.slipway.ui.wizard.WizardState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Healing, not started.
///
/// @param state how the wizard stands
/// @param needless why nothing needs it, whole sentences; empty when something does, or nobody knows
record HealDraft(WizardState<HealPage, HealProposal> state, List<String> needless)
        implements WizardDraft<HealDraft, HealPage, HealProposal> {
    /// Nothing known yet.
    static final HealDraft EMPTY = new HealDraft(WizardState.at(HealPage.CONFIRM), List.of());

    HealDraft {
        needless = List.copyOf(needless);
    }

    @Override
    public HealDraft with(WizardState<HealPage, HealProposal> other) {
        return new HealDraft(other, needless);
    }

    HealDraft with(HealProposal made, Instant at) {
        return new HealDraft(state.with(made, Optional.of(at)), List.of());
    }

    /// Nothing needs it.
    HealDraft without(List<String> why) {
        return new HealDraft(state.unproposed().done(""), why);
    }

    @Override
    public List<HealPage> pages() {
        return HealPage.ALL;
    }

    @Override
    public String title(HealPage which) {
        return which.title();
    }

    @Override
    public String note(HealPage which) {
        return which == HealPage.CONFIRM && proposal().isPresent() ? "type the phrase" : "";
    }

    /// Its only page, unless there is nothing to confirm.
    @Override
    public boolean confirming() {
        return needless.isEmpty();
    }
}
