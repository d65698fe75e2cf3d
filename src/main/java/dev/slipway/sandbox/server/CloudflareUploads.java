package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.CloudflareRefusal;
import dev.slipway.sandbox.world.WorkerBinding;
import dev.slipway.sandbox.world.WorkerUpload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads what clients send as a Worker: a form with the part `metadata` and one part per module, or
/// the SDK's form, where metadata is spread over bracketed fields and modules are called `files[]`.
final class CloudflareUploads {
    private static final Set<String> OWN =
            Set.of("main_module", "body_part", "bindings", "keep_bindings", "annotations");

    private CloudflareUploads() {}

    static WorkerUpload read(Request request) {
        var form = form(request);
        var metadata =
                form.part("metadata", Optional.empty())
                        .map(p -> CloudflareEnvelope.parse(p.text()))
                        .orElseGet(() -> CloudflareEnvelope.node(form.tree("metadata")));
        var main =
                text(metadata, "main_module")
                        .or(() -> text(metadata, "body_part"))
                        .orElseThrow(() ->
                                CloudflareRefusal.invalid(
                                        "Invalid upload: metadata names no main_module."));
        var runtime = new LinkedHashMap<>(CloudflareEnvelope.plain(metadata));
        runtime.keySet().removeAll(OWN);
        var keep = new LinkedHashSet<String>();
        metadata.path("keep_bindings").values().forEach(n -> keep.add(n.asString()));
        return new WorkerUpload(
                main,
                files(form),
                bindings(metadata.path("bindings")),
                keep,
                annotations(metadata.path("annotations")),
                runtime,
                source(request));
    }

    /// @throws CloudflareRefusal when the body is not a form
    static Multipart form(Request request) {
        try {
            return Multipart.of(request);
        } catch (IllegalArgumentException e) {
            throw CloudflareRefusal.invalid("Invalid upload: " + e.getMessage() + ".");
        }
    }

    static List<WorkerBinding> bindings(JsonNode list) {
        var bindings = new ArrayList<WorkerBinding>();
        for (var item : list.values()) {
            var fields = CloudflareEnvelope.plain(item);
            var type = fields.remove("type");
            var name = fields.remove("name");
            if (type == null || name == null) {
                throw CloudflareRefusal.invalid("A binding needs a type and a name.");
            }
            bindings.add(new WorkerBinding(type.toString(), name.toString(), fields));
        }
        return bindings;
    }

    /// @throws CloudflareRefusal when one is too long
    static Map<String, String> annotations(JsonNode given) {
        var map = new LinkedHashMap<String, String>();
        given.properties()
                .forEach(entry -> {
                    if (entry.getValue().isString()) {
                        map.put(entry.getKey(), entry.getValue().asString());
                    }
                });
        limit(map, "workers/tag", 100);
        limit(map, "workers/commit_sha", 64);
        map.computeIfPresent(
                "workers/message", (_, m) -> m.length() > 1000 ? m.substring(0, 1000) : m);
        return map;
    }

    /// What the caller says it is.
    static String source(Request request) {
        return request.header("User-Agent").filter(a -> a.startsWith("wrangler")).isPresent()
                ? "wrangler"
                : "api";
    }

    private static List<WorkerUpload.File> files(Multipart form) {
        return form.parts().stream()
                .filter(p -> p.fileName().isPresent() && !p.name().equals("metadata"))
                .map(p ->
                        new WorkerUpload.File(
                                p.fileName().orElseThrow(), p.contentType(), p.content()))
                .toList();
    }

    private static void limit(Map<String, String> annotations, String key, int most) {
        if (annotations.getOrDefault(key, "").length() > most) {
            throw CloudflareRefusal.invalid(
                    "Annotation " + key + " is longer than " + most + " bytes.");
        }
    }

    private static Optional<String> text(JsonNode node, String key) {
        return node.path(key).isString()
                ? Optional.of(node.path(key).asString())
                : Optional.empty();
    }
}
