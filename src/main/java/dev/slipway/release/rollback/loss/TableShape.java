package dev.slipway.release.rollback.loss;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A table as the catalogs of one state describe it.
///
/// @param id its OID
/// @param kind what `pg_class.relkind` says: `r`, `p` or `f`
/// @param bytes its size on disk, partitions included, without indexes
/// @param keys columns that tell rows apart, the primary key first
record TableShape(
        long id,
        TableName name,
        char kind,
        boolean unlogged,
        boolean readable,
        long bytes,
        List<Column> columns,
        List<List<String>> keys) {
    TableShape {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
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

    /// The column that tells when a row was last written, by its usual names.
    Optional<Column> written() {
        return stamp(List.of("updatedat", "modifiedat", "changedat", "updated", "updatedon"));
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
