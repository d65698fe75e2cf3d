package dev.slipway.ui.wizard;

import dev.slipway.release.Planned;
import dev.slipway.ui.kit.StepperRail;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a person chooses in a wizard, not started, and how the wizard stands. Never changed: each choice
/// makes another.
///
/// @param <D> itself
/// @param <G> its pages, in order
/// @param <P> what it proposes
public interface WizardDraft<D extends WizardDraft<D, G, P>, G extends Enum<G>, P extends Planned> {
    /// How it stands.
    WizardState<G, P> state();

    /// The same choices, standing otherwise.
    D with(WizardState<G, P> other);

    /// The pages there are, in order.
    List<G> pages();

    /// The name of a page.
    String title(G which);

    /// What is said of a page below its name; may be empty.
    String note(G which);

    /// Whether the page shown is "Confirm".
    boolean confirming();

    /// Whether the person may go on from the page shown.
    default boolean canContinue() {
        return false;
    }

    /// Its pages and how each stands.
    default List<StepperRail.Step> steps() {
        return pages().stream()
                .map(which -> new StepperRail.Step(title(which), note(which), standing(which)))
                .toList();
    }

    private StepperRail.State standing(G which) {
        var order = which.compareTo(page());
        return order == 0
                ? StepperRail.State.CURRENT
                : order < 0 ? StepperRail.State.DONE : StepperRail.State.AHEAD;
    }

    /// The page shown.
    default G page() {
        return state().page();
    }

    /// What was proposed last.
    default Optional<P> proposal() {
        return state().proposal();
    }

    /// When the facts of the page "Confirm" were read.
    default Optional<Instant> confirmedAt() {
        return state().confirmedAt();
    }

    /// When it starts by itself.
    default Optional<Instant> startsAt() {
        return state().startsAt();
    }

    /// What is being done, empty for nothing.
    default String busy() {
        return state().busy();
    }

    /// Why the last thing asked for did not work, empty when it did.
    default String problem() {
        return state().problem();
    }

    /// Another page is shown.
    default D on(G which) {
        return with(state().on(which));
    }

    /// This is being done.
    default D doing(String what) {
        return with(state().doing(what));
    }

    /// It did not work.
    default D failing(String sentence) {
        return with(state().done(sentence));
    }
}
