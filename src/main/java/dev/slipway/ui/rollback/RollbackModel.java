package dev.slipway.ui.rollback;

import dev.slipway.domain.InputException;
import dev.slipway.operation.Operation;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.release.Planned;
import dev.slipway.release.rollback.Look;
import dev.slipway.release.rollback.LookListener;
import dev.slipway.release.rollback.RestorePoint;
import dev.slipway.release.rollback.RestoreProposal;
import dev.slipway.release.rollback.Restores;
import dev.slipway.release.rollback.Scene;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.Services;
import dev.slipway.ui.desk.Starting;
import dev.slipway.ui.desk.WayBack;
import dev.slipway.ui.desk.WayBack.Seen;
import dev.slipway.ui.kit.Latest;
import dev.slipway.ui.rollback.RollbackDraft.Wishes;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Going back without a window: one draft, and what a person can do with it. FX thread only.
final class RollbackModel {
    /// How long a restore that was confirmed can still be called off.
    static final Duration COUNTDOWN = Duration.ofSeconds(30);

    /// How long a branch that was only looked into stays.
    private static final Duration KEEP = Duration.ofHours(1);

    private final Desk desk;
    private final Latest latest;
    private final WayBack way;
    private final Consumer<Operation> started;
    private final RollbackDraft from;
    private final ReadOnlyObjectWrapper<RollbackDraft> draft;
    private Runnable whenDue = () -> {};
    private boolean still;

    /// @param from what is shown at first
    /// @param started told when the operation began
    RollbackModel(Desk desk, WayBack way, RollbackDraft from, Consumer<Operation> started) {
        this.desk = desk;
        latest = new Latest(desk.background());
        this.way = way;
        this.started = started;
        this.from = from;
        draft = new ReadOnlyObjectWrapper<>(this, "draft", from);
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
        if (still || !draft().busy().isEmpty()) {
            return;
        }
        if (draft().page() == RollbackPage.CHOOSE) {
            way.seenProperty().get().ifPresent(known -> draft.set(draft().with(known)));
            read();
        } else if (draft().undoes().isPresent() && draft().proposal().isEmpty()) {
            count();
        } else if (draft().page() == RollbackPage.CONFIRM) {
            propose("Reading the facts again");
        }
    }

    /// Reads everything again.
    void checkAgain() {
        if (draft().busy().isEmpty() && draft().startsAt().isEmpty()) {
            switch (draft().page()) {
                case CHOOSE -> read();
                case WINDOW -> count();
                case CONFIRM -> propose("Reading the facts again");
                case RUN, RESULT -> {}
            }
        }
    }

    private void read() {
        work(
                "Reading releases, versions and the ledger",
                (services, _) -> {
                    var state = services.production().read(Wake.ALLOWED);
                    return Seen.of(services.rollbacks(), state, Wake.ALLOWED);
                },
                found -> {
                    way.found(found);
                    draft.set(draft().with(found));
                });
    }

    /// Chooses a release; nothing while something is being started.
    void choose(String release) {
        if (draft().page() == RollbackPage.CHOOSE
                && !draft().target().equals(Optional.of(release))) {
            draft.set(draft().choosing(release));
        }
    }

    /// Chooses what goes back.
    void choose(RollbackScope scope) {
        if (draft().page() == RollbackPage.CHOOSE && draft().scope() != scope) {
            draft.set(draft().choosing(scope));
        }
    }

    /// Another point of the database's history is typed: what was counted for the one before is forgotten.
    void point(String typed) {
        if (!draft().point().equals(typed) && draft().busy().isEmpty()) {
            draft.set(draft().at(typed));
        }
    }

    /// Chooses what is wanted beside it; the plan is made anew where there was one.
    void wish(UnaryOperator<Wishes> change) {
        var wishes = change.apply(draft().wishes());
        if (!wishes.equals(draft().wishes()) && draft().busy().isEmpty()) {
            draft.set(draft().wishing(wishes));
            if (draft().proposal().isPresent()) {
                propose("Reading the facts again");
            }
        }
    }

    /// Shows a page again.
    void visit(RollbackPage page) {
        if (draft().busy().isEmpty()
                && draft().startsAt().isEmpty()
                && draft().scope().pages().contains(page)
                && page.compareTo(draft().page()) < 0) {
            draft.set(draft().on(page));
        }
    }

    /// To the page before.
    void back() {
        var pages = draft().scope().pages();
        var at = pages.indexOf(draft().page());
        if (at > 0) {
            visit(pages.get(at - 1));
        }
    }

    /// On to the next page. What is confirmed is always read again.
    void next() {
        if (!draft().canContinue()) {
            return;
        }
        if (draft().page() == RollbackPage.CHOOSE && draft().scope() != RollbackScope.CODE) {
            draft.set(draft().on(RollbackPage.WINDOW).doing(""));
            latest.forget();
            if (draft().point().isEmpty()) {
                recorded().ifPresent(known -> draft.set(draft().at(known)));
            }
        } else {
            draft.set(draft().on(RollbackPage.CONFIRM));
            propose("Reading the facts again");
        }
    }

