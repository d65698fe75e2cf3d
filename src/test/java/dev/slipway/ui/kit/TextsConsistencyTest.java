package dev.slipway.ui.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every word a screen asks for exists, and every word that exists is asked for.
class TextsConsistencyTest {
    private static final Path RESOURCES = Path.of("src/main/resources/dev/slipway/ui");
    private static final Path SOURCES = Path.of("src/main/java/dev/slipway/ui");
    private static final Pattern IN_FXML = Pattern.compile("\"%([a-z0-9.-]+)\"");
    private static final Pattern IN_JAVA = Pattern.compile("\"([a-z]+(?:\\.[a-z0-9-]+)+)\"");

    static List<String> features() throws IOException {
        try (Stream<Path> all = Files.walk(RESOURCES)) {
            return all.filter(f -> f.endsWith("texts.properties"))
                    .map(f -> RESOURCES.relativize(f.getParent()).toString())
                    .toList();
        }
    }

    @Test
    void thereAreFeaturesWithWords() throws IOException {
        assertThat(features()).contains("shell", "logs");
    }

    @ParameterizedTest
    @MethodSource("features")
    void noKeyIsMissingAndNoneIsDead(String feature) throws IOException {
        var words = new Properties();
        try (Reader in =
                Files.newBufferedReader(RESOURCES.resolve(feature).resolve("texts.properties"))) {
            words.load(in);
        }
        var fxml = found(RESOURCES.resolve(feature), ".fxml", IN_FXML);
        var java = found(SOURCES.resolve(feature), ".java", IN_JAVA);
        var own = new TreeSet<>(words.stringPropertyNames());
        var prefix = own.first().substring(0, own.first().indexOf('.') + 1);

        assertThat(own).as("keys of %s asked for in FXML", feature).containsAll(fxml);
        var asked = new TreeSet<>(fxml);
        java.stream()
                .filter(key -> key.startsWith(prefix) && !key.endsWith(".css"))
                .forEach(asked::add);
        assertThat(own).as("keys of %s: missing or dead", feature).isEqualTo(asked);
    }

    private static List<String> found(Path folder, String ending, Pattern pattern)
            throws IOException {
        var keys = new ArrayList<String>();
        try (Stream<Path> files = Files.list(folder)) {
            for (var file : files.filter(f -> f.toString().endsWith(ending)).toList()) {
                pattern.matcher(Files.readString(file))
                        .results()
                        .forEach(m -> keys.add(m.group(1)));
            }
        }
        return keys;
    }
}
