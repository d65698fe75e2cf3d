package dev.slipway.sandbox.world;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A table of an application, as the catalog describes it.
///
/// @param name quoted, with its schema unless that is `public`
/// @param columns in the order in which they were created
record DrizzleTable(String name, List<Column> columns) {
    /// Numbers and texts of made-up rows; far from what real rows hold, so that nothing collides.
    private static final String TEXT = "slipway";

    private static final String CATALOG =
            """
            select n.nspname as schema, c.relname as relation, a.attname as name,
                   t.typcategory::text as category, t.typname as type,
                   case when t.typname in ('varchar', 'bpchar') and a.atttypmod > 4
                        then a.atttypmod - 4 else 0 end as length,
                   a.attgenerated <> '' as generated,
                   (not a.attnotnull or a.atthasdef or a.attidentity <> '')
                     and (a.attidentity = 'a' or not exists (
                       select from pg_constraint f where f.contype = 'f'
                          and f.confrelid = c.oid and a.attnum = any (f.confkey))) as omittable,
                   (select e.enumlabel from pg_enum e where e.enumtypid = t.oid
                     order by e.enumsortorder limit 1) as label
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
              join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
              join pg_type t on t.oid = a.atttypid
             where c.relkind in ('r', 'p') and not c.relispartition
               and n.nspname not in ('information_schema', 'drizzle', 'slipway', 'neon')
               and n.nspname not like 'pg\\_%'
               and not exists (select from pg_depend d
                                where d.classid = 'pg_class'::regclass and d.objid = c.oid
                                  and d.deptype = 'e')
             order by n.nspname, c.relname, a.attnum
            """;

    private static final String FOREIGN_KEYS =
            """
            select n.nspname as schema, c.relname as relation,
                   m.nspname as other_schema, o.relname as other_relation
              from pg_constraint f
              join pg_class c on c.oid = f.conrelid join pg_namespace n on n.oid = c.relnamespace
              join pg_class o on o.oid = f.confrelid join pg_namespace m on m.oid = o.relnamespace
             where f.contype = 'f' and f.conrelid <> f.confrelid
            """;

    DrizzleTable {
        columns = List.copyOf(columns);
    }

    /// One column.
    ///
    /// @param value a literal its type accepts
    /// @param omittable whether an insert may leave it to a default or to null; false for a column
    ///     other tables point to, so that they can
    /// @param generated whether an insert must not name it
    record Column(String name, String value, boolean omittable, boolean generated) {}

    /// Every table of the application, tables that are pointed to first, else by name.
    static List<DrizzleTable> in(Connection connection) throws SQLException {
        var columns = new LinkedHashMap<String, List<Column>>();
        var targets = new TreeMap<String, Set<String>>();
        try (var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery(CATALOG)) {
                while (rows.next()) {
                    columns.computeIfAbsent(
                                    name(rows.getString("schema"), rows.getString("relation")),
                                    _ -> new ArrayList<>())
                            .add(column(rows));
                }
            }
            try (var rows = statement.executeQuery(FOREIGN_KEYS)) {
                while (rows.next()) {
                    targets.computeIfAbsent(
                                    name(rows.getString("schema"), rows.getString("relation")),
                                    _ -> new TreeSet<>())
                            .add(
                                    name(
                                            rows.getString("other_schema"),
                                            rows.getString("other_relation")));
                }
            }
        }
        var sorted = new LinkedHashMap<String, DrizzleTable>();
        var visited = new TreeSet<String>();
        columns.keySet().forEach(table -> visit(table, columns, targets, visited, sorted));
        return List.copyOf(sorted.values());
    }

    private static void visit(
            String table,
            Map<String, List<Column>> columns,
            Map<String, Set<String>> targets,
            Set<String> visited,
            Map<String, DrizzleTable> sorted) {
        if (!columns.containsKey(table) || !visited.add(table)) {
            return;
        }
        targets.getOrDefault(table, Set.of())
                .forEach(target -> visit(target, columns, targets, visited, sorted));
        sorted.put(table, new DrizzleTable(table, columns.getOrDefault(table, List.of())));
    }

    private static Column column(ResultSet row) throws SQLException {
        return new Column(
                row.getString("name"),
                literal(
                        row.getString("category"),
                        row.getString("type"),
                        row.getInt("length"),
                        Optional.ofNullable(row.getString("label"))),
                row.getBoolean("omittable"),
                row.getBoolean("generated"));
    }

    /// A value of a type, chosen by the category Postgres puts it in. It stays an untyped literal,
    /// so that the column decides.
    static String literal(String category, String type, int length, Optional<String> label) {
        return switch (category) {
            case "A" -> "'{}'";
            case "B" -> "'false'";
            case "D" -> type.matches("time(tz)?") ? "'00:00'" : "'2026-01-01'";
            case "E" -> label.map(l -> "'" + l.replace("'", "''") + "'").orElse("null");
            case "I" -> "'0.0.0.0'";
            case "N" ->
                    switch (type) {
                        case "int4", "int8" -> "'2000000001'";
                        case "int2" -> "'32001'";
                        default -> "'1'";
                    };
            case "R" -> "'empty'";
            case "S" ->
                    "'"
                            + (length > 0 && length < TEXT.length()
                                    ? TEXT.substring(0, length)
                                    : TEXT)
                            + "'";
            case "T" -> "'0'";
            default ->
                    switch (type) {
                        case "uuid" -> "'ffffffff-ffff-4fff-bfff-ffffffffffff'";
                        case "json", "jsonb" -> "'{}'";
                        case "bytea" -> "'\\x'";
                        case "tsvector" -> "'a'";
                        default -> "null";
                    };
        };
    }

    private static String name(String schema, String relation) {
        return (schema.equals("public") ? "" : quote(schema) + ".") + quote(relation);
    }

    static String quote(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
