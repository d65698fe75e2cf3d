package dev.slipway.ui.promotion;

import dev.slipway.migration.rehearsal.Effects;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.release.Gate;
import dev.slipway.release.PlanDifference;
import dev.slipway.release.Proposal;
import dev.slipway.ui.kit.StepperRail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A promotion or a repair that was not started: what was proposed, and how far the person has come.
///
/// @param aim what was asked for
/// @param page the page shown
/// @param reached the farthest page the person has gone on to
/// @param proposal the newest that was made; empty before the first answer
/// @param effects what each statement of a migration to be recorded showed on a branch
/// @param approved the plan the person has seen on the page "Plan" and gone on with
/// @param waivers gates the person overruled, with the reason
/// @param confirmedAt when the facts were read again for the page "Confirm"; empty until then
/// @param busy what is being done right now, empty for nothing
/// @param problem why the last thing asked for did not work, empty when it did
record Draft(
        Aim aim,
        Page page,
        Page reached,
        Optional<Proposal> proposal,
        List<Effects.Found> effects,
        Optional<Plan> approved,
        Map<String, String> waivers,
        Optional<Instant> confirmedAt,
        String busy,
        String problem) {
    Draft {
        effects = List.copyOf(effects);
        waivers = Map.copyOf(waivers);
    }

    /// Nothing known yet.
    static Draft of(Aim aim) {
        return new Draft(
                aim,
                Page.CHOOSE,
                Page.CHOOSE,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                "",
                "");
    }

    /// What it is about, in a word: what is released, or the migration.
    String name() {
        return proposal.map(made -> made.plan().target()).orElse(aim.name());
    }

    /// Which pages there are and how each stands. A closed gate ends the way at "Preflight", the one a
    /// rehearsal answers at "Rehearse"; a plan
    /// that is not the approved one ends it at "Confirm", where the difference is shown.
    static List<StepperRail.Step> pagesFor(Draft draft) {
        var rail = new ArrayList<StepperRail.Step>();
        for (var page : Page.values()) {
            rail.add(new StepperRail.Step(page.title(), draft.note(page), draft.state(page)));
        }
        return rail;
    }

    private StepperRail.State state(Page which) {
        if (which == page) {
            return StepperRail.State.CURRENT;
        }
        if (which.compareTo(reached) <= 0 && closes(which)) {
            return StepperRail.State.FAILED;
        }
        return canOpen(which) ? StepperRail.State.DONE : StepperRail.State.AHEAD;
    }

    /// Whether a closed gate ends the way on `which`.
    private boolean closes(Page which) {
        return switch (which) {
            case PREFLIGHT -> !mayRehearse();
            case REHEARSE -> mayRehearse() && !gatesOpen();
            case CHOOSE, PLAN, CONFIRM, RUN, RESULT -> false;
        };
    }

    private String note(Page which) {
        if (which == Page.CHOOSE && aim instanceof Aim.Repair(_, var how)) {
            return how.map(Words::how).orElse("");
        }
        return proposal.map(p -> note(which, p)).orElse("");
    }

    private String note(Page which, Proposal made) {
        if (which.compareTo(reached) > 0 && which != page) {
            return "";
        }
        return switch (which) {
            case CHOOSE -> Words.subject(made.plan());
            case PREFLIGHT -> gateCount(made);
            case REHEARSE ->
                    page == Page.REHEARSE && !busy.isEmpty() ? "rehearsing" : rehearsal(made);
            case PLAN -> PlanRows.of(made.plan()).size() + " steps";
            case CONFIRM -> page == Page.CONFIRM ? "type the phrase" : "";
            case RUN, RESULT -> "";
        };
    }

    private String rehearsal(Proposal made) {
        if (!effects.isEmpty()) {
            var there = effects.stream().filter(Effects.Found::there).count();
            return there + " of " + Words.count(effects.size(), "effect") + " there";
        }
        return made.situation()
                .rehearsal()
                .value()
                .map(result ->
                        switch (result.verdict().order().kind()) {
                            case NOTHING -> "nothing to rehearse";
                            case ANY -> "any order is safe";
                            case SCHEMA_FIRST -> "schema first";
                            case CODE_FIRST -> "code first";
                            case SPLIT -> "in two plans";
                            case NONE -> "no order is safe";
                        })
                .orElseGet(() ->
                        made.situation()
                                        .ledger()
                                        .value()
                                        .filter(state -> state.pending().isEmpty())
                                        .isPresent()
                                ? "nothing to rehearse"
                                : "");
    }

    private String gateCount(Proposal made) {
        var closed =
                made.gates().stream()
                        .filter(g -> !g.open())
                        .filter(g -> !(g.answeredByRehearsal() && rehearsalMissing()))
                        .count();
        var waived = made.gates().stream().filter(g -> g.state() == Gate.State.WAIVED).count();
        return made.gates().size()
                + " gates"
                + (closed > 0 ? ", " + closed + " closed" : "")
                + (waived > 0 ? ", " + waived + " waived" : "");
    }

    /// Whether the person may look at `which` now.
    boolean canOpen(Page which) {
        return which.compareTo(reached) <= 0
                && which.compareTo(Page.CONFIRM) <= 0
                && switch (which) {
                    case CHOOSE, PREFLIGHT -> true;
                    case REHEARSE -> mayRehearse();
                    case PLAN, CONFIRM, RUN, RESULT -> gatesOpen();
                };
    }

    /// Whether every gate is open; false before they were asked.
    boolean gatesOpen() {
        return proposal.map(Proposal::open).orElse(false);
    }

    /// Whether every gate is open but for the one the page "Rehearse" answers.
    boolean mayRehearse() {
        return proposal.map(Proposal::openButForVerdict).orElse(false);
    }

    /// Whether the page "Rehearse" has something to do. A repair is tried while it is proposed.
    boolean rehearsalMissing() {
        return aim instanceof Aim.Promotion
                && proposal.filter(Proposal::rehearsalMissing).isPresent();
    }

    /// Whether there is enough to look at the page after "Choose".
    private boolean chosen() {
        return switch (aim) {
            case Aim.Promotion _ -> proposal.isPresent();
            case Aim.Repair(_, var how) -> how.isPresent();
        };
    }

    /// Whether the person may go on from the page shown.
    boolean canContinue() {
        return busy.isEmpty()
                && switch (page) {
                    case CHOOSE -> chosen();
                    case PREFLIGHT -> mayRehearse();
                    case REHEARSE, PLAN -> gatesOpen();
                    case CONFIRM, RUN, RESULT -> false;
                };
    }

    /// How the newest plan differs from the approved one; empty when it does not.
    List<String> changes() {
        if (approved.isEmpty() || proposal.isEmpty()) {
            return List.of();
        }
        var before = approved.get();
        var after = proposal.get().plan();
        return before.hash().equals(after.hash()) ? List.of() : PlanDifference.of(before, after);
    }

    /// Whether the plan on the page "Confirm" is fresh, approved and open: the only draft that may
    /// be started.
    boolean confirmable() {
        return page == Page.CONFIRM
                && busy.isEmpty()
                && confirmedAt.isPresent()
                && gatesOpen()
                && approved.isPresent()
                && approved.map(Plan::hash).equals(proposal.map(p -> p.plan().hash()));
    }

    /// The steps that can be taken back by nobody.
    List<PlanStep> pointsOfNoReturn() {
        return proposal.map(p -> Words.pointsOfNoReturn(p.plan())).orElse(List.of());
    }

    Draft on(Page which) {
        var farthest = which.compareTo(reached) > 0 ? which : reached;
        return new Draft(
                aim,
                which,
                farthest,
                proposal,
                effects,
                approved,
                waivers,
                Optional.empty(),
                busy,
                "");
    }

    Draft with(Proposal made) {
        return with(made, List.of());
    }

    Draft with(Proposal made, List<Effects.Found> found) {
        return new Draft(
                aim,
                page,
                reached,
                Optional.of(made),
                found,
                approved,
                waivers,
                confirmedAt,
                "",
                "");
    }

    Draft approving() {
        return new Draft(
                aim,
                page,
                reached,
                proposal,
                effects,
                proposal.map(Proposal::plan),
                waivers,
                confirmedAt,
                busy,
                "");
    }

    Draft confirmed(Instant at) {
        return new Draft(
                aim,
                page,
                reached,
                proposal,
                effects,
                approved,
                waivers,
                Optional.of(at),
                busy,
                problem);
    }

    Draft waiving(String gate, String reason) {
        var all = new LinkedHashMap<>(waivers);
        all.put(gate, reason);
        return new Draft(
                aim, page, reached, proposal, effects, approved, all, confirmedAt, busy, problem);
    }

    Draft doing(String what) {
        return new Draft(
                aim, page, reached, proposal, effects, approved, waivers, confirmedAt, what, "");
    }

    Draft failing(String sentence) {
        return new Draft(
                aim,
                page,
                reached,
                proposal,
                effects,
                approved,
                waivers,
                confirmedAt,
                "",
                sentence);
    }
}
