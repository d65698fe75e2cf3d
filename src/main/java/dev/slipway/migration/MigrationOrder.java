package dev.slipway.migration;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a migrator shall do.
///
/// @param folder the folder of the commit that is released
/// @param ledger where Drizzle writes it down
/// @param planned tag and hash of what shall run, in order; what is pending must begin with it, and
///     what is pending beyond it stays so
/// @param application the `application_name`, unique to the operation
/// @param fence under which epoch of which environment
/// @param locks how long locks are waited for
/// @param statementTimeout how long a statement may run; longer than a lock is waited for
/// @param patience how long another migrator is waited for
/// @param skipped how many statements of the first planned migration are not run: they ran alone before,
///     or, all of them, in another way
/// @param late whether the planned ones are those that Drizzle skips, because something newer ran
public record MigrationOrder(
        MigrationFolder folder,
        LedgerTable ledger,
        List<Planned> planned,
        String application,
        FenceEpoch fence,
        LockRetry locks,
        Duration statementTimeout,
        Duration patience,
        int skipped,
        boolean late) {

    public MigrationOrder {
        planned = List.copyOf(planned);
        if (skipped < 0) {
            throw new IllegalArgumentException("skipped: " + skipped);
        }
    }

    /// An order of which nothing ran before.
    public MigrationOrder(
            MigrationFolder folder,
            LedgerTable ledger,
            List<Planned> planned,
            String application,
            FenceEpoch fence,
            LockRetry locks,
            Duration statementTimeout,
            Duration patience) {
        this(
                folder,
                ledger,
                planned,
                application,
                fence,
                locks,
                statementTimeout,
                patience,
                0,
                false);
    }

    /// The same for migrations that Drizzle skips.
    public MigrationOrder ofSkipped() {
        return new MigrationOrder(
                folder,
                ledger,
                planned,
                application,
                fence,
                locks,
                statementTimeout,
                patience,
                skipped,
                true);
    }

    /// The same, for these migrations only.
    ///
    /// @param beyond how many statements of the first of them ran alone before
    public MigrationOrder only(List<Planned> some, int beyond) {
        return new MigrationOrder(
                folder,
                ledger,
                some,
                application,
                fence,
                locks,
                statementTimeout,
                patience,
                beyond,
                late);
    }

    /// What of `state` it carries out; empty when the database has other migrations than planned.
    Optional<List<Migration>> in(LedgerState state) {
        if (late) {
            var skipped =
                    state.in(LedgerState.State.SKIPPED_BY_DRIZZLE).stream()
                            .filter(each -> planned.contains(Planned.of(each)))
                            .toList();
            return Optional.of(skipped).filter(all -> all.size() == planned.size());
        }
        var pending = state.pending();
        return Optional.of(pending)
                .filter(all -> beginning(all.stream().map(Planned::of).toList()))
                .map(all -> all.subList(0, planned.size()));
    }

    /// Whether `pending` begins with what is planned.
    public boolean beginning(List<Planned> pending) {
        return begins(planned, pending);
    }

    /// Whether `pending` begins with `planned`.
    public static boolean begins(List<Planned> planned, List<Planned> pending) {
        return pending.size() >= planned.size()
                && pending.subList(0, planned.size()).equals(planned);
    }

    /// A migration as the plan names it.
    public record Planned(String tag, String hash) {
        /// `migration` as a plan names it.
        public static Planned of(Migration migration) {
            return new Planned(migration.tag(), migration.hash());
        }

        @Override
        public String toString() {
            return tag + " (" + hash.substring(0, Math.min(8, hash.length())) + ")";
        }
    }

    /// Which holder of the lock works.
    public record FenceEpoch(String environment, long epoch) {}
}
