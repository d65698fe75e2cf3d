package dev.slipway.release.rollback.loss;

import dev.slipway.migration.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Tables of every kind with rows in them, and a book of what they hold that does not come from Postgres.
/// What a column holds is drawn by number: other numbers are other values.
final class RandomTables {
    /// What the tables need.
    private static final String TYPES =
            """
            create schema "other Place";
            create type mood as enum (%s);
            create type pair as (a int, b text);
            create domain positive as int check (value >= 0);
            """
                    .formatted(
                            IntStream.range(0, 40)
                                    .mapToObj(i -> "'m" + (i * 7 % 40) + "'")
                                    .collect(Collectors.joining(", ")));

    private static final List<List<String>> KEYS =
            List.of(
                    List.of("int"),
                    List.of("bigint"),
                    List.of("text"),
                    List.of("uuid"),
                    List.of("timestamptz"),
                    List.of("numeric"),
                    List.of("bytea"),
                    List.of("char(12)"),
                    List.of("mood", "int"),
                    List.of("int", "text", "date"));
    private static final List<String> COLUMNS =
            List.of(
                    "int",
                    "text",
                    "varchar(80)",
                    "numeric(12,3)",
                    "boolean",
                    "timestamptz",
                    "timestamp",
                    "date",
                    "interval",
                    "bytea",
                    "jsonb",
                    "json",
                    "uuid",
                    "int[]",
                    "text[]",
                    "mood",
                    "mood[]",
                    "inet",
                    "varbit",
                    "double precision",
                    "real",
                    "point",
                    "xml",
                    "tsvector",
                    "pair",
                    "positive",
                    "int4range",
                    "char(6)",
                    "money");
    private static final int CHUNK = 200;

    private final Random random;
    private final List<Table> tables = new ArrayList<>();

    /// A table.
    ///
    /// @param rows the numbers of each row's columns, by the number of its key
    record Table(
            TableName name,
            List<String> keyTypes,
            List<String> types,
            boolean partitioned,
            boolean unique,
            Map<Integer, List<Integer>> rows) {
        private String column(int i) {
            return TableName.quote(i % 3 == 0 ? "Col \"" + i + "\"" : "c" + i);
        }

        String key(int i) {
            return "k" + i;
        }

        List<String> columnNames() {
            return IntStream.range(0, types.size())
                    .mapToObj(i -> column(i).replaceAll("^\"|\"$", "").replace("\"\"", "\""))
                    .toList();
        }
    }

    RandomTables(Random random) {
        this.random = random;
    }

    List<Table> tables() {
        return tables;
    }

    /// The books as they are, for later.
    Map<TableName, Map<Integer, List<Integer>>> book() {
        return tables.stream()
                .collect(Collectors.toMap(Table::name, t -> new LinkedHashMap<>(t.rows())));
    }

    /// Makes the tables in `database`, with rows.
    void make(TestDatabase.Database database, int howMany) throws SQLException {
        database.execute(TYPES);
        for (int i = 0; i < howMany; i++) {
            var table = draw(i);
            tables.add(table);
            database.execute(create(table));
            insert(database, table, IntStream.range(0, random.nextInt(900)).boxed().toList());
        }
    }

    /// Edits rows of all tables at random.
    void edit(TestDatabase.Database database) throws SQLException {
        for (var table : tables) {
            int share = random.nextInt(5);
            var fresh = new ArrayList<Integer>();
            for (int i = random.nextInt(1 + share * 20); i > 0; i--) {
                fresh.add(1000 + random.nextInt(400));
            }
            var sql = new StringBuilder();
            for (var key : List.copyOf(table.rows().keySet())) {
                if (random.nextInt(30) < share) {
                    table.rows().put(key, numbers(table));
                    sql.append(update(table, key));
                } else if (random.nextInt(40) < share) {
                    table.rows().remove(key);
                    sql.append("delete from " + table.name().sql() + where(table, key) + ";\n");
                }
            }
            if (!sql.isEmpty()) {
                database.execute(sql.toString());
            }
            insert(database, table, fresh.stream().distinct().toList());
        }
    }

