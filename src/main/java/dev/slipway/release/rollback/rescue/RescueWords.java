package dev.slipway.release.rollback.rescue;

import dev.slipway.operation.Plan;
import dev.slipway.release.rollback.loss.Replayed;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Says what comes back. Never a value of a row.
public final class RescueWords {
    private RescueWords() {}

    /// `orders 3 inserted, 1 updated`.
    public static String table(Replayed.Table table) {
        return table.table()
                + " "
                + Stream.of(
                                some(table.inserted(), "inserted"),
                                some(table.updated(), "updated"),
                                some(table.deleted(), "deleted again"))
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(", "));
    }

    /// `orders 37 inserted; users 12 updated.`
    public static String sentence(List<Replayed.Table> tables) {
        return tables.stream()
                .filter(table -> table.written() > 0)
                .map(RescueWords::table)
                .collect(Collectors.joining("; ", "", "."));
    }

    /// What a plan of a rescue brings back, table by table.
    public static List<Replayed.Table> planned(Plan plan) {
        return plan.step(ReplayRows.KEY).map(ReplayRows::tables).orElse(List.of());
    }

    /// What such a plan leaves as production has it, and why, a sentence each.
    public static List<String> left(Plan plan) {
        return plan
                .step(ReplayRows.KEY)
                .map(step -> step.parameters().getOrDefault(ReplayRows.LEFT, ""))
                .stream()
                .flatMap(String::lines)
                .toList();
    }

    private static String some(long rows, String what) {
        return rows == 0 ? "" : rows + " " + what;
    }
}
