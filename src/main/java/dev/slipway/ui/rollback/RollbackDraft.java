package dev.slipway.ui.rollback;

import dev.slipway.release.Planned;
import dev.slipway.release.rollback.Candidate;
import dev.slipway.release.rollback.Look;
import dev.slipway.release.rollback.RestoreProposal;
import dev.slipway.release.rollback.RollbackProposal;
import dev.slipway.ui.desk.WayBack.Seen;
import dev.slipway.ui.wizard.WizardDraft;
import dev.slipway.ui.wizard.WizardState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Going back, not started: what is known of the releases, what was chosen, and what was proposed.
///
/// @param state how the wizard stands
/// @param scope what goes back
/// @param seen what going back would mean, as last found; empty before
/// @param target the release chosen, by name; empty while none can be
/// @param point the point of the database's history, as typed; empty while nothing was typed
/// @param wishes what a person wants beside it
/// @param undoes id of the operation whose restore is taken back; empty for everything else
/// @param looked what was seen at the point, and is kept for a while; empty before
record RollbackDraft(
        WizardState<RollbackPage, Planned> state,
        RollbackScope scope,
        Optional<Seen> seen,
        Optional<String> target,
        String point,
        Wishes wishes,
        Optional<String> undoes,
        Optional<Look> looked)
        implements WizardDraft<RollbackDraft, RollbackPage, Planned> {
    /// What a person wants beside it.
    ///
    /// @param hold whether the commit that is left is held afterwards
    /// @param maintenance whether another Worker answers while the database is restored
    record Wishes(boolean hold, boolean maintenance) {}

    /// Nothing known yet.
    ///
    /// @param target the release asked for; empty takes the one the answer names
    static RollbackDraft to(Optional<String> target) {
        return of(RollbackPage.CHOOSE, RollbackScope.CODE, target, Optional.empty());
    }

    /// The restore of that operation is taken back.
    static RollbackDraft undoing(String operation) {
        return of(
                RollbackPage.WINDOW, RollbackScope.UNDO, Optional.empty(), Optional.of(operation));
    }

    private static RollbackDraft of(
            RollbackPage page,
            RollbackScope scope,
            Optional<String> target,
            Optional<String> undoes) {
        return new RollbackDraft(
                WizardState.at(page),
                scope,
                Optional.empty(),
                target,
                "",
                new Wishes(true, false),
                undoes,
                Optional.empty());
    }

    /// What users see, by name.
    String live() {
        return seen.map(Seen::live).orElse("what is live");
    }

    /// What going back to the chosen release would mean.
    Optional<Candidate> candidate() {
        return seen.flatMap(s -> target.flatMap(s::candidate));
    }

    /// What was proposed, when it goes back with code alone.
    Optional<RollbackProposal> code() {
        return proposal()
                .filter(RollbackProposal.class::isInstance)
                .map(RollbackProposal.class::cast);
    }

    /// What was proposed, when it restores the database.
    Optional<RestoreProposal> restore() {
        return proposal()
                .filter(RestoreProposal.class::isInstance)
                .map(RestoreProposal.class::cast);
    }

    /// Whether the person may go on from the page shown. What the window knew before is enough to leave
    /// "Choose": all of it is read again later.
    @Override
    public boolean canContinue() {
        return switch (page()) {
            case CHOOSE ->
                    switch (scope) {
                        case CODE -> candidate().filter(Candidate::codeOnly).isPresent();
                        case CODE_AND_DATA ->
                                candidate()
                                        .filter(c -> !c.live() && c.release().held().isEmpty())
                                        .isPresent();
                        case LOOK, DATA, UNDO -> true;
                    };
            case WINDOW -> busy().isEmpty() && restore().filter(RestoreProposal::open).isPresent();
            case CONFIRM, RUN, RESULT -> false;
        };
    }

    @Override
    public boolean confirming() {
        return page() == RollbackPage.CONFIRM;
    }

    @Override
    public List<RollbackPage> pages() {
        return scope.pages();
    }

    @Override
    public String title(RollbackPage which) {
        return which == RollbackPage.WINDOW && scope == RollbackScope.LOOK ? "Look" : which.title();
    }

    @Override
    public String note(RollbackPage which) {
        return switch (which) {
            case CHOOSE ->
                    switch (scope) {
                        case CODE -> target.map(t -> "code only, to " + t).orElse("code only");
                        case LOOK -> "look first";
                        case CODE_AND_DATA -> target.map(t -> "with data, to " + t).orElse("");
                        case DATA, UNDO -> "database only";
                    };
            case WINDOW ->
                    restore()
                            .filter(made -> made.loss().isPresent())
                            .map(RestoreProposal::phrase)
                            .orElse("");
            case CONFIRM -> confirming() ? "type the phrase" : "";
            case RUN, RESULT -> "";
        };
    }

    @Override
    public RollbackDraft with(WizardState<RollbackPage, Planned> other) {
        return new RollbackDraft(other, scope, seen, target, point, wishes, undoes, looked);
    }

    /// A restore that was counted stays on screen while it is read again for "Confirm".
    @Override
    public RollbackDraft on(RollbackPage which) {
        var next = state.on(which);
        return with(which == RollbackPage.CHOOSE || code().isPresent() ? next.unproposed() : next);
    }

    /// With what was found; chooses what the answer names while nothing is chosen.
    RollbackDraft with(Seen found) {
        var chosen =
                target.or(() -> found.answer().release().map(r -> r.name()))
                        .filter(name -> found.candidate(name).isPresent());
        return new RollbackDraft(
                state.done(""), scope, Optional.of(found), chosen, point, wishes, undoes, looked);
    }

    RollbackDraft with(Planned made, Seen found, Instant at) {
        var read = confirming() ? Optional.of(at) : Optional.<Instant>empty();
        return new RollbackDraft(
                state.with(made, read),
                scope,
                Optional.of(found),
                target,
                point,
                wishes,
                undoes,
                looked);
    }

    RollbackDraft with(Look found) {
        return new RollbackDraft(
                state.done(""), scope, seen, target, point, wishes, undoes, Optional.of(found));
    }

    RollbackDraft choosing(String release) {
        return choosing(scope, Optional.of(release), "");
    }

    RollbackDraft choosing(RollbackScope what) {
        return choosing(what, target, "");
    }

    RollbackDraft at(String typed) {
        return choosing(scope, target, typed);
    }

    /// Chooses anew; what was proposed for the choice before is forgotten.
    private RollbackDraft choosing(RollbackScope what, Optional<String> release, String typed) {
        return new RollbackDraft(
                state.unproposed(), what, seen, release, typed, wishes, undoes, Optional.empty());
    }

    RollbackDraft wishing(Wishes others) {
        return new RollbackDraft(state, scope, seen, target, point, others, undoes, looked);
    }

    RollbackDraft starting(Optional<Instant> at) {
        return with(state.starting(at));
    }
}
