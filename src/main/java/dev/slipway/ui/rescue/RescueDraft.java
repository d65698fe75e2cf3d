package dev.slipway.ui.rescue;

import dev.slipway.release.Planned;
import dev.slipway.release.rollback.loss.Loss;
import dev.slipway.release.rollback.loss.ReplayOptions;
import dev.slipway.release.rollback.loss.RowExport.Exported;
import dev.slipway.release.rollback.loss.TableLoss;
import dev.slipway.release.rollback.loss.TableName;
import dev.slipway.release.rollback.rescue.Rescue;
import dev.slipway.release.rollback.rescue.RescueProposal;
import dev.slipway.ui.kit.StepperRail;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A rescue, not started: what a restore took away, what of it is to come back, and what was proposed.
///
/// @param page the page shown
/// @param backup name of the branch that kept it, as asked for; empty takes the one production was
///     restored from
/// @param backups every branch that keeps anything; empty before the first answer
/// @param found what the restore took away; empty before it was counted
/// @param options what is to come back; the tables are named one by one
/// @param folder where files are written, as typed
/// @param exported the files written last; empty before
/// @param proposal the newest that was made for all this
/// @param confirmedAt when the facts were read for the page "Confirm"; empty until then
/// @param busy what is being done right now, empty for nothing
/// @param problem why the last thing asked for did not work, empty when it did
record RescueDraft(
        RescuePage page,
        Optional<String> backup,
        Optional<List<String>> backups,
        Optional<Rescue> found,
        ReplayOptions options,
        String folder,
        Optional<List<Exported>> exported,
        Optional<RescueProposal> proposal,
        Optional<Instant> confirmedAt,
        String busy,
        String problem) {
    private static final ReplayOptions NOTHING = new ReplayOptions(Set.of(), false, false);

    /// Nothing known yet.
    static RescueDraft of(Optional<String> backup) {
        return new RescueDraft(
                RescuePage.ROWS,
                backup,
                Optional.empty(),
                Optional.empty(),
                NOTHING,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                "");
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
        return found.isEmpty() && busy.isEmpty() && backups.filter(List::isEmpty).isPresent();
    }

    /// Whether `table` may come back: rows are told apart in it, and there is something to do.
    boolean mayChoose(TableLoss table) {
        return table instanceof TableLoss.Counted c
                && (c.lost() + c.changed() > 0 || (options.deletions() && c.returning() > 0));
    }

    /// Whether the person may go on from the page shown.
    boolean canContinue() {
        return page == RescuePage.ROWS
                && busy.isEmpty()
                && found.isPresent()
                && !options.tables().isEmpty();
    }

    /// Whether files can be written.
    boolean canExport() {
        return canContinue() && !folder.isBlank();
    }

    /// Whether the page "Confirm" is fresh and open: the only draft that may be started.
    boolean confirmable() {
        return page == RescuePage.CONFIRM
                && busy.isEmpty()
                && confirmedAt.isPresent()
                && proposal.filter(Planned::open).isPresent();
    }

    /// The pages and how each stands.
    List<StepperRail.Step> steps() {
        return RescuePage.ALL.stream()
                .map(which ->
                        new StepperRail.Step(
                                which.title(),
                                note(which),
                                which == page
                                        ? StepperRail.State.CURRENT
                                        : which.compareTo(page) < 0
                                                ? StepperRail.State.DONE
                                                : StepperRail.State.AHEAD))
                .toList();
    }

    private String note(RescuePage which) {
        return switch (which) {
            case ROWS ->
                    found.map(_ ->
                                    options.tables().size() == 1
                                            ? "1 table chosen"
                                            : options.tables().size() + " tables chosen")
                            .orElse("");
            case CONFIRM -> page == RescuePage.CONFIRM ? "type the phrase" : "";
            case RUN, RESULT -> "";
        };
    }

    RescueDraft on(RescuePage which) {
        return but(change -> {
            change.page = which;
            change.proposal = Optional.empty();
            change.confirmedAt = Optional.empty();
            change.problem = "";
        });
    }

    /// Of another branch; what was found for the one before is forgotten.
    RescueDraft from(String name) {
        return but(change -> {
            change.backup = Optional.of(name);
            change.found = Optional.empty();
            change.options = NOTHING;
            change.exported = Optional.empty();
            change.proposal = Optional.empty();
        });
    }

    /// With what keeps anything, and what one of them has; everything that was lost is chosen.
    RescueDraft with(List<String> known, Optional<Rescue> rescue) {
        return but(change -> {
            change.backups = Optional.of(known);
            change.found = rescue;
            change.options = options(rescue.map(Rescue::loss).map(this::lost).orElse(Set.of()));
            change.idle("");
        });
    }

    private Set<TableName> lost(Loss loss) {
        return loss.tables().stream()
                .filter(this::mayChoose)
                .map(TableLoss::table)
                .collect(Collectors.toSet());
    }

    RescueDraft with(RescueProposal made, Instant at) {
        return but(change -> {
            change.proposal = Optional.of(made);
            change.confirmedAt = Optional.of(at);
            change.idle("");
        });
    }

    RescueDraft with(List<Exported> written) {
        return but(change -> {
            change.exported = Optional.of(written);
            change.idle("");
        });
    }

    RescueDraft choosing(TableName table, boolean on) {
        var tables = new TreeSet<>(options.tables());
        if (on) {
            tables.add(table);
        } else {
            tables.remove(table);
        }
        return but(change -> change.options = options(tables));
    }

    private ReplayOptions options(Set<TableName> tables) {
        return new ReplayOptions(tables, options.deletions(), options.leaveConflicts());
    }

    /// With deletions or without; tables that have nothing but such rows go with them.
    RescueDraft deleting(boolean on) {
        var wanted = new ReplayOptions(options.tables(), on, options.leaveConflicts());
        var next = but(change -> change.options = wanted);
        var tables =
                loss().stream()
                        .flatMap(all -> all.tables().stream())
                        .filter(next::mayChoose)
                        .filter(t -> options.tables().contains(t.table()) || !mayChoose(t))
                        .map(TableLoss::table)
                        .collect(Collectors.toSet());
        return next.but(change -> change.options = next.options(tables));
    }

    RescueDraft leaving(boolean on) {
        return but(change ->
                change.options = new ReplayOptions(options.tables(), options.deletions(), on));
    }

    RescueDraft into(String typed) {
        return but(change -> change.folder = typed);
    }

    RescueDraft doing(String what) {
        return but(change -> {
            change.busy = what;
            change.problem = "";
        });
    }

    RescueDraft failing(String sentence) {
        return but(change -> change.idle(sentence));
    }

    private RescueDraft but(Consumer<Change> difference) {
        var change = new Change(this);
        difference.accept(change);
        return change.draft();
    }

    /// A draft being made of another.
    private static final class Change {
        private RescuePage page;
        private Optional<String> backup;
        private Optional<List<String>> backups;
        private Optional<Rescue> found;
        private ReplayOptions options;
        private String folder;
        private Optional<List<Exported>> exported;
        private Optional<RescueProposal> proposal;
        private Optional<Instant> confirmedAt;
        private String busy;
        private String problem;

        private Change(RescueDraft from) {
            page = from.page;
            backup = from.backup;
            backups = from.backups;
            found = from.found;
            options = from.options;
            folder = from.folder;
            exported = from.exported;
            proposal = from.proposal;
            confirmedAt = from.confirmedAt;
            busy = from.busy;
            problem = from.problem;
        }

        /// Nothing is being done any more; `why` says what went wrong, empty for nothing.
        private void idle(String why) {
            busy = "";
            problem = why;
        }

        private RescueDraft draft() {
            return new RescueDraft(
                    page,
                    backup,
                    backups,
                    found,
                    options,
                    folder,
                    exported,
                    proposal,
                    confirmedAt,
                    busy,
                    problem);
        }
    }
}
