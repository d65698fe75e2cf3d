package dev.slipway.migration.catalog;

import dev.slipway.migration.catalog.CatalogObject.Identity;
import dev.slipway.migration.catalog.CatalogObject.Kind;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/// New columns, which keep what they have by themselves in the rows of code that does not know them.
///
/// @param live the catalog of the code that is live
/// @param after the catalog in which they are
record Unwritten(Catalog live, Catalog after) {
    /// Whether no row of live code can violate `object`: because it asks nothing of rows in which one of
    /// its columns is null (UNIQUE, EXCLUDE, a unique index, a foreign key), or, a CHECK, because the
    /// server said so ([CheckProbe]).
    boolean spare(CatalogObject object) {
        if (object.get("definition").contains("NULLS NOT DISTINCT")) {
            return false;
        }
        var empty =
                columns(object)
                        .limit(object.kind() == Kind.INDEX ? keys(object) : Integer.MAX_VALUE)
                        .mapToObj(number -> stays(object, number))
                        .toList();
        return switch (object.kind() == Kind.INDEX ? "u" : object.get("type")) {
            case "u", "x" -> empty.contains(true);
            case "f" ->
                    object.get("actions").endsWith("f")
                            ? !empty.contains(false)
                            : empty.contains(true);
            case "c" -> object.is(CheckProbe.MET);
            default -> false;
        };
    }

    /// Whether a constraint is about such columns alone.
    boolean untold(CatalogObject constraint) {
        return columns(constraint).findAny().isPresent()
                && columns(constraint).allMatch(number -> fresh(constraint, number).isPresent());
    }

    private static IntStream columns(CatalogObject part) {
        return Arrays.stream(part.get("columns").split(" "))
                .filter(number -> !number.isEmpty())
                .mapToInt(Integer::parseInt);
    }

    /// The columns an index compares; those behind them are only stored with it.
    private static int keys(CatalogObject index) {
        return Integer.parseInt(index.get("keys"));
    }

    /// Whether the column `number` beside `part` is new and stays empty; an expression has the number 0.
    private boolean stays(CatalogObject part, int number) {
        return fresh(part, number)
                .filter(column -> !column.is("required"))
                .filter(Unwritten::hasNoValueOfItsOwn)
                .isPresent();
    }

    /// The column, if live code knows none of that name.
    private Optional<CatalogObject> fresh(CatalogObject part, int number) {
        var table = part.parent().orElse(part.key());
        var column = new Identity(Kind.COLUMN, table.oid(), number);
        return after.find(column)
                .filter(_ -> !live.has(column))
                .filter(each ->
                        live.parts(table, Kind.COLUMN)
                                .noneMatch(old -> old.name().equals(each.name())));
    }

    private static boolean hasNoValueOfItsOwn(CatalogObject column) {
        return column.get("default").isEmpty()
                && column.get("identity").isEmpty()
                && column.get("generated").isEmpty();
    }
}
