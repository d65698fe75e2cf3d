package dev.slipway.ui.wizard;

import dev.slipway.release.Planned;
import java.time.Instant;
import java.util.Optional;

/// How a wizard stands, whatever it is about.
///
/// @param <G> its pages, in order
/// @param <P> what it proposes
/// @param page the page shown
/// @param proposal the newest that was made for what was chosen; empty before the first answer
/// @param confirmedAt when the facts were read for the page "Confirm"; empty until then
/// @param startsAt when it starts by itself, during its countdown; empty else
/// @param busy what is being done right now, empty for nothing
/// @param problem why the last thing asked for did not work, empty when it did
public record WizardState<G extends Enum<G>, P extends Planned>(
        G page,
        Optional<P> proposal,
        Optional<Instant> confirmedAt,
        Optional<Instant> startsAt,
        String busy,
        String problem) {
    /// At `page`, and nothing is known.
    public static <G extends Enum<G>, P extends Planned> WizardState<G, P> at(G page) {
        return new WizardState<>(
                page, Optional.empty(), Optional.empty(), Optional.empty(), "", "");
    }

    /// At another page; what was read for "Confirm" is read again there.
    public WizardState<G, P> on(G which) {
        return new WizardState<>(which, proposal, Optional.empty(), Optional.empty(), busy, "");
    }

    /// Without what was proposed, because something else is chosen.
    public WizardState<G, P> unproposed() {
        return new WizardState<>(
                page, Optional.empty(), Optional.empty(), Optional.empty(), busy, problem);
    }

    /// With what was proposed.
    ///
    /// @param at when it was read for the page "Confirm"; empty for another page
    public WizardState<G, P> with(P made, Optional<Instant> at) {
        return new WizardState<>(page, Optional.of(made), at, Optional.empty(), "", "");
    }

    /// It starts by itself at that moment, or no longer.
    public WizardState<G, P> starting(Optional<Instant> at) {
        return new WizardState<>(page, proposal, confirmedAt, at, busy, problem);
    }

    /// This is being done.
    public WizardState<G, P> doing(String what) {
        return new WizardState<>(page, proposal, confirmedAt, startsAt, what, "");
    }

    /// It is done; `why` says what went wrong, empty for nothing.
    public WizardState<G, P> done(String why) {
        return new WizardState<>(
                page, proposal, confirmedAt, why.isEmpty() ? startsAt : Optional.empty(), "", why);
    }

    /// Whether nothing is being done, and nothing starts by itself.
    public boolean still() {
        return busy.isEmpty() && startsAt.isEmpty();
    }

    /// Whether the page "Confirm" is fresh and open: the only state that may be started.
    public boolean confirmable() {
        return still() && confirmedAt.isPresent() && proposal.filter(Planned::open).isPresent();
    }
}
