package dev.slipway.release.rollback.loss;

import dev.slipway.migration.LedgerTable;
import dev.slipway.release.rollback.loss.TableLoss.Counted;
import dev.slipway.release.rollback.loss.TableLoss.Uncounted;
import dev.slipway.release.rollback.loss.TableShape.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// The counting of one table. What the server refuses to read is an answer too; only a lost connection
/// is an error.
///
/// @param then the table in the earlier state; one of the two is there
/// @param now the table in the present state
record TableCount(TableName name, Optional<TableShape> then, Optional<TableShape> now) {
    /// How many characters of a value are shown.
    private static final int SHOWN = 200;

    /// All tables of both, the smallest first.
    static List<TableCount> all(Sides sides, LedgerTable ledger)
            throws SQLException, InterruptedException {
        var shapes =
                sides.both(
                        side -> ShapeReader.read(side.connection(), ledger),
                        side -> ShapeReader.read(side.connection(), ledger));
        var tables = new TreeMap<TableName, TableCount>();
        for (var shape : shapes.then()) {
            tables.put(
                    shape.name(),
                    new TableCount(shape.name(), Optional.of(shape), Optional.empty()));
        }
        for (var shape : shapes.now()) {
            var before = Optional.ofNullable(tables.get(shape.name())).flatMap(TableCount::then);
            tables.put(shape.name(), new TableCount(shape.name(), before, Optional.of(shape)));
        }
        return tables.values().stream()
                .sorted(Comparator.comparingLong(TableCount::bytes))
                .toList();
    }

    private long bytes() {
        return Math.max(
                then.map(TableShape::bytes).orElse(0L), now.map(TableShape::bytes).orElse(0L));
    }

    /// Counts it.
    ///
    /// @param newest how many of the newest lost rows are read
    TableLoss count(Sides sides, int newest) throws SQLException, InterruptedException {
        if (!sides.inTime()) {
            return new Uncounted(
                    name,
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    "There was no time left to count it.",
                    List.of());
        }
        sides.mark();
        try {
            if (then.isPresent() && now.isPresent()) {
                return both(sides, then.get(), now.get(), newest);
            }
            return then.map(table -> dropped(sides, table))
                    .orElseGet(() -> made(sides, now.orElseThrow(), newest))
                    .call();
        } catch (SQLException e) {
            var refusal = ReadSide.refusal(e);
            if (refusal.isEmpty()) {
                throw e;
            }
            sides.back();
            return new Uncounted(
                    name, OptionalLong.empty(), OptionalLong.empty(), refusal.get(), List.of());
        }
    }

    private interface Count {
        TableLoss call() throws SQLException;
    }

    private TableLoss both(Sides sides, TableShape before, TableShape after, int newest)
            throws SQLException, InterruptedException {
        var obstacle = Pair.obstacle(before, after);
        if (obstacle.isPresent()) {
            return new Uncounted(
                    name,
                    total(sides.then(), before),
                    total(sides.now(), after),
                    obstacle.get(),
                    List.of());
        }
        var pair = Pair.of(before, after);
        var found = new Found(newest);
        var totals = new TableMerge(sides, pair).run(found);
        var remarks = new ArrayList<String>();
        for (int i = 0; i < pair.onlyNow().size(); i++) {
            remarks.add(
                    "Column %s was added since and would be gone, with its values in %d rows."
                            .formatted(pair.onlyNow().get(i), totals.valuesNow().get(i)));
        }
        for (int i = 0; i < pair.onlyThen().size(); i++) {
            remarks.add(
                    "Column %s was dropped since and would be back, with its values in %d rows."
                            .formatted(pair.onlyThen().get(i), totals.valuesThen().get(i)));
        }
        remarks.addAll(pair.retyped());
        return new Counted(
                name,
                totals.then(),
                totals.now(),
                found.lost,
                found.changed,
                found.returning,
                remarks,
                rows(sides.now(), pair, found.newest()));
    }

    private Count made(Sides sides, TableShape table, int newest) {
        return () -> {
            var obstacle = Pair.readable(table);
            if (obstacle.isPresent()) {
                return new Uncounted(
                        name,
                        OptionalLong.of(0),
                        total(sides.now(), table),
                        obstacle.get(),
                        List.of());
            }
            long rows = total(sides.now(), table).orElseThrow();
            return new Counted(
                    name,
                    0,
                    rows,
                    rows,
                    0,
                    0,
                    List.of("The table was made since and would be gone."),
                    rows == 0 ? List.of() : rows(sides.now(), table, newest));
        };
    }

    private Count dropped(Sides sides, TableShape table) {
        return () -> {
            var obstacle = Pair.readable(table);
            if (obstacle.isPresent()) {
                return new Uncounted(
                        name,
                        total(sides.then(), table),
                        OptionalLong.of(0),
                        obstacle.get(),
                        List.of());
            }
            long rows = total(sides.then(), table).orElseThrow();
            return new Counted(
                    name,
                    rows,
                    0,
                    0,
                    0,
                    rows,
                    List.of("The table was dropped since and would be back."),
                    List.of());
        };
    }

    private static OptionalLong total(ReadSide side, TableShape table) throws SQLException {
        if (!table.readable() || table.kind() == 'f') {
            return OptionalLong.empty();
        }
        return side.ask(
                RowSql.total(table),
                rows -> {
                    rows.next();
                    return OptionalLong.of(rows.getLong(1));
                });
    }

    /// The rows of `keys`, in their order.
    private static List<ShownRow> rows(ReadSide side, Pair pair, List<List<String>> keys)
            throws SQLException {
        if (keys.isEmpty()) {
            return List.of();
        }
        var table = pair.now();
        var columns = names(table);
        var found = new RowsByKey(side, new RowSql(table, pair), columns, SHOWN).of(keys);
        return keys.stream()
                .flatMap(key -> Optional.ofNullable(found.get(key)).stream())
                .map(values -> shown(columns, values))
                .toList();
    }

    /// The newest rows of a table that has no counterpart.
    private static List<ShownRow> rows(ReadSide side, TableShape table, int newest)
            throws SQLException {
        var key = table.keys().isEmpty() ? List.<String>of() : table.keys().getFirst();
        var columns = names(table);
        var alone = new Pair(table, table, key, List.of(), List.of(), List.of());
        return side.ask(
                new RowSql(table, alone).newest(columns, SHOWN, newest),
                rows -> {
                    var shown = new ArrayList<ShownRow>();
                    while (rows.next()) {
                        shown.add(shown(columns, values(rows, 1, columns.size())));
                    }
                    return shown;
                });
    }

    private static List<String> names(TableShape table) {
        return table.columns().stream().map(Column::name).toList();
    }

    static List<Optional<String>> values(ResultSet rows, int from, int count) throws SQLException {
        var values = new ArrayList<Optional<String>>(count);
        for (int i = 0; i < count; i++) {
            values.add(Optional.ofNullable(rows.getString(from + i)));
        }
        return values;
    }

    private static ShownRow shown(List<String> columns, List<Optional<String>> values) {
        var cells = new ArrayList<ShownRow.Cell>();
        for (int i = 0; i < columns.size(); i++) {
            cells.add(new ShownRow.Cell(columns.get(i), values.get(i)));
        }
        return new ShownRow(cells);
    }
}
