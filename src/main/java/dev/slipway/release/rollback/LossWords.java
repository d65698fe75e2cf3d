package dev.slipway.release.rollback;

import dev.slipway.release.rollback.loss.Loss;
import dev.slipway.release.rollback.loss.TableLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Says what is lost. Never a value of a row.
public final class LossWords {
    private LossWords() {}

    /// `49 rows are lost: orders 37 new, 12 changed; sessions not counted.`
    public static String sentence(Loss loss) {
        long rows = loss.lost() + loss.changed();
        var touched = touched(loss).stream().map(LossWords::table).toList();
        return (rows == 1 ? "1 row is lost" : rows + " rows are lost")
                + (touched.isEmpty()
                        ? "."
                        : touched.stream().collect(Collectors.joining("; ", ": ", ".")));
    }

    /// The tables that lose something, get something back or could not be counted.
    public static List<TableLoss> touched(Loss loss) {
        return loss.tables().stream()
                .filter(t ->
                        switch (t) {
                            case TableLoss.Counted counted -> !counted.same();
                            case TableLoss.Uncounted _ -> true;
                        })
                .toList();
    }

    /// `orders 37 new, 12 changed, 1 comes back`; `sessions not counted`.
    public static String table(TableLoss table) {
        return switch (table) {
            case TableLoss.Uncounted uncounted -> uncounted.table() + " not counted";
            case TableLoss.Counted counted -> counted.table() + " " + figures(counted);
        };
    }

    private static String figures(TableLoss.Counted counted) {
        var parts = new ArrayList<String>();
        if (counted.lost() > 0) {
            parts.add(counted.lost() + " new");
        }
        if (counted.changed() > 0) {
            parts.add(counted.changed() + " changed");
        }
        if (counted.returning() > 0) {
            parts.add(
                    counted.returning()
                            + (counted.returning() == 1 ? " comes back" : " come back"));
        }
        return parts.isEmpty() ? "the same" : String.join(", ", parts);
    }
}
