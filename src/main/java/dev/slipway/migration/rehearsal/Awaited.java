package dev.slipway.migration.rehearsal;

import dev.slipway.migration.LoneStatement;
import dev.slipway.migration.LoneStatement.Goal;
import dev.slipway.postgres.LockHolder;
import java.util.Optional;

/// Whom a statement outside of transactions waits for in its middle, holding up nobody meanwhile
/// (https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY).
///
/// @param relation the table it works on
/// @param mode everybody is waited for who holds a lock there that does not go together with this one
/// @param snapshots whether every older snapshot in the database is waited for, whatever it reads
public record Awaited(String relation, LockMode mode, boolean snapshots) {
    /// What the server calls the processes that clean up; no index waits for their snapshots.
    private static final String CLEANER = "autovacuum worker";

    /// Whom `statement` on `table` waits for, empty when for nobody.
    public static Optional<Awaited> of(LoneStatement statement, String table) {
        return switch (statement.goal()) {
            case Goal.Index _ -> Optional.of(new Awaited(table, LockMode.SHARE, true));
            case Goal.NewIndex _, Goal.NewIndexes _ ->
                    Optional.of(new Awaited(table, LockMode.ACCESS_EXCLUSIVE, true));
            case Goal.NoIndex _, Goal.Detached _ ->
                    Optional.of(new Awaited(table, LockMode.ACCESS_EXCLUSIVE, false));
            case Goal.Label _, Goal.Vacuumed _ -> Optional.empty();
        };
    }

    boolean waitsFor(LockHolder.Held held) {
        return relation.equals(held.relation()) && mode.conflicts(LockMode.of(held.mode()));
    }

    /// Whether the snapshot of `holder` is waited for; of one whose age is hidden so is its snapshot.
    boolean waitsFor(LockHolder holder) {
        return snapshots
                && (holder.snapshot() || holder.age().isEmpty())
                && holder.process() != 0
                && !holder.application().equals(CLEANER);
    }
}
