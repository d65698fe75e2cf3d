package dev.slipway.ui.promotion;

import dev.slipway.domain.RefusedException;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.rehearsal.Effects;
import dev.slipway.operation.Arming;
import dev.slipway.operation.Operation;
import dev.slipway.release.Gate;
import dev.slipway.release.Proposal;
import dev.slipway.release.RehearsalListener;
import dev.slipway.release.Repair.How;
import dev.slipway.release.Target;
import dev.slipway.ui.kit.Background;
import dev.slipway.ui.kit.Background.Problem;
import dev.slipway.ui.rehearsal.RehearsalRun;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The wizard without a window: one draft, and what a person can do with it. FX thread only.
final class PromotionModel {
    private final Releasing releasing;
    private final Arming arming;
    private final Background background;
    private final InstantSource clock;
    private final BiConsumer<Draft, Operation> started;
    private final RehearsalRun run;
    private final ReadOnlyObjectWrapper<Draft> draft;

    /// @param started told when the operation began
    PromotionModel(
            Aim aim,
            Releasing releasing,
            Arming arming,
            Background background,
            InstantSource clock,
            BiConsumer<Draft, Operation> started) {
        this.releasing = releasing;
        this.arming = arming;
        this.background = background;
        this.clock = clock;
        this.started = started;
        run = new RehearsalRun(background);
        draft = new ReadOnlyObjectWrapper<>(this, "draft", Draft.of(aim));
    }

    ReadOnlyObjectProperty<Draft> draftProperty() {
        return draft.getReadOnlyProperty();
    }

    Draft draft() {
        return draft.get();
    }

    /// The rehearsal that goes on, if one does.
    RehearsalRun run() {
        return run;
    }

    /// Shows `given` as it is, for pictures.
    void present(Draft given) {
        draft.set(given);
    }

    /// Asks for the first proposal; later calls do nothing, and a repair waits for the person's choice.
    void open() {
        if (draft().aim() instanceof Aim.Promotion
                && draft().proposal().isEmpty()
                && draft().busy().isEmpty()) {
            propose("Reading pull request, checks, ledger and production");
        }
    }

    /// Reads everything again, gates and plan.
    void checkAgain() {
        if (draft().busy().isEmpty()) {
            propose("Checking again");
        }
    }

    /// Chooses one of the two repairs; what was proposed for the other one is forgotten.
    void choose(How how) {
        if (draft().aim() instanceof Aim.Repair(var tag, var chosen)
                && draft().busy().isEmpty()
                && !chosen.equals(Optional.of(how))) {
            draft.set(Draft.of(new Aim.Repair(tag, Optional.of(how))));
        }
    }

    /// Shows a page the person has reached. Coming to "Confirm" always reads the facts again.
    void visit(Page page) {
        if (draft().busy().isEmpty() && draft().canOpen(page)) {
            show(page);
        }
    }

    /// To the page before.
    void back() {
        if (draft().page() != Page.CHOOSE) {
            visit(draft().page().before());
        }
    }

    /// To the next page; nothing while a gate is closed, and nothing on "Confirm".
    void next() {
        if (draft().canContinue()) {
            if (draft().page() == Page.PLAN) {
                draft.set(draft().approving());
            }
            show(draft().page().next());
        }
    }

    private void show(Page page) {
        draft.set(draft().on(page));
        if (page == Page.CONFIRM) {
            propose("Reading the facts again");
        } else if (page == Page.PREFLIGHT && draft().proposal().isEmpty()) {
            propose("Trying the repair");
        } else if (page == Page.REHEARSE && draft().rehearsalMissing()) {
            rehearse(false);
        }
    }

    /// Rehearses what is proposed.
    ///
    /// @param afresh whether to read everything anew before
    void rehearse(boolean afresh) {
        var made = draft().proposal();
        if (made.isEmpty() || !draft().busy().isEmpty()) {
            return;
        }
        if (!(draft().aim() instanceof Aim.Promotion(var target))) {
            propose("Trying the repair again");
            return;
        }
        var waivers = draft().waivers();
        draft.set(draft().doing("Rehearsing"));
        run.start(
                made.get().situation().ledger().value().map(LedgerState::pending).orElse(List.of()),
                listener -> {
                    listener.stage("Reads " + target + " and production.");
                    var basis = afresh ? releasing.propose(Target.read(target)) : made.get();
                    if (Thread.currentThread().isInterrupted()) {
                        throw new RefusedException(
                                "The rehearsal was stopped before its branch was made. Nothing was"
                                        + " changed.");
                    }
                    return waived(releasing.rehearse(basis, listener), waivers);
                },
                result -> draft.set(draft().with(result)),
                problem -> draft.set(draft().failing(problem.sentence())));
    }

