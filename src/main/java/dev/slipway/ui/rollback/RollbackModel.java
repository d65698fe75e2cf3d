package dev.slipway.ui.rollback;

import dev.slipway.domain.InputException;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.release.Planned;
import dev.slipway.release.rollback.Look;
import dev.slipway.release.rollback.RestorePoint;
import dev.slipway.release.rollback.RestoreProposal;
import dev.slipway.release.rollback.Restores;
import dev.slipway.release.rollback.Scene;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.Services;
import dev.slipway.ui.desk.WayBack;
import dev.slipway.ui.desk.WayBack.Seen;
import dev.slipway.ui.rollback.RollbackDraft.Wishes;
import dev.slipway.ui.wizard.WizardModel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Going back without a window: one draft, and what a person can do with it. FX thread only.
final class RollbackModel extends WizardModel<RollbackDraft, RollbackPage> {
    /// How long a restore that was confirmed can still be called off.
    static final Duration COUNTDOWN = Duration.ofSeconds(30);

    /// How long a branch that was only looked into stays.
    private static final Duration KEEP = Duration.ofHours(1);

    private final WayBack way;
    private Runnable whenDue = () -> {};

    /// @param from what is shown at first
    RollbackModel(Desk desk, WayBack way, RollbackDraft from) {
        super(desk, from);
        this.way = way;
    }

    /// The page is on screen: shows what the window knows already, and reads it anew.
    @Override
    public void open() {
        if (still() || !idle()) {
            return;
        }
        if (draft().page() == RollbackPage.CHOOSE) {
            way.seenProperty().get().ifPresent(known -> show(draft().with(known)));
            survey();
        } else if (draft().undoes().isPresent() && draft().proposal().isEmpty()) {
            count();
        } else if (draft().page() == RollbackPage.CONFIRM) {
            propose("Reading the facts again");
        }
    }

    @Override
    protected void read() {
        switch (draft().page()) {
            case CHOOSE -> survey();
            case WINDOW -> count();
            case CONFIRM -> propose("Reading the facts again");
            case RUN, RESULT -> {}
        }
    }

    private void survey() {
        work(
                "Reading releases, versions and the ledger",
                (services, _) -> {
                    var state = services.production().read(Wake.ALLOWED);
                    return Seen.of(services.rollbacks(), state, Wake.ALLOWED);
                },
                found -> {
                    way.found(found);
                    show(draft().with(found));
                });
    }

    /// Chooses a release; nothing while something is being started.
    void choose(String release) {
        if (draft().page() == RollbackPage.CHOOSE
                && !draft().target().equals(Optional.of(release))) {
            show(draft().choosing(release));
        }
    }

    /// Chooses what goes back.
    void choose(RollbackScope scope) {
        if (draft().page() == RollbackPage.CHOOSE && draft().scope() != scope) {
            show(draft().choosing(scope));
        }
    }

    /// Another point of the database's history is typed: what was counted for the one before is forgotten.
    void point(String typed) {
        if (!draft().point().equals(typed) && draft().busy().isEmpty()) {
            show(draft().at(typed));
        }
    }

    /// Chooses what is wanted beside it; the plan is made anew where there was one.
    void wish(UnaryOperator<Wishes> change) {
        var wishes = change.apply(draft().wishes());
        if (!wishes.equals(draft().wishes()) && draft().busy().isEmpty()) {
            show(draft().wishing(wishes));
            if (draft().proposal().isPresent()) {
                propose("Reading the facts again");
            }
        }
    }

    /// On to the next page. What is confirmed is always read again.
    @Override
    public void next() {
        if (!draft().canContinue()) {
            return;
        }
        if (draft().page() == RollbackPage.CHOOSE && draft().scope() != RollbackScope.CODE) {
            show(draft().on(RollbackPage.WINDOW).doing(""));
            forget();
            if (draft().point().isEmpty()) {
                recorded().ifPresent(known -> show(draft().at(known)));
            }
        } else {
            show(draft().on(RollbackPage.CONFIRM));
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
                            look -> show(draft().with(look))));
        } else {
            propose("Making a branch at that point");
        }
    }

    private Optional<RestorePoint> parsed() {
        try {
            return Optional.of(RestorePoint.parse(draft().point().strip()));
        } catch (InputException e) {
            show(draft().failing(String.join(" ", e.problems())));
            return Optional.empty();
        }
    }

    /// Deletes the branch that was looked into.
    void remove(Look look) {
        work(
                "Deleting " + look.branch(),
                (services, _) -> services.restores().remove(look.branch()),
                left ->
                        show(
                                left.map(why -> draft().failing(why))
                                        .orElseGet(() -> draft().at(draft().point()).doing(""))),
                () -> remove(look));
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

    private void proposed(Proposed made) {
        way.found(made.seen());
        show(draft().with(made.planned(), made.seen(), desk.now()));
    }

    private record Proposed(Planned planned, Seen seen) {}

    private static Seen seen(Services services, Scene scene) {
        var rollbacks = services.rollbacks();
        return new Seen(scene, rollbacks.answer(scene), rollbacks.candidates(scene));
    }

    /// A restore starts after a countdown that can be called off.
    @Override
    public void start(String phrase, String reason) {
        if (draft().scope().restores() && draft().state().confirmable()) {
            whenDue = () -> begin(phrase, reason);
            show(draft().starting(Optional.of(desk.now().plus(COUNTDOWN))));
        } else {
            super.start(phrase, reason);
        }
    }

    /// Calls the countdown off. Nothing was sent.
    void callOff() {
        whenDue = () -> {};
        show(draft().starting(Optional.empty()));
    }

    /// A second has passed.
    void tick() {
        var due = draft().startsAt();
        if (due.isEmpty()) {
            return;
        }
        if (desk.now().isBefore(due.get())) {
            show(draft().starting(due));
            return;
        }
        var begin = whenDue;
        callOff();
        begin.run();
    }
}