    /// The point that the code chosen needs, where a manifest says it.
    private Optional<String> recorded() {
        return draft().scope() == RollbackScope.CODE_AND_DATA
                ? draft().candidate().flatMap(c -> c.before()).map(RestorePoint::words)
                : Optional.empty();
    }

    /// Looks into the point that was typed and counts what production would lose; what is only looked at
    /// stays for a while.
    void count() {
        if (!draft().busy().isEmpty()) {
            return;
        }
        if (draft().scope() == RollbackScope.LOOK) {
            parsed().ifPresent(point ->
                    work(
                            "Making a branch at that point",
                            (services, telling) ->
                                    services.restores()
                                            .look(point, KEEP, Optional.empty(), telling),
                            look -> draft.set(draft().with(look))));
        } else {
            propose("Making a branch at that point");
        }
    }

    private Optional<RestorePoint> parsed() {
        try {
            return Optional.of(RestorePoint.parse(draft().point().strip()));
        } catch (InputException e) {
            draft.set(draft().failing(String.join(" ", e.problems())));
            return Optional.empty();
        }
    }

    /// Deletes the branch that was looked into.
    void remove(Look look) {
        work(
                "Deleting " + look.branch(),
                (services, _) -> services.restores().remove(look.branch()),
                left ->
                        draft.set(
                                left.map(why -> draft().failing(why))
                                        .orElseGet(() -> draft().at(draft().point()).doing(""))));
    }

    private void propose(String doing) {
        var chosen = draft();
        if (chosen.scope() == RollbackScope.CODE) {
            work(
                    doing,
                    (services, _) -> {
                        var made =
                                services.rollbacks()
                                        .propose(chosen.target(), chosen.wishes().hold());
                        return new Proposed(kept(services, made), seen(services, made.scene()));
                    },
                    this::proposed);
        } else if (chosen.scope() == RollbackScope.UNDO) {
            work(
                    doing,
                    (services, telling) -> {
                        var plan =
                                services.operations()
                                        .one(chosen.undoes().orElseThrow())
                                        .orElseThrow()
                                        .plan();
                        return proposed(
                                services, services.restores().undo(plan, wishes(chosen), telling));
                    },
                    this::proposed);
        } else {
            parsed().ifPresent(point -> {
                var release =
                        chosen.scope() == RollbackScope.CODE_AND_DATA
                                ? chosen.target()
                                : Optional.<String>empty();
                work(
                        doing,
                        (services, telling) ->
                                proposed(
                                        services,
                                        services.restores()
                                                .propose(release, point, wishes(chosen), telling)),
                        this::proposed);
            });
        }
    }

    private static Restores.Wishes wishes(RollbackDraft draft) {
        return new Restores.Wishes(
                draft.scope() == RollbackScope.CODE_AND_DATA && draft.wishes().hold(),
                draft.wishes().maintenance());
    }

    private static Proposed proposed(Services services, RestoreProposal made) {
        return new Proposed(kept(services, made), seen(services, made.scene().code()));
    }

    private static Planned kept(Services services, Planned made) {
        services.plans().put(made.plan());
        return made;
    }

    private void proposed(Proposed made) {
        way.found(made.seen());
        draft.set(draft().with(made.planned(), made.seen(), desk.now()));
    }

    private record Proposed(Planned planned, Seen seen) {}

    private static Seen seen(Services services, Scene scene) {
        var rollbacks = services.rollbacks();
        return new Seen(scene, rollbacks.answer(scene), rollbacks.candidates(scene));
    }

    /// Starts the operation: only from a fresh page "Confirm", with the phrase and a reason. A window
    /// that is not armed is armed with that reason first: so close to an incident one reason is enough.
    /// A restore starts after a countdown that can be called off. Nothing happens when the draft is not
    /// confirmable.
    void start(String phrase, String reason) {
        if (!draft().confirmable()) {
            return;
        }
        if (draft().scope().restores()) {
            whenDue = () -> begin(phrase, reason);
            draft.set(draft().starting(Optional.of(desk.now().plus(COUNTDOWN))));
        } else {
            begin(phrase, reason);
        }
    }

    /// Calls the countdown off. Nothing was sent.
    void callOff() {
        whenDue = () -> {};
        draft.set(draft().starting(Optional.empty()));
    }

    /// A second has passed.
    void tick() {
        var due = draft().startsAt();
        if (due.isEmpty()) {
            return;
        }
        if (desk.now().isBefore(due.get())) {
            draft.set(draft().starting(due));
            return;
        }
        var begin = whenDue;
        callOff();
        begin.run();
    }

    private void begin(String phrase, String reason) {
        var made = draft().proposal().orElseThrow();
        work(
                "Starting",
                (services, _) -> Starting.of(services, made, phrase, reason),
                operation -> {
                    // Who comes back begins again: what was confirmed is not confirmed twice.
                    draft.set(from);
                    started.accept(operation);
                });
    }

    private interface Work<T> {
        T with(Services services, LookListener telling);
    }

    private <T> void work(String doing, Work<T> work, Consumer<T> done) {
        draft.set(draft().doing(doing));
        var services = desk.services();
        latest.start(
                tell ->
                        work.with(
                                services,
                                new Looking(words ->
                                        tell.accept(() -> draft.set(draft().doing(words))))),
                done,
                why -> draft.set(draft().failing(why.sentence())));
    }
}
