package dev.slipway.ui.rollback;

import dev.slipway.operation.Operation;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.release.rollback.RollbackProposal;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.Services;
import dev.slipway.ui.desk.WayBack;
import dev.slipway.ui.desk.WayBack.Seen;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Going back without a window: one draft, and what a person can do with it. FX thread only.
final class RollbackModel {
    private final Desk desk;
    private final WayBack way;
    private final Consumer<Operation> started;
    private final ReadOnlyObjectWrapper<RollbackDraft> draft;
    private boolean still;
    private int turn;

    /// @param target the release asked for; empty takes the one the answer names
    /// @param started told when the operation began
    RollbackModel(Desk desk, WayBack way, Optional<String> target, Consumer<Operation> started) {
        this.desk = desk;
        this.way = way;
        this.started = started;
        draft = new ReadOnlyObjectWrapper<>(this, "draft", RollbackDraft.to(target));
    }

    ReadOnlyObjectProperty<RollbackDraft> draftProperty() {
        return draft.getReadOnlyProperty();
    }

    RollbackDraft draft() {
        return draft.get();
    }

    /// Shows `given` as it is and reads nothing any more, for pictures.
    void present(RollbackDraft given) {
        still = true;
        draft.set(given);
    }

    /// The page is on screen: shows what the window knows already, and reads it anew.
    void open() {
        if (still || !draft().busy().isEmpty() || draft().page() != RollbackPage.CHOOSE) {
            return;
        }
        way.seenProperty().get().ifPresent(known -> draft.set(draft().with(known)));
        read();
    }

    /// Reads everything again.
    void checkAgain() {
        if (draft().busy().isEmpty()) {
            read();
        }
    }

    private void read() {
        switch (draft().page()) {
            case CHOOSE ->
                    work(
                            "Reading releases, versions and the ledger",
                            services -> {
                                var state = services.production().read(Wake.ALLOWED);
                                return Seen.of(services.rollbacks(), state, Wake.ALLOWED);
                            },
                            found -> {
                                way.found(found);
                                draft.set(draft().with(found));
                            });
            case CONFIRM -> propose();
            case RUN, RESULT -> {}
        }
    }

    /// Chooses a release; nothing while something is being started.
    void choose(String release) {
        if (draft().page() == RollbackPage.CHOOSE
                && !draft().target().equals(Optional.of(release))) {
            draft.set(draft().choosing(release));
        }
    }

    /// Chooses whether the commit that is left is held; the plan is made anew.
    void hold(boolean held) {
        if (draft().hold() != held && draft().busy().isEmpty()) {
            draft.set(draft().holding(held));
            if (draft().page() == RollbackPage.CONFIRM) {
                propose();
            }
        }
    }

    /// Shows a page again. Coming to "Confirm" always reads the facts again.
    void visit(RollbackPage page) {
        if (page == RollbackPage.CHOOSE && draft().busy().isEmpty()) {
            draft.set(draft().on(page));
        }
    }

    /// To the page before.
    void back() {
        visit(RollbackPage.CHOOSE);
    }

    /// On to "Confirm", when code alone goes back to the release chosen.
    void next() {
        if (draft().canContinue()) {
            draft.set(draft().on(RollbackPage.CONFIRM));
            propose();
        }
    }

    private void propose() {
        var target = draft().target();
        var held = draft().hold();
        work(
                "Reading the facts again",
                services -> {
                    var made = services.rollbacks().propose(target, held);
                    services.plans().put(made.plan());
                    return new Proposed(made, seen(services, made));
                },
                made -> {
                    way.found(made.seen());
                    draft.set(draft().with(made.proposal(), made.seen(), desk.now()));
                });
    }

    private record Proposed(RollbackProposal proposal, Seen seen) {}

    private static Seen seen(Services services, RollbackProposal made) {
        var rollbacks = services.rollbacks();
        return new Seen(
                made.scene(), rollbacks.answer(made.scene()), rollbacks.candidates(made.scene()));
    }

    /// Starts the operation: only from a fresh page "Confirm", with the phrase and a reason. A window
    /// that is not armed is armed with that reason first: so close to an incident one reason is enough.
    /// Nothing happens when the draft is not confirmable.
    void start(String phrase, String reason) {
        if (!draft().confirmable()) {
            return;
        }
        var made = draft().proposal().orElseThrow();
        work(
                "Starting",
                services -> {
                    if (services.arming().state().isEmpty()) {
                        services.arming().arm(services.login(), reason);
                    }
                    var operation =
                            services.promotions()
                                    .start(
                                            made,
                                            phrase,
                                            services.arming().permit().because(reason),
                                            List.of());
                    services.plans().begun(made.plan());
                    return operation;
                },
                operation -> {
                    draft.set(draft().doing(""));
                    started.accept(operation);
                });
    }

    private interface Work<T> {
        T with(Services services);
    }

    /// What was asked for last is what is shown: an answer that comes after it is not taken in.
    private <T> void work(String doing, Work<T> work, Consumer<T> done) {
        turn++;
        var mine = turn;
        draft.set(draft().doing(doing));
        var services = desk.services();
        desk.background()
                .start(
                        () -> work.with(services),
                        given -> {
                            if (mine == turn) {
                                done.accept(given);
                            }
                        },
                        why -> {
                            if (mine == turn) {
                                draft.set(draft().failing(why.sentence()));
                            }
                        });
    }
}
