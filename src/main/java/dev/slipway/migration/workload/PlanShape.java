package dev.slipway.migration.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What matters of the plan the server made for a statement without knowing its values.
///
/// @param cost the planner's total cost, in its own unit
/// @param accesses how each table is reached: `Index Scan users_email_key` and so on, by table
/// @param inserted what an INSERT writes into each physical column of its table, in order
/// @param target the table an INSERT writes
/// @param bound which column a parameter is written to or compared with, by the parameter's number
record PlanShape(
        double cost,
        Map<String, List<String>> accesses,
        List<String> inserted,
        Optional<Table> target,
        Map<Integer, Bound> bound) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final java.util.regex.Pattern COMPARED =
            java.util.regex.Pattern.compile(
                    "\\(?(?:(\"?\\w+\"?)\\.)?\"?(\\w+)\"?\\)?(?:::[a-z ]+)? = \\(?\\$(\\d+)");
    private static final java.util.regex.Pattern PARAMETER =
            java.util.regex.Pattern.compile("\\(?\\$(\\d+)\\)?(?:::.*)?");

    /// A table by schema and name.
    record Table(String schema, String name) {}

    /// A column of a table.
    ///
    /// @param number of the physical column, from one; 0 when it is known by name only
    record Bound(Table table, String column, int number, boolean written) {}

    /// Reads the answer of `EXPLAIN (VERBOSE, FORMAT JSON)`.
    static PlanShape of(String json) {
        var shape = new Reading();
        var root = JSON.readTree(json).path(0).path("Plan");
        shape.walk(root);
        return new PlanShape(
                root.path("Total Cost").asDouble(0),
                shape.accesses,
                shape.inserted,
                shape.target,
                shape.bound);
    }

    /// Whether a way to a table that was there before is gone.
    boolean lost(PlanShape before) {
        return before.accesses.entrySet().stream()
                .anyMatch(entry ->
                        entry.getValue().stream()
                                .anyMatch(way ->
                                        way.contains("Index")
                                                && !accesses.getOrDefault(entry.getKey(), List.of())
                                                        .contains(way)));
    }

    private static final class Reading {
        private final Map<String, List<String>> accesses = new TreeMap<>();
        private final Map<Integer, Bound> bound = new TreeMap<>();
        private List<String> inserted = List.of();
        private Optional<Table> target = Optional.empty();

        void walk(JsonNode node) {
            var type = node.path("Node Type").asString("");
            var relation = node.path("Relation Name").asString("");
            if (type.equals("ModifyTable")
                    && node.path("Operation").asString("").equals("Insert")) {
                var table = table(node);
                target = Optional.of(table);
                var output = new ArrayList<String>();
                node.path("Plans")
                        .path(0)
                        .path("Output")
                        .forEach(each -> output.add(each.asString("")));
                inserted = List.copyOf(output);
                for (int i = 0; i < output.size(); i++) {
                    var parameter = PARAMETER.matcher(output.get(i));
                    if (parameter.matches()) {
                        bound.put(
                                Integer.parseInt(parameter.group(1)),
                                new Bound(table, "", i + 1, true));
                    }
                }
            } else if (!relation.isEmpty() && !type.equals("ModifyTable")) {
                var index = node.path("Index Name").asString("");
                accesses.computeIfAbsent(relation, _ -> new ArrayList<>())
                        .add(index.isEmpty() ? type : type + " " + index);
                compared(node);
            } else if (type.equals("Bitmap Index Scan")) {
                accesses.computeIfAbsent("", _ -> new ArrayList<>())
                        .add(type + " " + node.path("Index Name").asString(""));
            }
            node.path("Plans").forEach(this::walk);
        }

        private void compared(JsonNode node) {
            for (var condition : List.of("Index Cond", "Filter", "Recheck Cond")) {
                var matcher = COMPARED.matcher(node.path(condition).asString(""));
                while (matcher.find()) {
                    bound.putIfAbsent(
                            Integer.parseInt(matcher.group(3)),
                            new Bound(table(node), matcher.group(2), 0, false));
                }
            }
        }

        private static Table table(JsonNode node) {
            return new Table(
                    node.path("Schema").asString("public"),
                    node.path("Relation Name").asString(""));
        }
    }
}
