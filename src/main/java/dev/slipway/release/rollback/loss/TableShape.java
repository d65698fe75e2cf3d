package dev.slipway.release.rollback.loss;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A table as the catalogs of one state describe it.
///
/// @param id its OID
/// @param kind what `pg_class.relkind` says: `r`, `p` or `f`
/// @param bytes its size on disk, partitions included, without indexes
/// @param uniques columns no two rows have alike, the primary key first
record TableShape(
        long id,
        TableName name,
        char kind,
        boolean unlogged,
        boolean readable,
        long bytes,
        List<Column> columns,
        List<Unique> uniques) {
    TableShape {
        columns = List.copyOf(columns);
        uniques = List.copyOf(uniques);
    }

    /// A column.
    ///
    /// @param type as SQL writes it, with its limits
    /// @param base its type without limits, domains resolved
    /// @param generated whether Postgres computes it
    /// @param always whether it is GENERATED ALWAYS AS IDENTITY
    record Column(String name, String type, String base, boolean generated, boolean always) {
        String sql() {
            return TableName.quote(name);
        }
    }

    /// Columns no two rows have alike.
    ///
    /// @param full whether none of them can be NULL, so that they tell all rows apart
    record Unique(List<String> columns, boolean full) {
        Unique {
            columns = List.copyOf(columns);
        }
    }

    /// Columns that tell all rows apart, the primary key first.
    List<List<String>> keys() {
        return uniques.stream().filter(Unique::full).map(Unique::columns).toList();
    }

    /// The same table without the columns that `other` lacks or computes, and without keys over them.
    TableShape within(TableShape other) {
        var common =
                columns.stream()
                        .filter(column ->
                                other.column(column.name()).filter(c -> !c.generated()).isPresent())
                        .toList();
        var names = common.stream().map(Column::name).toList();
        return new TableShape(
                id,
                name,
                kind,
                unlogged,
                readable,
                bytes,
                common,
                uniques.stream()
                        .filter(unique -> names.containsAll(unique.columns()))
                        .filter(unique ->
                                other.keys().stream()
                                        .anyMatch(key ->
                                                Set.copyOf(key)
                                                        .equals(Set.copyOf(unique.columns()))))
                        .toList());
    }

    Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /// What stands behind FROM to read its own rows, not those of tables that inherit from it.
    String from() {
        return kind == 'r' ? "only " + name.sql() : name.sql();
    }

    /// The column that tells when a row was made, by its usual names.
    Optional<Column> made() {
        return stamp(List.of("createdat", "insertedat", "created", "createdon", "occurredat"));
    }

    private Optional<Column> stamp(List<String> names) {
        return names.stream()
                .flatMap(name ->
                        columns.stream()
                                .filter(column -> isMoment(column) && plain(column).equals(name)))
                .findFirst();
    }

    private static boolean isMoment(Column column) {
        return column.base().startsWith("timestamp");
    }

    private static String plain(Column column) {
        return column.name().replace("_", "").toLowerCase(Locale.ROOT);
    }
}
