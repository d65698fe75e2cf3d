package dev.slipway.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The schema editors use and the reader say the same.
class StackSchemaTest {
    private static final JsonMapper JSON = new JsonMapper();

    /// The schema's keys, `a.b[].c`, and whether each must be there.
    private final TreeMap<String, Boolean> keys = new TreeMap<>();

    StackSchemaTest() throws IOException {
        try (var in = Stack.class.getResourceAsStream("slipway.schema.json")) {
            collect("", JSON.readTree(in));
        }
    }

    private void collect(String path, JsonNode schema) {
        var required = new TreeSet<String>();
        schema.path("required").forEach(each -> required.add(each.asString()));
        for (var property : schema.path("properties").properties()) {
            var key = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
            keys.put(key, required.contains(property.getKey()));
            collect(key, property.getValue());
            collect(key + "[]", property.getValue().path("items"));
            property.getValue().path("anyOf").forEach(each -> collect(key, each));
        }
        if (schema.has("properties")) {
            assertThat(schema.path("additionalProperties").asBoolean(true)).as(path).isFalse();
        }
    }

    @Test
    void theReaderAsksForTheKeysOfTheSchema() {
        var asked = new TreeSet<String>();
        for (var text :
                List.of(
                        Examples.full(),
                        Examples.smallest() + "versions: {workflow: build.yml}\n")) {
            var report = new Report("slipway.yaml");
            StackFile.read(report, text.getBytes(StandardCharsets.UTF_8));
            asked.addAll(report.asked());
        }
        assertThat(asked).isEqualTo(new TreeSet<>(keys.keySet()));
    }

    @Test
    void whatTheSchemaRequiresTheReaderRequires() throws IOException {
        var required = new TreeSet<String>();
        for (var key : keys.keySet()) {
            if (key.startsWith("versions.")) {
                continue;
            }
            // Without its partner a preview name is refused, which the schema says by
            // dependentRequired.
            if (key.startsWith("workers[].preview")) {
                continue;
            }
            var tree = tree();
            remove(List.of(tree), key);
            try {
                Examples.read(JSON.writeValueAsString(tree));
            } catch (InputException _) {
                required.add(key);
            }
        }
        assertThat(required)
                .isEqualTo(
                        Set.copyOf(
                                keys.entrySet().stream()
                                        .filter(entry -> entry.getValue())
                                        .map(entry -> entry.getKey())
                                        .filter(key -> !key.startsWith("versions."))
                                        .toList()));
    }

    /// The full example as JSON, which is YAML, too.
    private static ObjectNode tree() {
        return (ObjectNode)
                new tools.jackson.dataformat.yaml.YAMLMapper().readTree(Examples.full());
    }

    private static void remove(List<ObjectNode> from, String key) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            from.forEach(each -> each.remove(key));
            return;
        }
        var head = key.substring(0, dot).replace("[]", "");
        var next = new ArrayList<ObjectNode>();
        for (var each : from) {
            switch (each.path(head)) {
                case ObjectNode object -> next.add(object);
                case ArrayNode array -> array.forEach(item -> next.add((ObjectNode) item));
                // Only the first Worker of the example spells out its health.
                default -> assertThat(head).isEqualTo("health");
            }
        }
        remove(next, key.substring(dot + 1));
    }
}
