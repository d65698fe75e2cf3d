package dev.slipway.migration;

import java.util.List;
import java.util.Optional;

/// A folder compared with a ledger.
///
/// @param entries one for each migration, in order
/// @param unknown rows that belong to no migration of the folder
/// @param outside paths of SQL files that are not in the journal, so Drizzle will never run them
/// @param problems whole sentences about the ledger itself that forbid to run anything
public record LedgerState(
        List<Entry> entries,
        List<Ledger.Row> unknown,
        List<String> outside,
        List<String> problems) {
    public LedgerState {
        entries = List.copyOf(entries);
        unknown = List.copyOf(unknown);
        outside = List.copyOf(outside);
        problems = List.copyOf(problems);
    }

    /// Compares `folder` with `ledger`.
    public static LedgerState of(MigrationFolder folder, Ledger ledger) {
        return new LedgerComparison(folder, ledger).state();
    }

    /// How one migration stands.
    public enum State {
        /// A row has its hash (or its hash with other line ends).
        APPLIED,
        /// Drizzle would run it next.
        PENDING,
        /// It is older than the newest row and has no row: Drizzle will never run it.
        SKIPPED_BY_DRIZZLE,
        /// Its row has another hash: the file was changed after it ran.
        EDITED_AFTER_APPLY
    }

    /// One migration and how it stands.
    ///
    /// @param row the row it is compared with
    /// @param lineEndsDiffer whether the row's hash is that of the same text with other line ends
    public record Entry(
            Migration migration, State state, Optional<Ledger.Row> row, boolean lineEndsDiffer) {}

    /// The migrations in `state`, in order.
    public List<Migration> in(State state) {
        return entries.stream()
                .filter(entry -> entry.state() == state)
                .map(Entry::migration)
                .toList();
    }

    /// What Drizzle would run, in order.
    public List<Migration> pending() {
        return in(State.PENDING);
    }

    /// The newest migration that was applied, by the folder's order.
    public Optional<String> latest() {
        return entries.stream()
                .filter(e -> e.state() == State.APPLIED || e.state() == State.EDITED_AFTER_APPLY)
                .map(entry -> entry.migration().tag())
                .reduce((_, second) -> second);
    }

    /// Whether nothing is skipped, edited, unknown, outside of the journal or wrong.
    public boolean clean() {
        return unknown.isEmpty()
                && outside.isEmpty()
                && problems.isEmpty()
                && in(State.SKIPPED_BY_DRIZZLE).isEmpty()
                && in(State.EDITED_AFTER_APPLY).isEmpty();
    }
}
