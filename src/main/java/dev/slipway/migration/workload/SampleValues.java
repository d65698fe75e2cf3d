package dev.slipway.migration.workload;

import dev.slipway.migration.workload.Columns.Column;
import dev.slipway.migration.workload.PlanShape.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Finds values with which a statement may run. They stay in memory.
///
/// @param connection sees the rows values are taken from
record SampleValues(Connection connection, Columns columns) {
    /// Values as rows have them; where a value may exist only once, and where there is no row, one of the
    /// right type.
    Map<Integer, String> like(List<String> types, PlanShape plan) throws SQLException {
        return each(
                types,
                plan,
                bound -> {
                    var column = columns.find(bound);
                    return column.isPresent() && !(bound.written() && column.get().unique())
                            ? any(connection, bound.table(), column.get().name())
                            : Optional.empty();
                });
    }

    /// Values of the right type; what refers to a row refers to one, and a row is looked up by what it
    /// has.
    Map<Integer, String> made(List<String> types, PlanShape plan) throws SQLException {
        return each(
                types,
                plan,
                bound -> {
                    var column = columns.find(bound);
                    if (column.isPresent() && !bound.written()) {
                        return any(connection, bound.table(), column.get().name());
                    }
                    var reference = column.flatMap(Column::refers);
                    return reference.isEmpty()
                            ? Optional.empty()
                            : any(connection, reference.get().table(), reference.get().column());
                });
    }

    private interface Source {
        Optional<String> of(PlanShape.Bound bound) throws SQLException;
    }

    private Map<Integer, String> each(List<String> types, PlanShape plan, Source source)
            throws SQLException {
        var values = new HashMap<Integer, String>();
        for (int i = 1; i <= types.size(); i++) {
            var bound = Optional.ofNullable(plan.bound().get(i));
            var taken = bound.isPresent() ? source.of(bound.get()) : Optional.<String>empty();
            int number = i;
            taken.or(() -> made(types, bound.flatMap(columns::find), number))
                    .or(() -> ofType(types.get(number - 1), number))
                    .ifPresent(text -> values.put(number, text));
        }
        return values;
    }

    private static Optional<String> made(List<String> types, Optional<Column> column, int number) {
        if (column.isEmpty()) {
            return Optional.empty();
        }
        if (column.get().label().isPresent()) {
            return column.get().label();
        }
        var value = ofType(column.get().base(), types.size() + number);
        return column.get().length() > 0
                ? value.map(
                        text -> text.substring(0, Math.min(text.length(), column.get().length())))
                : value;
    }

    /// A value of some row, when we may read one.
    private static Optional<String> any(Connection connection, Table table, String column) {
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select "
                                        + quote(column)
                                        + "::text from "
                                        + quote(table.schema())
                                        + "."
                                        + quote(table.name())
                                        + " where "
                                        + quote(column)
                                        + " is not null limit 1")) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
        } catch (SQLException _) {
            // The role may write what it may not read; another value has to do.
            return Optional.empty();
        }
    }

    private static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private static Optional<String> ofType(String type, int number) {
        if (type.endsWith("[]")) {
            return Optional.of("{}");
        }
        return Optional.ofNullable(
                switch (type) {
                    case "smallint" -> Integer.toString(32_000 + number % 700);
                    case "integer" -> Integer.toString(2_000_000_000 + number);
                    case "bigint" -> Long.toString(4_000_000_000_000L + number);
                    case "numeric", "real", "double precision", "money" -> "1";
                    case "text",
                            "character varying",
                            "character",
                            "\"char\"",
                            "name",
                            "citext",
                            "unknown" ->
                            "s" + number + UUID.randomUUID().toString().substring(0, 6);
                    case "boolean" -> "false";
                    case "uuid" -> UUID.randomUUID().toString();
                    case "timestamp without time zone", "timestamp with time zone", "date" ->
                            "2030-01-01";
                    case "time without time zone", "time with time zone" -> "12:00";
                    case "interval" -> "1 day";
                    case "json", "jsonb" -> "{}";
                    case "bytea" -> "\\x00";
                    case "inet", "cidr" -> "127.0.0.1";
                    case "oid" -> "1";
                    default -> null;
                });
    }
}
