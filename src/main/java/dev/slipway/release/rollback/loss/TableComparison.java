package dev.slipway.release.rollback.loss;

import dev.slipway.domain.FailureException;
import dev.slipway.migration.LedgerTable;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.postgres.PostgresFailure;
import dev.slipway.postgres.PostgresFailure.During;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;

/// Counts, exactly and by key, the rows in which two states of one database differ.
///
/// Each state is read in one transaction that cannot write, so the figures of all tables belong to one
/// moment; writes that others commit meanwhile are not in them. A key is compared as its type writes it:
/// where a type has several ways to write equal values (`interval`, `citext`, a collation that ignores case), a
/// row whose key is spelled otherwise counts as one that is lost and one that returns.
public final class TableComparison {
    /// How long counting may take before what is left is uncounted.
    public static final Duration LIMIT = Duration.ofMinutes(2);

    /// How many of the newest lost rows of a table are shown.
    private static final int NEWEST = 5;

    private final Postgres postgres;
    private final LedgerTable ledger;
    private final InstantSource clock;
    private final Duration limit;

    /// @param ledger left out: it is Drizzle's, not the application's
    /// @param limit how long one comparison may take
    public TableComparison(
            Postgres postgres, LedgerTable ledger, InstantSource clock, Duration limit) {
        this.postgres = postgres;
        this.ledger = ledger;
        this.clock = clock;
        this.limit = limit;
    }

    /// Compares. Tables are counted from the smallest to the largest, so that a lack of time costs the
    /// fewest of them.
    ///
    /// @param then the state somebody wants to go back to: a branch at the restore point
    /// @param now the present state: production, or the branch that keeps it
    /// @throws FailureException when a server does not let us in or breaks off
    /// @throws InterruptedException when it is to stop; nothing was changed
    public Loss compare(PostgresAddress then, PostgresAddress now, CountListener listener)
            throws InterruptedException {
        var counted = clock.instant();
        var last = counted.plus(limit);
        try (var earlier = ReadSide.open(postgres, then, clock, last);
                var present = ReadSide.open(postgres, now, clock, last)) {
            return compare(new Sides(earlier, present), counted, listener);
        } catch (SQLException e) {
            throw PostgresFailure.exception(e, During.READING);
        }
    }

    private Loss compare(Sides sides, Instant counted, CountListener listener)
            throws SQLException, InterruptedException {
        // First, while there is time: what is asked when it is over is cancelled, and all counts
        // with it.
        var beside = beside(sides);
        var work = TableCount.all(sides, ledger);
        var losses = new TreeMap<TableName, TableLoss>();
        for (var each : work) {
            var loss = each.count(sides, NEWEST);
            losses.put(loss.table(), loss);
            listener.counted(losses.size(), work.size(), loss);
        }
        return new Loss(counted, List.copyOf(losses.values()), beside);
    }

    /// What goes back without being in a table.
    private static List<String> beside(Sides sides) throws SQLException, InterruptedException {
        var objects = sides.both(TableComparison::largeObjects, TableComparison::largeObjects);
        return objects.then() + objects.now() > 0
                ? List.of("Large objects go back too. They are not counted.")
                : List.of();
    }

    private static long largeObjects(ReadSide side) throws SQLException {
        return side.ask(
                "select " + Postgres.MARK + " count(*) from pg_largeobject_metadata",
                rows -> {
                    rows.next();
                    return rows.getLong(1);
                });
    }
}
