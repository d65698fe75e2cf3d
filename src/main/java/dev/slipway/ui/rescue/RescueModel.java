package dev.slipway.ui.rescue;

import dev.slipway.domain.InputException;
import dev.slipway.release.rollback.loss.Loss;
import dev.slipway.release.rollback.loss.TableName;
import dev.slipway.release.rollback.rescue.Rescue;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.kit.Texts;
import dev.slipway.ui.wizard.WizardModel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A rescue without a window: one draft, and what a person can do with it. FX thread only.
final class RescueModel extends WizardModel<RescueDraft, RescuePage> {
    private static final Texts TEXTS = Texts.of(RescueModel.class);

    /// How long what was counted is shown to who comes back: production may be restored meanwhile.
    private static final Duration HOLDS = Duration.ofMinutes(5);

    /// @param from what is shown at first
    RescueModel(Desk desk, RescueDraft from) {
        super(desk, from);
    }

    /// The page is on screen: counts where nothing was counted, and reads anew what is to be confirmed.
    @Override
    public void open() {
        if (still() || !idle()) {
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

    @Override
    protected void read() {
        if (draft().confirming()) {
            propose();
        } else {
            count();
        }
    }

    /// Of the branch of that name.
    void choose(String backup) {
        if (!still() && idle() && !draft().shown().equals(Optional.of(backup))) {
            show(draft().from(backup));
            count();
        }
    }

    /// Chooses a table, or no longer.
    void choose(TableName table, boolean on) {
        if (idle() && draft().options().tables().contains(table) != on) {
            show(draft().choosing(table, on));
        }
    }

    /// Whether what was deleted before the restore is deleted again.
    void delete(boolean again) {
        if (idle() && draft().options().deletions() != again) {
            show(draft().deleting(again));
        }
    }

    /// Whether rows in conflict stay as production has them; tried anew.
    void leave(boolean conflicts) {
        if (!still() && idle() && draft().options().leaveConflicts() != conflicts) {
            show(draft().leaving(conflicts));
            propose();
        }
    }

    /// Where files are to be written.
    void folder(String typed) {
        if (idle() && !draft().folder().equals(typed)) {
            show(draft().into(typed));
        }
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
                counted -> show(draft().with(counted.backups(), counted.rescue())));
    }

    /// Writes the rows of the tables that are chosen; production is not even read.
    void export() {
        if (!still() && draft().canExport()) {
            write();
        }
    }

    private void write() {
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
                written -> show(draft().with(written)),
                this::write);
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
    @Override
    public void next() {
        if (draft().canContinue()) {
            show(draft().on(RescuePage.CONFIRM));
            propose();
        }
    }

    private void propose() {
        var chosen = draft();
        work(
                TEXTS.get("rescue.trying"),
                (services, telling) ->
                        kept(
                                services,
                                services.rescues()
                                        .propose(chosen.shown(), chosen.options(), telling)),
                made -> show(draft().with(made, desk.now())));
    }
}
