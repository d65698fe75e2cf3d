package dev.slipway.sandbox.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a Worker version does when it is asked: the sandbox's stand-in for its JavaScript, uploaded
/// as the module `sandbox-worker.json`. All keys are optional:
///
/// ```json
/// {
///   "statements": ["select \"id\", \"email\" from \"users\" limit 1"],
///   "commit": false,
///   "latencyMs": 12,
///   "errorRate": 0.02,
///   "stands": 50,
///   "throws": "TypeError: Cannot read properties of undefined (reading 'id')",
///   "tag": "v1.4.0",
///   "health": { "path": "/healthz", "statements": ["select 1"], "failing": "queue is full",
///               "echo": false }
/// }
/// ```
///
/// @param statements whole SQL statements with literals, no `$1`, run one after the other in one
///     transaction against the version's `DATABASE_URL` that is rolled back
/// @param commit whether a request for a page commits instead; a health check never does
/// @param latencyMs how long an answer takes beyond its statements, 0 to 60,000
/// @param errorRate share of requests that are answered 500, 0 to 1; never the health check
/// @param stands how many requests of ordinary traffic a version answers before it breaks down for
///     good, health checks included; requests that choose the version do not wear it out. Empty
///     means any number
/// @param thrown `throws`: an exception at every request, health checks too (Cloudflare's error 1101)
/// @param tag what the version calls itself; without it the annotation `workers/tag`
/// @param health how the health check differs
public record WorkerBehaviour(
        List<String> statements,
        boolean commit,
        int latencyMs,
        double errorRate,
        OptionalInt stands,
        Optional<String> thrown,
        Optional<String> tag,
        Health health) {

    /// The health check.
    ///
    /// @param path where it is, `/health` unless said
    /// @param statements run instead of the version's own
    /// @param failing a reason it reports although everything works
    /// @param echo whether it says which version answers
    public record Health(
            String path,
            Optional<List<String>> statements,
            Optional<String> failing,
            boolean echo) {}

    /// A Worker without the module: a health check that looks whether the database answers.
    public static final WorkerBehaviour PLAIN =
            new WorkerBehaviour(
                    List.of(),
                    false,
                    0,
                    0,
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    new Health("/health", Optional.empty(), Optional.empty(), true));

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public WorkerBehaviour {
        statements = List.copyOf(statements);
    }

    /// The statements of a health check.
    public List<String> healthStatements() {
        return health.statements().orElse(statements);
    }

    /// Reads the module.
    ///
    /// @throws CloudflareRefusal naming the key that is wrong, as a script that does not start
    public static WorkerBehaviour parse(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException e) {
            throw wrong("is not JSON: " + e.getOriginalMessage());
        }
        known(
                root,
                "",
                Set.of(
                        "statements",
                        "commit",
                        "latencyMs",
                        "errorRate",
                        "stands",
                        "throws",
                        "tag",
                        "health"));
        var health = root.path("health");
        if (root.has("health")) {
            known(health, "health.", Set.of("path", "statements", "failing", "echo"));
        }
        return new WorkerBehaviour(
                statements(root, "").orElse(List.of()),
                flag(root, "", "commit", false),
                (int) number(root, "latencyMs", 60_000),
                number(root, "errorRate", 1),
                root.has("stands")
                        ? OptionalInt.of((int) number(root, "stands", 1_000_000))
                        : OptionalInt.empty(),
                text(root, "", "throws"),
                text(root, "", "tag"),
                new Health(
                        path(text(health, "health.", "path").orElse("/health")),
                        statements(health, "health."),
                        text(health, "health.", "failing"),
                        flag(health, "health.", "echo", true)));
    }

    private static void known(JsonNode node, String at, Set<String> keys) {
        if (!node.isObject()) {
            throw wrong(at.isEmpty() ? "must be an object" : "health must be an object");
        }
        node.propertyNames().stream()
                .filter(name -> !keys.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw wrong("has the unknown key " + at + name);
                });
    }

    private static Optional<List<String>> statements(JsonNode node, String at) {
        if (!node.has("statements")) {
            return Optional.empty();
        }
        var list = new ArrayList<String>();
        for (var item : node.path("statements").values()) {
            if (!item.isString() || item.asString().isBlank()) {
                throw wrong(at + "statements must be texts with SQL");
            }
            list.add(item.asString());
        }
        if (!node.path("statements").isArray()) {
            throw wrong(at + "statements must be a list");
        }
        return Optional.of(List.copyOf(list));
    }

    private static double number(JsonNode node, String key, double max) {
        if (!node.has(key)) {
            return 0;
        }
        var value = node.path(key);
        if (!value.isNumber() || !(value.asDouble() >= 0) || value.asDouble() > max) {
            throw wrong(key + " must be a number from 0 to " + (long) max);
        }
        return value.asDouble();
    }

    private static Optional<String> text(JsonNode node, String at, String key) {
        if (!node.has(key)) {
            return Optional.empty();
        }
        if (!node.path(key).isString()) {
            throw wrong(at + key + " must be a text");
        }
        return Optional.of(node.path(key).asString());
    }

    private static String path(String value) {
        if (!value.startsWith("/")) {
            throw wrong("health.path must begin with a slash");
        }
        return value;
    }

    private static boolean flag(JsonNode node, String at, String key, boolean otherwise) {
        if (node.has(key) && !node.path(key).isBoolean()) {
            throw wrong(at + key + " must be true or false");
        }
        return node.path(key).asBoolean(otherwise);
    }

    private static CloudflareRefusal wrong(String what) {
        return CloudflareRefusal.invalid("Uncaught Error: " + WorkerModule.BEHAVIOUR + " " + what);
    }
}