    private Table draw(int number) {
        var types = new ArrayList<String>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            types.add(COLUMNS.get(random.nextInt(COLUMNS.size())));
        }
        var names = List.of("t" + number, "The \"Table\" " + number, "größe_" + number);
        return new Table(
                new TableName(
                        random.nextInt(3) == 0 ? "other Place" : "public",
                        names.get(random.nextInt(names.size()))),
                KEYS.get(random.nextInt(KEYS.size())),
                types,
                random.nextInt(4) == 0,
                random.nextInt(3) == 0,
                new LinkedHashMap<>());
    }

    private String create(Table table) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < table.keyTypes().size(); i++) {
            lines.add(table.key(i) + " " + table.keyTypes().get(i) + " not null");
        }
        for (int i = 0; i < table.types().size(); i++) {
            lines.add(table.column(i) + " " + table.types().get(i));
        }
        lines.add("computed int generated always as (1 + 1) stored");
        var keys =
                IntStream.range(0, table.keyTypes().size())
                        .mapToObj(table::key)
                        .collect(Collectors.joining(", "));
        lines.add((table.unique() ? "unique (" : "primary key (") + keys + ")");
        var name = table.name().sql();
        var sql = "create table %s (%s)".formatted(name, String.join(", ", lines));
        if (!table.partitioned()) {
            return sql;
        }
        var parts = new StringBuilder(sql + " partition by hash (" + keys + ");\n");
        for (int i = 0; i < 3; i++) {
            parts.append(
                    "create table %s partition of %s for values with (modulus 3, remainder %d);\n"
                            .formatted(
                                    new TableName(
                                                    table.name().schema(),
                                                    table.name().table() + " part " + i)
                                            .sql(),
                                    name,
                                    i));
        }
        return parts.toString();
    }

    private void insert(TestDatabase.Database database, Table table, List<Integer> keys)
            throws SQLException {
        for (int from = 0; from < keys.size(); from += CHUNK) {
            var values = new ArrayList<String>();
            for (var key : keys.subList(from, Math.min(keys.size(), from + CHUNK))) {
                if (!table.rows().containsKey(key)) {
                    table.rows().put(key, numbers(table));
                    values.add("(" + String.join(", ", literals(table, key)) + ")");
                }
            }
            if (!values.isEmpty()) {
                database.execute(
                        "insert into %s values %s"
                                .formatted(table.name().sql(), String.join(",\n", values)));
            }
        }
    }

    private static String update(Table table, int key) {
        var sets = new ArrayList<String>();
        var numbers = table.rows().getOrDefault(key, List.of());
        for (int i = 0; i < table.types().size(); i++) {
            sets.add(table.column(i) + " = " + literal(table.types().get(i), numbers.get(i)));
        }
        return "update "
                + table.name().sql()
                + " set "
                + String.join(", ", sets)
                + where(table, key)
                + ";\n";
    }

    private static String where(Table table, int key) {
        return " where "
                + IntStream.range(0, table.keyTypes().size())
                        .mapToObj(i -> table.key(i) + " = " + keyLiteral(table, i, key))
                        .collect(Collectors.joining(" and "));
    }

    private static List<String> literals(Table table, int key) {
        var literals = new ArrayList<String>();
        for (int i = 0; i < table.keyTypes().size(); i++) {
            literals.add(keyLiteral(table, i, key));
        }
        var numbers = table.rows().getOrDefault(key, List.of());
        for (int i = 0; i < table.types().size(); i++) {
            literals.add(literal(table.types().get(i), numbers.get(i)));
        }
        return literals;
    }

    /// The parts of a key of several columns take the number apart.
    private static String keyLiteral(Table table, int part, int key) {
        var type = table.keyTypes().get(part);
        if (table.keyTypes().size() == 1) {
            return literal(type, key);
        }
        return literal(type, part == 0 ? key % 40 : key / 40);
    }

    private List<Integer> numbers(Table table) {
        return table.types().stream()
                .map(type ->
                        random.nextInt(6) == 0
                                ? -1
                                : random.nextInt(
                                        type.equals("boolean")
                                                ? 2
                                                : type.startsWith("mood") ? 40 : 5000))
                .toList();
    }

    /// Value `number` of `type`; -1 is NULL.
    static String literal(String type, int number) {
        if (number < 0) {
            return "null";
        }
        return switch (type) {
            case "int", "bigint", "positive" -> "" + number;
            case "text", "varchar(80)" ->
                    number == 0
                            ? "''"
                            : "e'%s %d\\\\ ''quoted'' \\n\\t ,(){}\"NULL 🚢'"
                                    .formatted(number % 2 == 0 ? "Ä" : "a", number);
            case "numeric" -> number + "." + "50".repeat(number % 4);
            case "numeric(12,3)", "double precision", "real", "money" -> number + ".25";
            case "boolean" -> number == 0 ? "false" : "true";
            case "timestamptz" ->
                    "timestamptz '2026-01-01 00:00:00.%06d+02' + interval '%d days'"
                            .formatted(number % 1000, number);
            case "timestamp" ->
                    "timestamp '2026-03-29 01:59:00' + interval '%d minutes'".formatted(number);
            case "date" -> "date '1999-12-31' + " + number;
            case "interval" -> "interval '%d months %d seconds'".formatted(number, number);
            case "bytea" ->
                    "'\\x%s'::bytea"
                            .formatted(
                                    HexFormat.of()
                                            .formatHex(
                                                    ("\0ÿ" + number)
                                                            .getBytes(StandardCharsets.UTF_8)));
            case "jsonb", "json" ->
                    "'{\"n\": %d, \"s\": \"a\\u00e4\\n\", \"l\": [null, {}]}'".formatted(number);
            case "uuid" -> "'00000000-0000-4000-8000-%012x'".formatted(number);
            case "int[]" ->
                    number % 3 == 0
                            ? "array[%d]".formatted(number)
                            : "'{{%d,null},{2,3}}'".formatted(number);
            case "text[]" -> "array['a,b', '%d', null, '\"', '', 'null']".formatted(number);
            case "mood" -> "'m" + number + "'";
            case "mood[]" -> "'{m%d,NULL,m3}'".formatted(number);
            case "inet" ->
                    "'10.%d.%d.1%s'"
                            .formatted(number / 256, number % 256, number % 2 == 0 ? "/8" : "");
            case "varbit" -> number + "::bit(20)";
            case "point" -> "'(%d,0.1)'".formatted(number);
            case "xml" -> "'<a b=\"%d\">&amp;</a>'".formatted(number);
            case "tsvector" -> "'a:1 fat%d:2,%d'".formatted(number, number % 99 + 3);
            case "pair" ->
                    "row(%d, %s)::pair".formatted(number, number % 2 == 0 ? "null" : "'x,\"y'");
            case "int4range" -> "int4range(%d, %d)".formatted(number, 2 * number + 1);
            case "char(12)", "char(6)" ->
                    "'%s'".formatted(Integer.toString(number, 36).toUpperCase(Locale.ROOT));
            default -> throw new IllegalArgumentException(type);
        };
    }
}
