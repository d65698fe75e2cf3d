package dev.slipway.migration.catalog;

import dev.slipway.migration.catalog.CatalogObject.Identity;
import dev.slipway.migration.catalog.CatalogObject.Kind;
import java.util.Arrays;

/// New columns that stay empty in the rows of code which does not know them.
///
/// @param live the catalog of the code that is live
/// @param after the catalog in which they are
record Unwritten(Catalog live, Catalog after) {
    /// Whether no row of live code can violate `object`, because it asks nothing of rows in which one of
    /// its columns is null: UNIQUE, EXCLUDE, a unique index, a foreign key. What a CHECK says to null is
    /// not known.
    boolean spare(CatalogObject object) {
        if (object.get("definition").contains("NULLS NOT DISTINCT")) {
            return false;
        }
        var columns = Arrays.stream(object.get("columns").split(" ")).filter(c -> !c.isEmpty());
        var empty =
                columns.limit(object.kind() == Kind.INDEX ? keys(object) : Integer.MAX_VALUE)
                        .mapToInt(Integer::parseInt)
                        .mapToObj(number -> stays(object, number))
                        .toList();
        return switch (object.kind() == Kind.INDEX ? "u" : object.get("type")) {
            case "u", "x" -> empty.contains(true);
            case "f" ->
                    object.get("actions").endsWith("f")
                            ? !empty.contains(false)
                            : empty.contains(true);
            default -> false;
        };
    }

    /// The columns an index compares; those behind them are only stored with it.
    private static int keys(CatalogObject index) {
        return Integer.parseInt(index.get("keys"));
    }

    /// Whether the column `number` beside `part` is new and stays empty; an expression has the number 0.
    private boolean stays(CatalogObject part, int number) {
        var table = part.parent().orElse(part.key());
        var column = new Identity(Kind.COLUMN, table.oid(), number);
        return !live.has(column)
                && after.find(column)
                        .filter(each -> !each.is("required"))
                        .filter(Unwritten::hasNoValueOfItsOwn)
                        .filter(each ->
                                live.parts(table, Kind.COLUMN)
                                        .noneMatch(old -> old.name().equals(each.name())))
                        .isPresent();
    }

    private static boolean hasNoValueOfItsOwn(CatalogObject column) {
        return column.get("default").isEmpty()
                && column.get("identity").isEmpty()
                && column.get("generated").isEmpty();
    }
}
