package dev.slipway.sandbox.world;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What code that was generated from a schema sends to its database. Drizzle names every column in
/// each select and each insert, so code that does not fit a schema fails on its first request; the
/// statements here do the same, and leave no row behind.
public final class DrizzleStatements {
    private DrizzleStatements() {}

    /// One column as the catalog describes it.
    ///
    /// @param value a literal the type accepts
    /// @param omittable whether an insert may leave it to a default or to null
    /// @param generated whether an insert must not name it
    record Column(String name, String value, boolean omittable, boolean generated) {}

    /// One table.
    ///
    /// @param name quoted, with its schema unless that is `public`
    record Table(String name, List<Column> columns) {}

    /// The statements of code that was written against today's schema plus `migrations`. Everything
    /// happens in one transaction that is rolled back. A statement that does not even work on its
    /// own schema (a trigger refuses made-up values, say) is left out.
    ///
    /// @param connection in autocommit mode
    /// @throws SQLException when the migrations do not run, with what Postgres said
    public static List<String> derive(Connection connection, List<DrizzleMigration> migrations)
            throws SQLException {
        connection.setAutoCommit(false);
        try {
            var stop = DrizzleMigrator.applyAll(connection, migrations);
            if (stop.isPresent()) {
                var s = stop.get();
                throw new SQLException(
                        s.migration() + ", statement " + s.statement() + ": " + s.message(),
                        s.sqlState());
            }
            var working = new ArrayList<String>();
            for (var statement : of(tables(connection))) {
                if (works(connection, statement)) {
                    working.add(statement);
                }
            }
            return List.copyOf(working);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /// A select and an insert for each table.
    static List<String> of(List<Table> tables) {
        var statements = new ArrayList<String>();
        for (var table : tables) {
            statements.add(
                    "select " + names(table.columns()) + " from " + table.name() + " limit 1");
        }
        for (var table : tables) {
            statements.add(tried(insert(table)));
        }
        return statements;
    }

    private static String insert(Table table) {
        var columns = table.columns().stream().filter(c -> !c.generated()).toList();
        if (columns.isEmpty()) {
            return "insert into " + table.name() + " default values";
        }
        var values =
                columns.stream()
                        .map(c -> c.omittable() ? "default" : c.value())
                        .collect(Collectors.joining(", "));
        return "insert into " + table.name() + " (" + names(columns) + ") values (" + values + ")";
    }

    /// Runs an insert and takes it back. What only the made-up values are to blame for is no
    /// failure: a row they point to is missing (23503), they exist already (23505), they break a
    /// check (23514) or are no such value (22...).
    private static String tried(String insert) {
        return """
        do $slipway$ begin
          %s;
          raise exception using errcode = 'SW000';
        exception
          when sqlstate 'SW000' or foreign_key_violation or unique_violation
            or check_violation or data_exception then null;
        end $slipway$\
        """
                .formatted(insert);
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(c -> quote(c.name())).collect(Collectors.joining(", "));
    }

    private static boolean works(Connection connection, String sql) throws SQLException {
        var savepoint = connection.setSavepoint();
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
            return true;
        } catch (SQLException e) {
            return false;
        } finally {
            connection.rollback(savepoint);
        }
    }

    static List<Table> tables(Connection connection) throws SQLException {
        Map<String, List<Column>> tables = new LinkedHashMap<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(CATALOG)) {
            while (rows.next()) {
                var schema = rows.getString("schema");
                var table =
                        (schema.equals("public") ? "" : quote(schema) + ".")
                                + quote(rows.getString("relation"));
                var columns = tables.computeIfAbsent(table, _ -> new ArrayList<>());
                var name = rows.getString("name");
                if (name != null) {
                    columns.add(
                            new Column(
                                    name,
                                    literal(
                                            rows.getString("category"),
                                            rows.getString("type"),
                                            Optional.ofNullable(rows.getString("label"))),
                                    rows.getBoolean("omittable"),
                                    rows.getBoolean("generated")));
                }
            }
        }
        return tables.entrySet().stream()
                .map(e -> new Table(e.getKey(), List.copyOf(e.getValue())))
                .toList();
    }

    /// A value of a type, chosen by the category Postgres puts it in. It stays an untyped literal,
    /// so that the column decides.
    static String literal(String category, String type, Optional<String> label) {
        return switch (category) {
            case "A" -> "'{}'";
            case "B" -> "'false'";
            case "D" ->
                    type.startsWith("time") && !type.startsWith("timestamp")
                            ? "'00:00'"
                            : "'2026-01-01'";
            case "E" -> label.map(l -> "'" + l.replace("'", "''") + "'").orElse("null");
            case "I" -> "'0.0.0.0'";
            case "N" -> "'1'";
            case "R" -> "'empty'";
            case "S" -> "'a'";
            case "T" -> "'0'";
            default ->
                    switch (type) {
                        case "uuid" -> "'00000000-0000-0000-0000-000000000000'";
                        case "json", "jsonb" -> "'{}'";
                        case "bytea" -> "'\\x'";
                        case "tsvector" -> "'a'";
                        default -> "null";
                    };
        };
    }

    private static String quote(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static final String CATALOG =
            """
            select n.nspname as schema, c.relname as relation, a.attname as name,
                   t.typcategory::text as category, t.typname as type,
                   a.attgenerated <> '' as generated,
                   not a.attnotnull or a.atthasdef or a.attidentity <> '' as omittable,
                   (select e.enumlabel from pg_enum e where e.enumtypid = t.oid
                     order by e.enumsortorder limit 1) as label
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
              left join pg_attribute a
                on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
              left join pg_type t on t.oid = a.atttypid
             where c.relkind in ('r', 'p') and not c.relispartition
               and n.nspname not in ('information_schema', 'drizzle', 'slipway', 'neon')
               and n.nspname not like 'pg\\_%'
               and not exists (select from pg_depend d
                                where d.classid = 'pg_class'::regclass and d.objid = c.oid
                                  and d.deptype = 'e')
             order by n.nspname, c.relname, a.attnum
            """;
}
