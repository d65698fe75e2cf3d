package dev.slipway.ui.rollback;

import dev.slipway.release.rollback.loss.Loss;
import dev.slipway.release.rollback.loss.ShownRow;
import dev.slipway.release.rollback.loss.ShownRow.Cell;
import dev.slipway.release.rollback.loss.TableLoss;
import dev.slipway.release.rollback.loss.TableName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// What might be lost, invented: no picture shows a row of a database. Only for pictures.
public final class LossExample {
    private LossExample() {}

    /// Orders, payments and sessions of a quarter of an hour, and a table that cannot be counted.
    public static Loss loss(Instant now) {
        var counted = now.truncatedTo(ChronoUnit.SECONDS);
        return new Loss(
                counted,
                List.of(
                        uncounted("audit_log"),
                        counted("coupons", 0, 0, 0, List.of()),
                        counted("orders", 37, 12, 0, orders(counted)),
                        counted("payments", 12, 0, 0, payments(counted)),
                        counted("products", 0, 0, 0, List.of()),
                        counted("sessions", 410, 96, 88, sessions(counted))),
                List.of());
    }

    /// The table whose loss is called out.
    public static TableName precious() {
        return new TableName("public", "payments");
    }

    private static TableLoss counted(
            String name, long lost, long changed, long returning, List<ShownRow> newest) {
        return new TableLoss.Counted(
                new TableName("public", name),
                2_000,
                2_000 + lost - returning,
                lost,
                changed,
                returning,
                List.of(),
                newest);
    }

    private static TableLoss uncounted(String name) {
        return new TableLoss.Uncounted(
                new TableName("public", name),
                OptionalLong.empty(),
                OptionalLong.empty(),
                "It has neither a primary key nor a unique key without NULLs, so its rows cannot be"
                        + " told apart.",
                List.of());
    }

    private static List<ShownRow> orders(Instant at) {
        return rows(i ->
                List.of(
                        cell("id", "" + (48_213 - i)),
                        cell("user_id", "" + (907 + 31 * i)),
                        cell("status", i == 2 ? "paid" : "open"),
                        cell("amount_cents", "" + (4_200 + 150 * i)),
                        new Cell("coupon", Optional.empty()),
                        cell("created_at", "" + at.minusSeconds(5 + 40L * i))));
    }

    private static List<ShownRow> payments(Instant at) {
        return rows(i ->
                List.of(
                        cell("id", "pay_example_" + (912 - i)),
                        cell("order_id", "" + (48_190 - 2 * i)),
                        cell("amount_cents", "" + (4_350 + 150 * i)),
                        cell("received_at", "" + at.minusSeconds(31 + 66L * i))));
    }

    private static List<ShownRow> sessions(Instant at) {
        return rows(i ->
                List.of(
                        cell("id", "example-session-" + (7_004 - i)),
                        cell("user_id", "" + (412 + 7 * i)),
                        cell("seen_at", "" + at.minusSeconds(1 + 3L * i))));
    }

    private static List<ShownRow> rows(java.util.function.IntFunction<List<Cell>> row) {
        return IntStream.range(0, 5).mapToObj(i -> new ShownRow(row.apply(i))).toList();
    }

    private static Cell cell(String column, String text) {
        return new Cell(column, Optional.of(text));
    }
}
