package dev.slipway.ui.rescue;

import dev.slipway.release.rollback.loss.Loss;
import dev.slipway.release.rollback.loss.ReplayOptions;
import dev.slipway.release.rollback.loss.RowExport.Exported;
import dev.slipway.release.rollback.loss.TableLoss;
import dev.slipway.release.rollback.loss.TableName;
import dev.slipway.release.rollback.rescue.Rescue;
import dev.slipway.release.rollback.rescue.RescueProposal;
import dev.slipway.ui.wizard.WizardDraft;
import dev.slipway.ui.wizard.WizardState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A rescue, not started: what a restore took away, what of it is to come back, and what was proposed.
///
/// @param state how the wizard stands
/// @param backup name of the branch that kept it, as asked for; empty takes the one production was
///     restored from
/// @param backups every branch that keeps anything; empty before the first answer
/// @param found what the restore took away; empty before it was counted
/// @param options what is to come back; the tables are named one by one
/// @param folder where files are written, as typed
/// @param exported the files written last; empty before
record RescueDraft(
        WizardState<RescuePage, RescueProposal> state,
        Optional<String> backup,
        Optional<List<String>> backups,
        Optional<Rescue> found,
        ReplayOptions options,
        String folder,
        Optional<List<Exported>> exported)
        implements WizardDraft<RescueDraft, RescuePage, RescueProposal> {
    private static final ReplayOptions NOTHING = new ReplayOptions(Set.of(), false, false);

    /// Nothing known yet.
    static RescueDraft of(Optional<String> backup) {
        return new RescueDraft(
                WizardState.at(RescuePage.ROWS),
                backup,
                Optional.empty(),
                Optional.empty(),
                NOTHING,
                "",
                Optional.empty());
    }

    /// Name of the branch whose rows are shown; empty while it is not known.
    Optional<String> shown() {
        return found.map(rescue -> rescue.kept().backup()).or(() -> backup);
    }

    /// What was lost.
    Optional<Loss> loss() {
        return found.map(Rescue::loss);
    }

    /// Whether it is known that no restore has kept anything.
    boolean nothingKept() {
        return found.isEmpty() && busy().isEmpty() && backups.filter(List::isEmpty).isPresent();
    }

    /// Whether `table` may come back: rows are told apart in it, and there is something to do.
    boolean mayChoose(TableLoss table) {
        return table instanceof TableLoss.Counted c
                && (c.lost() + c.changed() > 0 || (options.deletions() && c.returning() > 0));
    }

    /// Whether the person may go on from the page shown.
    @Override
    public boolean canContinue() {
        return page() == RescuePage.ROWS
                && busy().isEmpty()
                && found.isPresent()
                && !options.tables().isEmpty();
    }

    /// Whether files can be written.
    boolean canExport() {
        return canContinue() && !folder.isBlank();
    }

    @Override
    public boolean confirming() {
        return page() == RescuePage.CONFIRM;
    }

    @Override
    public List<RescuePage> pages() {
        return RescuePage.ALL;
    }

    @Override
    public String title(RescuePage which) {
        return which.title();
    }

    @Override
    public String note(RescuePage which) {
        return switch (which) {
            case ROWS ->
                    found.map(_ ->
                                    options.tables().size() == 1
                                            ? "1 table chosen"
                                            : options.tables().size() + " tables chosen")
                            .orElse("");
            case CONFIRM -> confirming() ? "type the phrase" : "";
            case RUN, RESULT -> "";
        };
    }

    @Override
    public RescueDraft with(WizardState<RescuePage, RescueProposal> other) {
        return new RescueDraft(other, backup, backups, found, options, folder, exported);
    }

    @Override
    public RescueDraft on(RescuePage which) {
        return with(state.on(which).unproposed());
    }

    /// Of another branch; what was found for the one before is forgotten.
    RescueDraft from(String name) {
        return new RescueDraft(
                state.unproposed(),
                Optional.of(name),
                backups,
                Optional.empty(),
                NOTHING,
                folder,
                Optional.empty());
    }

    /// With what keeps anything, and what one of them has; everything that was lost is chosen.
    RescueDraft with(List<String> known, Optional<Rescue> rescue) {
        var chosen = options(rescue.map(Rescue::loss).map(this::lost).orElse(Set.of()));
        return new RescueDraft(
                state.done(""), backup, Optional.of(known), rescue, chosen, folder, exported);
    }

    private Set<TableName> lost(Loss loss) {
        return loss.tables().stream()
                .filter(this::mayChoose)
                .map(TableLoss::table)
                .collect(Collectors.toSet());
    }

    RescueDraft with(RescueProposal made, Instant at) {
        return with(state.with(made, Optional.of(at)));
    }

    RescueDraft with(List<Exported> written) {
        return new RescueDraft(
                state.done(""), backup, backups, found, options, folder, Optional.of(written));
    }

    RescueDraft choosing(TableName table, boolean on) {
        var tables = new TreeSet<>(options.tables());
        if (on) {
            tables.add(table);
        } else {
            tables.remove(table);
        }
        return with(options(tables));
    }

    private ReplayOptions options(Set<TableName> tables) {
        return new ReplayOptions(tables, options.deletions(), options.leaveConflicts());
    }

    private RescueDraft with(ReplayOptions others) {
        return new RescueDraft(state, backup, backups, found, others, folder, exported);
    }

    /// With deletions or without; tables that have nothing but such rows go with them.
    RescueDraft deleting(boolean on) {
        var next = with(new ReplayOptions(options.tables(), on, options.leaveConflicts()));
        var tables =
                loss().stream()
                        .flatMap(all -> all.tables().stream())
                        .filter(next::mayChoose)
                        .filter(t -> options.tables().contains(t.table()) || !mayChoose(t))
                        .map(TableLoss::table)
                        .collect(Collectors.toSet());
        return next.with(next.options(tables));
    }

    RescueDraft leaving(boolean on) {
        return with(new ReplayOptions(options.tables(), options.deletions(), on));
    }

    RescueDraft into(String typed) {
        return new RescueDraft(state, backup, backups, found, options, typed, exported);
    }
}
