package dev.slipway.ui.rollback;

import dev.slipway.operation.Plan;
import dev.slipway.release.rollback.Candidate;
import dev.slipway.release.rollback.RollbackProposal;
import dev.slipway.ui.desk.WayBack.Seen;
import dev.slipway.ui.kit.StepperRail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Going back, not started: what is known of the releases, which one was chosen, and what was proposed.
///
/// @param page the page shown
/// @param seen what going back would mean, as last found; empty before
/// @param target the release chosen, by name; empty while none can be
/// @param hold whether the commit that is left is held afterwards
/// @param proposal the newest that was made for `target` and `hold`; empty before the first answer
/// @param confirmedAt when the facts were read for the page "Confirm"; empty until then
/// @param busy what is being done right now, empty for nothing
/// @param problem why the last thing asked for did not work, empty when it did
record RollbackDraft(
        RollbackPage page,
        Optional<Seen> seen,
        Optional<String> target,
        boolean hold,
        Optional<RollbackProposal> proposal,
        Optional<Instant> confirmedAt,
        String busy,
        String problem) {
    /// Nothing known yet.
    ///
    /// @param target the release asked for; empty takes the one the answer names
    static RollbackDraft to(Optional<String> target) {
        return new RollbackDraft(
                RollbackPage.CHOOSE,
                Optional.empty(),
                target,
                true,
                Optional.empty(),
                Optional.empty(),
                "",
                "");
    }

    /// What users see, by name.
    String live() {
        return seen.map(Seen::live).orElse("what is live");
    }

    /// What going back to the chosen release would mean.
    Optional<Candidate> candidate() {
        return seen.flatMap(s -> target.flatMap(s::candidate));
    }

    /// Whether the person may go on from the page "Choose". What the window knew before is enough: all of
    /// it is read again on the page "Confirm".
    boolean canContinue() {
        return page == RollbackPage.CHOOSE && candidate().filter(Candidate::codeOnly).isPresent();
    }

    /// Whether the page "Confirm" is fresh and open: the only draft that may be started.
    boolean confirmable() {
        return page == RollbackPage.CONFIRM
                && busy.isEmpty()
                && confirmedAt.isPresent()
                && proposal.filter(RollbackProposal::open).isPresent();
    }

    /// The pages and how each stands.
    List<StepperRail.Step> steps() {
        var rail = new ArrayList<StepperRail.Step>();
        for (var which : RollbackPage.values()) {
            rail.add(new StepperRail.Step(which.title(), note(which), state(which)));
        }
        return rail;
    }

    private StepperRail.State state(RollbackPage which) {
        return which == page
                ? StepperRail.State.CURRENT
                : which.compareTo(page) < 0 ? StepperRail.State.DONE : StepperRail.State.AHEAD;
    }

    private String note(RollbackPage which) {
        return switch (which) {
            case CHOOSE -> target.map(t -> "code only, to " + t).orElse("");
            case CONFIRM -> page == RollbackPage.CONFIRM ? "type the phrase" : "";
            case RUN, RESULT -> "";
        };
    }

    RollbackDraft on(RollbackPage which) {
        return new RollbackDraft(
                which, seen, target, hold, Optional.empty(), Optional.empty(), busy, "");
    }

    /// With what was found; chooses what the answer names while nothing is chosen.
    RollbackDraft with(Seen found) {
        var chosen =
                target.or(() -> found.answer().release().map(r -> r.name()))
                        .filter(name -> found.candidate(name).isPresent());
        return new RollbackDraft(
                page, Optional.of(found), chosen, hold, proposal, confirmedAt, "", "");
    }

    RollbackDraft with(RollbackProposal made, Seen found, Instant at) {
        return new RollbackDraft(
                page, Optional.of(found), target, hold, Optional.of(made), Optional.of(at), "", "");
    }

    RollbackDraft choosing(String release) {
        return new RollbackDraft(
                page,
                seen,
                Optional.of(release),
                hold,
                Optional.empty(),
                Optional.empty(),
                busy,
                problem);
    }

    RollbackDraft holding(boolean held) {
        return new RollbackDraft(page, seen, target, held, proposal, confirmedAt, busy, problem);
    }

    RollbackDraft doing(String what) {
        return new RollbackDraft(page, seen, target, hold, proposal, confirmedAt, what, "");
    }

    RollbackDraft failing(String sentence) {
        return new RollbackDraft(page, seen, target, hold, proposal, confirmedAt, "", sentence);
    }

    /// The hash of the plan that is confirmed; empty before there is one.
    String hash() {
        return proposal.map(RollbackProposal::plan).map(Plan::hash).orElse("");
    }
}
