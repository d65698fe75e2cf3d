package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// What docs/cli.md promises, and the means to hold a document to it.
final class Contract {
    private static final Path PAGE = Path.of("docs/cli.md");
    private static final Pattern ROW =
            Pattern.compile("\\| ([a-z -]+) \\| ((?:`[A-Za-z_-]+` ?)+)\\|");
    private static final Pattern WORD = Pattern.compile("`([A-Za-z_-]+)`");

    private Contract() {}

    /// The table of enumerations.
    static Map<String, Set<String>> enumerations() {
        var words = new LinkedHashMap<String, Set<String>>();
        var part = page().split("\n## Enumerations\n")[1].split("\n## ")[0];
        var rows = ROW.matcher(part);
        while (rows.find()) {
            words.put(
                    rows.group(1),
                    WORD.matcher(rows.group(2))
                            .results()
                            .map(r -> r.group(1))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        return words;
    }

    /// The whole page.
    static String page() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Holds `node` to exactly these keys; one that ends in `?` may be absent.
    static void keys(JsonNode node, String... wanted) {
        var required = java.util.Arrays.stream(wanted).filter(k -> !k.endsWith("?")).toList();
        var allowed = java.util.Arrays.stream(wanted).map(k -> k.replace("?", "")).toList();
        assertThat(node.isObject()).as("object: %s", node).isTrue();
        assertThat(node.propertyNames()).containsAll(required);
        assertThat(allowed).containsAll(node.propertyNames());
    }

    /// Holds a value to an enumeration of the page.
    static void word(JsonNode value, String enumeration) {
        assertThat(value.isString()).as("%s: %s", enumeration, value).isTrue();
        assertThat(enumerations().get(enumeration)).as(enumeration).contains(value.stringValue());
    }

    static void strings(JsonNode node, String... names) {
        for (var name : names) {
            assertThat(node.path(name).isString()).as("%s in %s", name, node).isTrue();
        }
    }

    static void stringsOrNull(JsonNode node, String... names) {
        for (var name : names) {
            assertThat(node.path(name).isString() || node.path(name).isNull())
                    .as("%s in %s", name, node)
                    .isTrue();
        }
    }

    static void integers(JsonNode node, String... names) {
        for (var name : names) {
            assertThat(node.path(name).isIntegralNumber()).as("%s in %s", name, node).isTrue();
        }
    }

    static void time(JsonNode value) {
        assertThat(value.stringValue()).endsWith("Z");
        assertThat(Instant.parse(value.stringValue())).isNotNull();
    }

    static void listOfStrings(JsonNode value) {
        assertThat(value.isArray()).as("array: %s", value).isTrue();
        each(value).forEach(item -> assertThat(item.isString()).isTrue());
    }

    static List<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
