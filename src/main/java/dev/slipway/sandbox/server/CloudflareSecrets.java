package dev.slipway.sandbox.server;

import static dev.slipway.sandbox.server.CloudflareEnvelope.fields;
import static dev.slipway.sandbox.server.CloudflareEnvelope.ok;
import static dev.slipway.sandbox.server.CloudflareScripts.SCRIPT;
import static dev.slipway.sandbox.server.CloudflareScripts.WORKERS;

import dev.slipway.sandbox.server.LoopbackServer.Route;
import dev.slipway.sandbox.world.CloudflareRefusal;
import dev.slipway.sandbox.world.CloudflareWorld;
import dev.slipway.sandbox.world.WorkerBinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The API of secrets. Values go in and never come out.
final class CloudflareSecrets {
    private final CloudflareWorld world;
    private final CloudflareView view;

    CloudflareSecrets(CloudflareWorld world) {
        this.world = world;
        this.view = new CloudflareView(world.account());
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", SCRIPT + "/secrets", r -> ok(secrets(r))),
                new Route("PUT", SCRIPT + "/secrets", this::put),
                new Route("GET", SCRIPT + "/secrets/{secret}", this::get),
                new Route("DELETE", SCRIPT + "/secrets/{secret}", this::delete),
                new Route("PATCH", SCRIPT + "/secrets-bulk", this::bulk),
                new Route("PATCH", WORKERS + "/workers/{name}/versions/latest", this::version));
    }

    private List<Map<String, Object>> secrets(Request request) {
        return CloudflareScripts.script(world, request).newest().stream()
                .flatMap(v -> v.secrets().stream())
                .map(WorkerBinding::shown)
                .toList();
    }

    private Response get(Request request) {
        return ok(
                secrets(request).stream()
                        .filter(s -> request.variable("secret").equals(s.get("name")))
                        .findFirst()
                        .orElseThrow(() -> new CloudflareRefusal(404, 10056, "Secret not found.")));
    }

    private Response put(Request request) {
        var body = CloudflareEnvelope.body(request);
        var name = body.path("name").asString("");
        change(request, Map.of(name, value(name, body)));
        return ok(fields("name", name, "type", "secret_text"));
    }

    private Response delete(Request request) {
        change(request, Map.of(request.variable("secret"), Optional.empty()));
        return ok(null);
    }

    private Response bulk(Request request) {
        change(request, changes(CloudflareEnvelope.body(request).path("secrets")));
        return ok(secrets(request));
    }

    /// A new version with other secrets that gets no traffic.
    private Response version(Request request) {
        var body = CloudflareEnvelope.body(request);
        var version =
                world.workers()
                        .secretVersion(
                                request.variable("name"),
                                changes(body.path("env")),
                                CloudflareUploads.annotations(body.path("annotations")),
                                CloudflareUploads.source(request));
        return ok(view.version(version));
    }

    private void change(Request request, Map<String, Optional<String>> changes) {
        world.workers()
                .secrets(request.variable("name"), changes, CloudflareUploads.source(request));
    }

    private static Map<String, Optional<String>> changes(JsonNode object) {
        var changes = new LinkedHashMap<String, Optional<String>>();
        object.properties().forEach(e -> changes.put(e.getKey(), value(e.getKey(), e.getValue())));
        return changes;
    }

    private static Optional<String> value(String name, JsonNode node) {
        if (node.isNull()) {
            return Optional.empty();
        }
        if (name.isEmpty() || !node.path("text").isString()) {
            throw new CloudflareRefusal(400, 10021, "A secret needs a name and a text.");
        }
        return Optional.of(node.path("text").asString());
    }
}
