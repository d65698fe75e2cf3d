package dev.slipway.sandbox.world;

import dev.slipway.domain.Toml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The Workers a repository deploys, as its wrangler files say.
///
/// @param workers by path of their file
/// @param notes what was left out or made up, as sentences for the person who starts the world
public record RepoWorkers(List<RepoWorker> workers, List<String> notes) {
    private static final Pattern FILE = Pattern.compile("(?:^|.*/)wrangler\\.(?:toml|jsonc|json)");
    private static final JsonMapper JSONC =
            JsonMapper.builder()
                    .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                    .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                    .build();

    public RepoWorkers {
        workers = List.copyOf(workers);
        notes = List.copyOf(notes);
    }

    /// One Worker.
    ///
    /// @param folder of its wrangler file; empty for the top of the repository
    /// @param name what people call it: the `name` of its file
    /// @param script the production script: that of `env.production` where a file has one
    /// @param label what its production hostname is called inside the zone; empty for the zone
    ///     itself
    /// @param vars plain variables of production, without an address of a database: a world never
    ///     reaches one that is not its own
    public record RepoWorker(
            String folder, String name, String script, String label, Map<String, String> vars) {
        public RepoWorker {
            vars = Map.copyOf(vars);
        }
    }

    private record Read(String path, Map<String, Object> file, Optional<Map<?, ?>> production) {}

    /// Reads every wrangler file of a commit. Where some files have an environment `production`,
    /// those without one are not production's and are left out.
    ///
    /// @param repository the name a made-up Worker gets when there is no file
    public static RepoWorkers in(RepoTree tree, String repository) {
        var notes = new ArrayList<String>();
        var read = new ArrayList<Read>();
        for (var path : tree.paths()) {
            if (FILE.matcher(path).matches() && !path.contains("node_modules/")) {
                try {
                    var file = parse(path, tree.text(path).orElse(""));
                    if (file.get("name") instanceof String) {
                        read.add(new Read(path, file, production(file)));
                    }
                } catch (JacksonException e) {
                    notes.add(unreadable(path, e.getOriginalMessage()));
                } catch (IllegalArgumentException e) {
                    notes.add(unreadable(path, String.valueOf(e.getMessage())));
                }
            }
        }
        var deployed = read.stream().anyMatch(r -> r.production().isPresent());
        var workers = new LinkedHashMap<String, RepoWorker>();
        for (var r : read) {
            if (deployed && r.production().isEmpty()) {
                notes.add(
                        r.path()
                                + " has no environment \"production\" while others have one; its"
                                + " Worker is left out.");
            } else if (workers.putIfAbsent(name(r), worker(r)) != null) {
                notes.add(r.path() + " names the Worker \"" + name(r) + "\" again; left out.");
            } else if (vars(r).containsKey(Scene.DATABASE_URL)) {
                notes.add(
                        r.path()
                                + " sets "
                                + Scene.DATABASE_URL
                                + "; the Worker uses the sandbox's database instead.");
            }
        }
        if (workers.isEmpty()) {
            var made = slug(repository);
            notes.add(
                    "The repository has no wrangler file that names a Worker, so the sandbox made"
                            + " one up: \""
                            + made
                            + "\".");
            workers.put(made, new RepoWorker("", made, made, "", Map.of()));
        }
        return new RepoWorkers(distinctLabels(List.copyOf(workers.values())), notes);
    }

    private static RepoWorker worker(Read read) {
        Map<?, ?> production = read.production().orElse(read.file());
        var name = name(read);
        var script =
                production.get("name") instanceof String given
                        ? given
                        : read.production().isPresent() ? name + "-production" : name;
        var vars = vars(read);
        vars.remove(Scene.DATABASE_URL);
        var folder = read.path().substring(0, Math.max(0, read.path().lastIndexOf('/')));
        return new RepoWorker(folder, name, slug(script), label(production).orElse(name), vars);
    }

    private static Map<String, String> vars(Read read) {
        var vars = new LinkedHashMap<String, String>();
        map(read.production().orElse(read.file()).get("vars"))
                .forEach((k, v) -> vars.put(String.valueOf(k), String.valueOf(v)));
        return vars;
    }

    private static String name(Read read) {
        return slug(String.valueOf(read.file().get("name")));
    }

    /// The first label of the first hostname without a wildcard; empty text when a route covers
    /// the zone itself.
    private static Optional<String> label(Map<?, ?> production) {
        var routes = new ArrayList<Object>(list(production.get("routes")));
        if (production.get("route") != null) {
            routes.add(production.get("route"));
        }
        for (var route : routes) {
            var pattern =
                    route instanceof Map<?, ?> m
                            ? String.valueOf(m.get("pattern"))
                            : String.valueOf(route);
            var host = pattern.replaceAll("^[a-z]+://", "").replaceAll("[/:].*$", "");
            if (host.contains("*") || host.isEmpty()) {
                continue;
            }
            var zone =
                    route instanceof Map<?, ?> m && m.get("zone_name") instanceof String z
                            ? z
                            : lastTwo(host);
            return Optional.of(host.equals(zone) ? "" : slug(host.substring(0, host.indexOf('.'))));
        }
        return Optional.empty();
    }

    private static String lastTwo(String host) {
        var labels = host.split("\\.", -1);
        return labels.length < 3
                ? host
                : labels[labels.length - 2] + "." + labels[labels.length - 1];
    }

    /// Two Workers may share a hostname by path at Cloudflare; here each has its own.
    private static List<RepoWorker> distinctLabels(List<RepoWorker> workers) {
        var taken = new ArrayList<String>();
        var result = new ArrayList<RepoWorker>();
        for (var worker : workers) {
            var label = taken.contains(worker.label()) ? worker.name() : worker.label();
            taken.add(label);
            result.add(
                    new RepoWorker(
                            worker.folder(), worker.name(), worker.script(), label, worker.vars()));
        }
        return result;
    }

    private static Optional<Map<?, ?>> production(Map<String, Object> file) {
        return map(file.get("env")).get("production") instanceof Map<?, ?> found
                ? Optional.of(found)
                : Optional.empty();
    }

    private static String unreadable(String path, String why) {
        return path + " cannot be read, so its Worker is left out: " + why + ".";
    }

    private static Map<String, Object> parse(String path, String text) {
        if (text.isBlank()) {
            return Map.of();
        }
        return path.endsWith(".toml")
                ? Toml.parse(text)
                : JSONC.readValue(text, new TypeReference<Map<String, Object>>() {});
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> m ? m : Map.of();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> l ? l : List.of();
    }

    /// What remains of a name when only `a-z`, `0-9` and `-` are allowed.
    static String slug(String name) {
        var slug =
                name.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-+|-+$", "");
        return slug.isEmpty() ? "worker" : slug;
    }
}
