package dev.slipway.pipeline;

import dev.slipway.domain.SourceTree;
import dev.slipway.domain.Toml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/// What a wrangler file gives a script beside its code. None of it is part of a version, so none of
/// it moves gradually (Cloudflare: triggers are not versioned, and a version with a new Durable
/// Object migration cannot be uploaded without being deployed).
///
/// @param file path of the wrangler file
/// @param triggers by what they are called for people, such as `cron triggers`, what is set
/// @param migrations tags of its Durable Object migrations, oldest first
public record WorkerConfig(
        String file, Map<String, List<String>> triggers, List<String> migrations) {
    private static final Pattern FILE = Pattern.compile("(?:.*/)?wrangler\\.(?:toml|jsonc|json)");
    private static final JsonMapper JSONC =
            JsonMapper.builder()
                    .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                    .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                    .build();

    public WorkerConfig {
        triggers = Map.copyOf(triggers);
        migrations = List.copyOf(migrations);
    }

    /// The configurations of a tree. A file has one of its top level and one of each environment.
    ///
    /// @param scripts what a script is given, by its name
    /// @param unreadable one sentence for each file that cannot be read; any of them may be about any
    ///     script that is not in `scripts`
    public record All(Map<String, WorkerConfig> scripts, List<String> unreadable) {
        public All {
            scripts = Map.copyOf(scripts);
            unreadable = List.copyOf(unreadable);
        }

        /// What `script` is given, when a file names it.
        public Optional<WorkerConfig> of(String script) {
            return Optional.ofNullable(scripts.get(script));
        }
    }

    /// Reads the wrangler files of `tree`.
    public static All all(SourceTree tree) {
        var found = new LinkedHashMap<String, WorkerConfig>();
        var unreadable = new ArrayList<String>();
        for (var path : tree.files("")) {
            if (FILE.matcher(path).matches() && !path.contains("node_modules/")) {
                var text = new String(tree.file(path).orElseThrow(), StandardCharsets.UTF_8);
                try {
                    collect(path, parse(path, text), found);
                } catch (JacksonException e) {
                    unreadable.add(path + " cannot be read: " + e.getOriginalMessage());
                } catch (IllegalArgumentException e) {
                    unreadable.add(path + " cannot be read: " + e.getMessage());
                }
            }
        }
        return new All(found, unreadable);
    }

    private static Map<?, ?> parse(String path, String text) {
        return path.endsWith(".toml") ? Toml.parse(text) : JSONC.readValue(text, Map.class);
    }

    private static void collect(String path, Map<?, ?> file, Map<String, WorkerConfig> found) {
        if (!(file.get("name") instanceof String name)) {
            return;
        }
        found.putIfAbsent(name, of(path, file, file));
        map(file.get("env"))
                .forEach((env, value) -> {
                    var section = map(value);
                    var script = section.get("name") instanceof String own ? own : name + "-" + env;
                    found.putIfAbsent(script, of(path, file, section));
                });
    }

    /// An environment inherits what it does not say itself, but for queues (wrangler's rule).
    private static WorkerConfig of(String path, Map<?, ?> top, Map<?, ?> section) {
        var triggers = new LinkedHashMap<String, List<String>>();
        triggers.put("cron triggers", texts(map(inherited("triggers", top, section)).get("crons")));
        var routed = section.containsKey("route") || section.containsKey("routes") ? section : top;
        triggers.put(
                "routes",
                Stream.concat(Stream.ofNullable(routed.get("route")), items(routed.get("routes")))
                        .map(r -> r instanceof Map<?, ?> m ? m.get("pattern") : r)
                        .map(String::valueOf)
                        .sorted()
                        .toList());
        triggers.put(
                "queue consumers",
                items(map(section.get("queues")).get("consumers"))
                        .map(c -> String.valueOf(map(c).get("queue")))
                        .sorted()
                        .toList());
        return new WorkerConfig(
                path,
                triggers,
                items(inherited("migrations", top, section))
                        .map(m -> String.valueOf(map(m).get("tag")))
                        .toList());
    }

    private static @Nullable Object inherited(String key, Map<?, ?> top, Map<?, ?> section) {
        return section.containsKey(key) ? section.get(key) : top.get(key);
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static Stream<?> items(@Nullable Object value) {
        return value instanceof List<?> list ? list.stream() : Stream.of();
    }

    private static List<String> texts(@Nullable Object value) {
        return items(value).map(String::valueOf).sorted().toList();
    }

    /// The triggers that differ from those of `before`, one phrase each:
    /// `cron triggers (0 3 * * * instead of none)`.
    public List<String> changedTriggers(Optional<WorkerConfig> before) {
        var changed = new ArrayList<String>();
        triggers.forEach((kind, now) -> {
            var was = before.map(b -> b.triggers().getOrDefault(kind, List.of())).orElse(List.of());
            if (!now.equals(was)) {
                changed.add(kind + " (" + words(now) + " instead of " + words(was) + ")");
            }
        });
        return changed.stream().sorted().toList();
    }

    /// The Durable Object migrations that `before` has not.
    public List<String> newMigrations(Optional<WorkerConfig> before) {
        return migrations.stream()
                .filter(tag -> !before.map(b -> b.migrations().contains(tag)).orElse(false))
                .toList();
    }

    private static String words(List<String> all) {
        return all.isEmpty() ? "none" : String.join(", ", all);
    }
}
