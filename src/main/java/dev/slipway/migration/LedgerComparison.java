package dev.slipway.migration;

import dev.slipway.migration.LedgerState.Entry;
import dev.slipway.migration.LedgerState.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/// Compares a folder with a ledger by the rules of the drizzle-orm that goes with the folder: 0.x
/// runs what is younger than the newest row, 1 runs what has no row of its name.
final class LedgerComparison {
    private final MigrationFolder folder;
    private final Ledger ledger;
    private final Set<Ledger.Row> used = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    LedgerComparison(MigrationFolder folder, Ledger ledger) {
        this.folder = folder;
        this.ledger = ledger;
    }

    LedgerState state() {
        ledgerItself();
        var entries = folder.migrations().stream().map(this::entry).toList();
        var unknown = ledger.rows().stream().filter(row -> !used.contains(row)).toList();
        return new LedgerState(entries, unknown, folder.outside(), problems);
    }

    private void ledgerItself() {
        switch (ledger.shape()) {
            case ABSENT -> {
                if (!ledger.emptyDatabase()) {
                    problems.add(
                            "The database has tables but no ledger of Drizzle, so nobody can tell"
                                    + " what ran. Write a baseline first.");
                }
            }
            case JOURNAL -> {
                if (folder.layout() == Layout.FOLDERS) {
                    problems.add(
                            "The folder "
                                    + folder.path()
                                    + " is for drizzle-orm 1 and the ledger was made by drizzle-orm"
                                    + " 0.x. Let drizzle-orm 1 upgrade the ledger once.");
                }
                if (ledger.rows().stream().anyMatch(row -> row.createdAt().isEmpty())) {
                    problems.add(
                            "The ledger has a row without created_at, for which drizzle-orm 0.x would"
                                    + " run every migration again.");
                }
            }
            case NAMED -> {
                if (folder.layout() == Layout.JOURNAL) {
                    problems.add(
                            "The ledger was made by drizzle-orm 1 and the folder "
                                    + folder.path()
                                    + " is for drizzle-orm 0.x, which would run the last migration"
                                    + " again. Run drizzle-kit up.");
                } else if (ledger.rows().stream().anyMatch(row -> row.name().isEmpty())) {
                    problems.add(
                            "The ledger has a row without a name, written by drizzle-orm 0.x after"
                                    + " drizzle-orm 1; that migration would run again.");
                }
            }
        }
    }

    private Entry entry(Migration migration) {
        var own = rows(row -> own(migration, row));
        var same = rows(row -> row.hash().equals(migration.hash()));
        var matched = own.isEmpty() ? same : own;
        used.addAll(own);
        used.addAll(same);
        if (matched.isEmpty()) {
            return new Entry(migration, missing(migration), Optional.empty(), false);
        }
        if (own.isEmpty() && wouldRunAgain(migration)) {
            problems.add(
                    migration.tag()
                            + " ran under another time or name; Drizzle would run it again.");
        }
        var row =
                matched.stream()
                        .filter(each -> each.hash().equals(migration.hash()))
                        .findFirst()
                        .orElse(matched.getFirst());
        boolean lineEnds = migration.sameButForLineEnds(row.hash());
        var state =
                row.hash().equals(migration.hash()) || lineEnds
                        ? State.APPLIED
                        : State.EDITED_AFTER_APPLY;
        return new Entry(migration, state, Optional.of(row), lineEnds);
    }

    private List<Ledger.Row> rows(Predicate<Ledger.Row> predicate) {
        return ledger.rows().stream().filter(predicate).toList();
    }

    private boolean own(Migration migration, Ledger.Row row) {
        return ledger.shape() == Ledger.Shape.NAMED
                ? row.name().equals(Optional.of(migration.tag()))
                : row.createdAt().equals(Optional.of(migration.when()));
    }

    private State missing(Migration migration) {
        return wouldRunAgain(migration) ? State.PENDING : State.SKIPPED_BY_DRIZZLE;
    }

    /// Whether Drizzle would run a migration that has no row of its own.
    private boolean wouldRunAgain(Migration migration) {
        return folder.layout() == Layout.FOLDERS
                || newest().isEmpty()
                || newest().getAsLong() < migration.when();
    }

    private OptionalLong newest() {
        return ledger.rows().stream()
                .map(row -> row.createdAt().orElse(null))
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max();
    }
}
