package dev.slipway.sandbox.world;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a world of GitHub knows beside Git, as lines of JSON that are only ever appended; the last
/// line about a thing counts. A line that a kill cut short is dropped on the next opening, when the
/// file is also written anew without what was overtaken.
final class GitHubLog implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Map<Long, JsonNode>> found = new LinkedHashMap<>();
    // Not a channel: an interrupted writer would close one for everybody.
    private final OutputStream out;

    private record Line(String kind, long id, @Nullable JsonNode value) {}

    private GitHubLog(Path file) throws IOException {
        if (Files.exists(file)) {
            read(file);
            rewrite(file);
        }
        out = new FileOutputStream(file.toFile(), true);
    }

    static GitHubLog open(Path file) {
        try {
            return new GitHubLog(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox's GitHub state: " + e.getMessage(), e);
        }
    }

    private void read(Path file) throws IOException {
        var lines = Files.readString(file).split("\n", -1);
        for (int i = 0; i < lines.length - 1; i++) {
            Line line;
            try {
                line = JSON.readValue(lines[i], Line.class);
            } catch (JacksonException e) {
                throw new IOException(file + " line " + (i + 1) + " is damaged", e);
            }
            var kind = found.computeIfAbsent(line.kind(), _ -> new LinkedHashMap<>());
            if (line.value() == null || line.value().isNull()) {
                kind.remove(line.id());
            } else {
                kind.put(line.id(), line.value());
            }
        }
    }

    private void rewrite(Path file) throws IOException {
        var text = new StringBuilder();
        found.forEach((kind, values) ->
                values.forEach((id, value) -> text.append(line(kind, id, value))));
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text);
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String line(String kind, long id, @Nullable JsonNode value) {
        return JSON.writeValueAsString(new Line(kind, id, value)) + "\n";
    }

    /// What was known at the opening.
    <V> List<V> found(String kind, Class<V> type) {
        var values = new ArrayList<V>();
        for (var node : found.getOrDefault(kind, Map.of()).values()) {
            values.add(JSON.treeToValue(node, type));
        }
        return values;
    }

    /// Writes down a value, or that there is none any more.
    synchronized void append(String kind, long id, Optional<?> value) {
        JsonNode node = value.isEmpty() ? null : JSON.valueToTree(value.get());
        try {
            out.write(line(kind, id, node).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox's GitHub state: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
