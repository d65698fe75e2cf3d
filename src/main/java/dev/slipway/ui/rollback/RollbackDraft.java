package dev.slipway.ui.rollback;

import dev.slipway.operation.Plan;
import dev.slipway.release.Planned;
import dev.slipway.release.rollback.Candidate;
import dev.slipway.release.rollback.Look;
import dev.slipway.release.rollback.RestoreProposal;
import dev.slipway.release.rollback.RollbackProposal;
import dev.slipway.ui.desk.WayBack.Seen;
import dev.slipway.ui.kit.StepperRail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Going back, not started: what is known of the releases, what was chosen, and what was proposed.
///
/// @param page the page shown
/// @param scope what goes back
/// @param seen what going back would mean, as last found; empty before
/// @param target the release chosen, by name; empty while none can be
/// @param point the point of the database's history, as typed; empty while nothing was typed
/// @param wishes what a person wants beside it
/// @param undoes id of the operation whose restore is taken back; empty for everything else
/// @param proposal the newest that was made for all this; empty before the first answer
/// @param looked what was seen at the point, and is kept for a while; empty before
/// @param confirmedAt when the facts were read for the page "Confirm"; empty until then
/// @param startsAt when the restore starts by itself, during its countdown; empty else
/// @param busy what is being done right now, empty for nothing
/// @param problem why the last thing asked for did not work, empty when it did
record RollbackDraft(
        RollbackPage page,
        RollbackScope scope,
        Optional<Seen> seen,
        Optional<String> target,
        String point,
        Wishes wishes,
        Optional<String> undoes,
        Optional<Planned> proposal,
        Optional<Look> looked,
        Optional<Instant> confirmedAt,
        Optional<Instant> startsAt,
        String busy,
        String problem) {
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
                page,
                scope,
                Optional.empty(),
                target,
                "",
                new Wishes(true, false),
                undoes,
                Optional.empty(),
                Optional.empty(),
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

    /// What was proposed, when it goes back with code alone.
    Optional<RollbackProposal> code() {
        return proposal.filter(RollbackProposal.class::isInstance)
                .map(RollbackProposal.class::cast);
    }

    /// What was proposed, when it restores the database.
    Optional<RestoreProposal> restore() {
        return proposal.filter(RestoreProposal.class::isInstance).map(RestoreProposal.class::cast);
    }

    /// Whether the person may go on from the page shown. What the window knew before is enough to leave
    /// "Choose": all of it is read again later.
    boolean canContinue() {
        return switch (page) {
            case CHOOSE ->
                    switch (scope) {
                        case CODE -> candidate().filter(Candidate::codeOnly).isPresent();
                        case CODE_AND_DATA ->
                                candidate()
                                        .filter(c -> !c.live() && c.release().held().isEmpty())
                                        .isPresent();
                        case LOOK, DATA, UNDO -> true;
                    };
            case WINDOW -> busy.isEmpty() && restore().filter(RestoreProposal::open).isPresent();
            case CONFIRM, RUN, RESULT -> false;
        };
    }

    /// Whether the page "Confirm" is fresh and open: the only draft that may be started.
    boolean confirmable() {
        return page == RollbackPage.CONFIRM
                && busy.isEmpty()
                && confirmedAt.isPresent()
                && startsAt.isEmpty()
                && proposal.filter(Planned::open).isPresent();
    }

    /// The pages and how each stands.
    List<StepperRail.Step> steps() {
        var rail = new ArrayList<StepperRail.Step>();
        for (var which : scope.pages()) {
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
            case CHOOSE ->
                    switch (scope) {
                        case CODE -> target.map(t -> "code only, to " + t).orElse("code only");
                        case LOOK -> "look first";
                        case CODE_AND_DATA -> target.map(t -> "with data, to " + t).orElse("");
                        case DATA, UNDO -> "database only";
                    };
            case WINDOW -> restore().map(RestoreProposal::phrase).orElse("");
            case CONFIRM -> page == RollbackPage.CONFIRM ? "type the phrase" : "";
            case RUN, RESULT -> "";
        };
    }

    /// The hash of the plan that is confirmed; empty before there is one.
    String hash() {
        return proposal.map(Planned::plan).map(Plan::hash).orElse("");
    }

    RollbackDraft on(RollbackPage which) {
        return new RollbackDraft(
                which,
                scope,
                seen,
                target,
                point,
                wishes,
                undoes,
                which == RollbackPage.CHOOSE || code().isPresent() ? Optional.empty() : proposal,
                looked,
                Optional.empty(),
                Optional.empty(),
                busy,
                "");
    }

    /// With what was found; chooses what the answer names while nothing is chosen.
    RollbackDraft with(Seen found) {
        var chosen =
                target.or(() -> found.answer().release().map(r -> r.name()))
                        .filter(name -> found.candidate(name).isPresent());
        return new RollbackDraft(
                page,
                scope,
                Optional.of(found),
                chosen,
                point,
                wishes,
                undoes,
                proposal,
                looked,
                confirmedAt,
                startsAt,
                "",
                "");
    }

    RollbackDraft with(Planned made, Seen found, Instant at) {
        return new RollbackDraft(
                page,
                scope,
                Optional.of(found),
                target,
                point,
                wishes,
                undoes,
                Optional.of(made),
                looked,
                page == RollbackPage.CONFIRM ? Optional.of(at) : Optional.empty(),
                Optional.empty(),
                "",
                "");
    }

    RollbackDraft with(Look found) {
        return new RollbackDraft(
                page,
                scope,
                seen,
                target,
                point,
                wishes,
                undoes,
                proposal,
                Optional.of(found),
                confirmedAt,
                startsAt,
                "",
                "");
    }

    /// Chooses anew; what was proposed for the choice before is forgotten.
    private RollbackDraft choosing(
            RollbackScope what, Optional<String> release, String at, Wishes beside) {
        return new RollbackDraft(
                page,
                what,
                seen,
                release,
                at,
                beside,
                undoes,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                busy,
                problem);
    }

    RollbackDraft choosing(String release) {
        return choosing(scope, Optional.of(release), "", wishes);
    }

    RollbackDraft choosing(RollbackScope what) {
        return choosing(what, target, "", wishes);
    }

    RollbackDraft at(String typed) {
        return choosing(scope, target, typed, wishes);
    }

    RollbackDraft wishing(Wishes others) {
        return new RollbackDraft(
                page,
                scope,
                seen,
                target,
                point,
                others,
                undoes,
                proposal,
                looked,
                confirmedAt,
                startsAt,
                busy,
                problem);
    }

    RollbackDraft starting(Optional<Instant> at) {
        return new RollbackDraft(
                page,
                scope,
                seen,
                target,
                point,
                wishes,
                undoes,
                proposal,
                looked,
                confirmedAt,
                at,
                busy,
                problem);
    }

    RollbackDraft doing(String what) {
        return new RollbackDraft(
                page,
                scope,
                seen,
                target,
                point,
                wishes,
                undoes,
                proposal,
                looked,
                confirmedAt,
                startsAt,
                what,
                "");
    }

    RollbackDraft failing(String sentence) {
        return new RollbackDraft(
                page,
                scope,
                seen,
                target,
                point,
                wishes,
                undoes,
                proposal,
                looked,
                confirmedAt,
                Optional.empty(),
                "",
                sentence);
    }
}
