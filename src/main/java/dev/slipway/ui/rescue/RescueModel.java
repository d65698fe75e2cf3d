package dev.slipway.ui.rescue;

import dev.slipway.domain.InputException;
import dev.slipway.operation.Operation;
import dev.slipway.release.rollback.LookListener;
import dev.slipway.release.rollback.loss.Loss;
import dev.slipway.release.rollback.loss.TableName;
import dev.slipway.release.rollback.rescue.Rescue;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.desk.Services;
import dev.slipway.ui.desk.Starting;
import dev.slipway.ui.kit.Latest;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.rollback.Looking;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// A rescue without a window: one draft, and what a person can do with it. FX thread only.
final class RescueModel {
    private static final Texts TEXTS = Texts.of(RescueModel.class);

    /// How long what was counted is shown to who comes back: production may be restored meanwhile.
    private static final Duration HOLDS = Duration.ofMinutes(5);

    private final Desk desk;
    private final Latest latest;
    private final Consumer<Operation> started;
    private final RescueDraft from;
    private final ReadOnlyObjectWrapper<RescueDraft> draft;
    private boolean still;

    /// @param from what is shown at first
    /// @param started told when the operation began
    RescueModel(Desk desk, RescueDraft from, Consumer<Operation> started) {
        this.desk = desk;
        latest = new Latest(desk.background());
        this.from = from;
        this.started = started;
        draft = new ReadOnlyObjectWrapper<>(this, "draft", from);
    }

    ReadOnlyObjectProperty<RescueDraft> draftProperty() {
        return draft.getReadOnlyProperty();
    }

    RescueDraft draft() {
        return draft.get();
    }

    /// Shows `given` as it is and reads nothing any more, for pictures.
    void present(RescueDraft given) {
        still = true;
        draft.set(given);
    }

    /// The page is on screen: counts where nothing was counted, and reads anew what is to be confirmed.
    void open() {
        if (still || !draft().busy().isEmpty()) {
            return;
        }
        if (draft().page() == RescuePage.CONFIRM) {
            propose();
        } else if (draft().loss().filter(this::fresh).isEmpty()) {
            count();
        }
    }

    private boolean fresh(Loss loss) {
        return Duration.between(loss.counted(), desk.now()).compareTo(HOLDS) < 0;
    }

    /// Reads everything again.
    void checkAgain() {
        if (!still && draft().busy().isEmpty()) {
            if (draft().page() == RescuePage.CONFIRM) {
                propose();
            } else {
                count();
            }
        }
    }

    /// Of the branch of that name.
    void choose(String backup) {
        if (!still && idle() && !draft().shown().equals(Optional.of(backup))) {
            draft.set(draft().from(backup));
            count();
        }
    }

    /// Chooses a table, or no longer.
    void choose(TableName table, boolean on) {
        if (idle() && draft().options().tables().contains(table) != on) {
            draft.set(draft().choosing(table, on));
        }
    }

    /// Whether what was deleted before the restore is deleted again.
    void delete(boolean again) {
        if (idle() && draft().options().deletions() != again) {
            draft.set(draft().deleting(again));
        }
    }

    /// Whether rows in conflict stay as production has them; tried anew.
    void leave(boolean conflicts) {
        if (!still && idle() && draft().options().leaveConflicts() != conflicts) {
            draft.set(draft().leaving(conflicts));
            propose();
        }
    }

    /// Where files are to be written.
    void folder(String typed) {
        if (idle() && !draft().folder().equals(typed)) {
            draft.set(draft().into(typed));
        }
    }

    private boolean idle() {
        return draft().busy().isEmpty();
    }

    private record Counted(List<String> backups, Optional<Rescue> rescue) {}

    private void count() {
        var backup = draft().backup();
        work(
                TEXTS.get("rescue.branching"),
                (services, telling) -> {
                    var backups = services.rescues().backups();
                    return new Counted(
                            backups,
                            backups.isEmpty() && backup.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(services.rescues().look(backup, telling)));
                },
                counted -> draft.set(draft().with(counted.backups(), counted.rescue())));
    }

    /// Writes the rows of the tables that are chosen; production is not even read.
    void export() {
        if (still || !draft().canExport()) {
            return;
        }
        var chosen = draft();
        work(
                TEXTS.get("rescue.writing", chosen.folder()),
                (services, telling) ->
                        services.rescues()
                                .export(
                                        chosen.shown(),
                                        absolute(chosen.folder().strip()),
                                        chosen.options().tables(),
                                        telling),
                written -> draft.set(draft().with(written)));
    }

    /// Where a window was started from is no place a person knows.
    private static Path absolute(String typed) {
        try {
            var path = Path.of(typed);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            throw new InputException(TEXTS.get("rescue.folder.wrong", typed));
        }
        throw new InputException(TEXTS.get("rescue.folder.wrong", typed));
    }

    /// On to the page "Confirm", for which it is tried.
    void next() {
        if (draft().canContinue()) {
            draft.set(draft().on(RescuePage.CONFIRM));
            propose();
        }
    }

    /// To the page before.
    void back() {
        visit(RescuePage.ROWS);
    }

    /// Shows a page again.
    void visit(RescuePage page) {
        if (idle() && page.compareTo(draft().page()) < 0) {
            draft.set(draft().on(page));
        }
    }

    private void propose() {
        var chosen = draft();
        work(
                TEXTS.get("rescue.trying"),
                (services, telling) -> {
                    var made =
                            services.rescues().propose(chosen.shown(), chosen.options(), telling);
                    services.plans().put(made.plan());
                    return made;
                },
                made -> draft.set(draft().with(made, desk.now())));
    }

    /// Starts the operation: only from a fresh page "Confirm", with the phrase and a reason.
    void start(String phrase, String reason) {
        if (!draft().confirmable()) {
            return;
        }
        var made = draft().proposal().orElseThrow();
        work(
                TEXTS.get("rescue.starting"),
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