    /// Ends the rehearsal that goes on; its branch is removed.
    void stopRehearsing() {
        run.stop();
    }

    /// Overrules a gate.
    void waive(String gate, String reason) {
        draft().proposal().ifPresent(made -> waive(made, gate, reason));
    }

    private void waive(Proposal made, String gate, String reason) {
        try {
            draft.set(draft().waiving(gate, reason).with(releasing.waive(made, gate, reason)));
        } catch (RefusedException e) {
            draft.set(draft().failing(String.join(" ", e.reasons())));
        }
    }

    /// Takes the changed plan for the approved one; it still has to be confirmed.
    void acceptChange() {
        if (draft().page() == Page.CONFIRM && draft().busy().isEmpty()) {
            draft.set(draft().approving());
        }
    }

    /// Begins again, as if the page was never open.
    void discard() {
        draft.set(Draft.of(draft().aim()));
    }

    /// Starts the operation: only from a fresh page "Confirm", with the phrase, a reason and while
    /// armed. Nothing happens when the draft is not confirmable.
    void start(String phrase, String reason) {
        if (!draft().confirmable()) {
            return;
        }
        var made = draft().proposal().orElseThrow();
        draft.set(draft().doing("Starting"));
        var _ =
                background.run(
                        () ->
                                releasing.start(
                                        made, phrase, arming.permit().because(reason), List.of()),
                        operation -> {
                            var from = draft().doing("");
                            draft.set(from);
                            started.accept(from, operation);
                        },
                        problem -> draft.set(draft().failing(problem.sentence())));
    }

    private void propose(String doing) {
        switch (draft().aim()) {
            case Aim.Promotion(var target) -> propose(target, doing);
            case Aim.Repair(var tag, var how) ->
                    how.ifPresent(chosen -> repair(tag, chosen, doing));
        }
    }

    private void propose(String target, String doing) {
        var waivers = draft().waivers();
        draft.set(draft().doing(doing));
        boolean confirming = draft().page() == Page.CONFIRM;
        var _ =
                background.run(
                        () -> waived(read(target, confirming), waivers),
                        made -> {
                            arrived(draft().with(made));
                            if (draft().page() == Page.REHEARSE && made.rehearsalMissing()) {
                                rehearse(false);
                            }
                        },
                        problem -> draft.set(draft().failing(problem.sentence())));
    }

    private void arrived(Draft next) {
        draft.set(next.page() == Page.CONFIRM ? next.confirmed(clock.instant()) : next);
    }

    /// A repair is tried on a throw-away branch each time it is proposed. On "Confirm", where something
    /// is typed meanwhile, it is only said how that goes.
    private void repair(String tag, How how, String doing) {
        var waivers = draft().waivers();
        draft.set(draft().doing(doing));
        RehearsalRun.Work<Tried> work =
                listener -> {
                    var made = releasing.repair(tag, how, listener);
                    return new Tried(waived(made.proposal(), waivers), made.effects());
                };
        Consumer<Tried> done = made -> arrived(draft().with(made.proposal(), made.effects()));
        Consumer<Problem> failed = problem -> draft.set(draft().failing(problem.sentence()));
        if (draft().page() == Page.CONFIRM) {
            var _ = background.run(() -> work.with(telling()), done, failed);
        } else {
            run.start(List.of(), work, done, failed);
        }
    }

    private record Tried(Proposal proposal, List<Effects.Found> effects) {}

    private RehearsalListener telling() {
        return new RehearsalListener() {
            @Override
            public void stage(String sentence) {
                background.tell(() -> draft.set(draft().doing(sentence)));
            }
        };
    }

    /// What is confirmed is rehearsed: once more, when production has changed since it was.
    private Proposal read(String target, boolean rehearsed) {
        var made = releasing.propose(Target.read(target));
        return rehearsed && made.rehearsalMissing() ? releasing.rehearse(made, telling()) : made;
    }

    private Proposal waived(Proposal proposal, Map<String, String> waivers) {
        var made = proposal;
        for (var waiver : waivers.entrySet()) {
            if (made.gates().stream().anyMatch(g -> isClosed(g, waiver.getKey()))) {
                made = releasing.waive(made, waiver.getKey(), waiver.getValue());
            }
        }
        return made;
    }

    private static boolean isClosed(Gate gate, String id) {
        return gate.id().equals(id) && !gate.open();
    }
}
