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
import java.util.function.Consumer;

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
            rail.add(new StepperRail.Step(title(which), note(which), state(which)));
        }
        return rail;
    }

    private String title(RollbackPage which) {
        return which == RollbackPage.WINDOW && scope == RollbackScope.LOOK ? "Look" : which.title();
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
            case WINDOW ->
                    restore()
                            .filter(made -> made.loss().isPresent())
                            .map(RestoreProposal::phrase)
                            .orElse("");
            case CONFIRM -> page == RollbackPage.CONFIRM ? "type the phrase" : "";
            case RUN, RESULT -> "";
        };
    }

    /// The hash of the plan that is confirmed; empty before there is one.
    String hash() {
        return proposal.map(Planned::plan).map(Plan::hash).orElse("");
    }

    RollbackDraft on(RollbackPage which) {
        return but(change -> {
            change.page = which;
            if (which == RollbackPage.CHOOSE || code().isPresent()) {
                change.proposal = Optional.empty();
            }
            change.confirmedAt = Optional.empty();
            change.startsAt = Optional.empty();
            change.problem = "";
        });
    }

    /// With what was found; chooses what the answer names while nothing is chosen.
    RollbackDraft with(Seen found) {
        return but(change -> {
            change.seen = Optional.of(found);
            change.target =
                    target.or(() -> found.answer().release().map(r -> r.name()))
                            .filter(name -> found.candidate(name).isPresent());
            change.idle("");
        });
    }

    RollbackDraft with(Planned made, Seen found, Instant at) {
        return but(change -> {
            change.seen = Optional.of(found);
            change.proposal = Optional.of(made);
            change.confirmedAt = page == RollbackPage.CONFIRM ? Optional.of(at) : Optional.empty();
            change.startsAt = Optional.empty();
            change.idle("");
        });
    }

    RollbackDraft with(Look found) {
        return but(change -> {
            change.looked = Optional.of(found);
            change.idle("");
        });
    }

    RollbackDraft choosing(String release) {
        return choosing(change -> change.target = Optional.of(release));
    }

    RollbackDraft choosing(RollbackScope what) {
        return choosing(change -> change.scope = what);
    }

    RollbackDraft at(String typed) {
        return choosing(change -> change.point = typed);
    }

    RollbackDraft wishing(Wishes others) {
        return but(change -> change.wishes = others);
    }

    RollbackDraft starting(Optional<Instant> at) {
        return but(change -> change.startsAt = at);
    }

    RollbackDraft doing(String what) {
        return but(change -> {
            change.busy = what;
            change.problem = "";
        });
    }

    RollbackDraft failing(String sentence) {
        return but(change -> {
            change.startsAt = Optional.empty();
            change.idle(sentence);
        });
    }

    /// Chooses anew; what was proposed for the choice before is forgotten, and its point.
    private RollbackDraft choosing(Consumer<Change> choice) {
        return but(change -> {
            change.point = "";
            change.proposal = Optional.empty();
            change.looked = Optional.empty();
            change.confirmedAt = Optional.empty();
            change.startsAt = Optional.empty();
            choice.accept(change);
        });
    }

    private RollbackDraft but(Consumer<Change> difference) {
        var change = new Change(this);
        difference.accept(change);
        return change.draft();
    }

    /// A draft being made of another.
    private static final class Change {
        private final Optional<String> undoes;
        private RollbackPage page;
        private RollbackScope scope;
        private Optional<Seen> seen;
        private Optional<String> target;
        private String point;
        private Wishes wishes;
        private Optional<Planned> proposal;
        private Optional<Look> looked;
        private Optional<Instant> confirmedAt;
        private Optional<Instant> startsAt;
        private String busy;
        private String problem;

        private Change(RollbackDraft from) {
            page = from.page;
            scope = from.scope;
            seen = from.seen;
            target = from.target;
            point = from.point;
            wishes = from.wishes;
            undoes = from.undoes;
            proposal = from.proposal;
            looked = from.looked;
            confirmedAt = from.confirmedAt;
            startsAt = from.startsAt;
            busy = from.busy;
            problem = from.problem;
        }

        /// Nothing is being done any more; `why` says what went wrong, empty for nothing.
        private void idle(String why) {
            busy = "";
            problem = why;
        }

        private RollbackDraft draft() {
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
                    busy,
                    problem);
        }
    }
}
