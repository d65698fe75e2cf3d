package dev.slipway.sandbox.server;

import static dev.slipway.sandbox.server.CloudflareEnvelope.fields;
import static dev.slipway.sandbox.server.CloudflareEnvelope.ok;

import dev.slipway.sandbox.server.LoopbackServer.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Uploading static files: a session says which are new, an upload session by session token brings
/// them. The sandbox serves none of them, so their contents are counted and dropped.
final class CloudflareAssets {
    private static final int BUCKET = 50;
    private final Map<String, Set<String>> sessions = new ConcurrentHashMap<>();
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    List<Route> routes() {
        return List.of(
                new Route("POST", CloudflareScripts.SCRIPT + "/assets-upload-session", this::open),
                new Route("POST", CloudflareScripts.WORKERS + "/assets/upload", this::upload));
    }

    /// Whether `token` is that of a session.
    boolean owns(String token) {
        return sessions.containsKey(token);
    }

    private Response open(Request request) {
        var missing = new LinkedHashSet<String>();
        CloudflareEnvelope.body(request)
                .path("manifest")
                .values()
                .forEach(n -> missing.add(n.path("hash").asString("")));
        missing.removeAll(known);
        var buckets = new ArrayList<List<String>>();
        var all = List.copyOf(missing);
        for (int i = 0; i < all.size(); i += BUCKET) {
            buckets.add(all.subList(i, Math.min(all.size(), i + BUCKET)));
        }
        return ok(fields("jwt", session(missing), "buckets", buckets));
    }

    private Response upload(Request request) {
        var session = request.token().orElse("");
        var left = new HashSet<>(sessions.getOrDefault(session, Set.of()));
        for (var part : CloudflareUploads.form(request).parts()) {
            left.remove(part.name());
            known.add(part.name());
        }
        sessions.put(session, left);
        return ok(201, left.isEmpty() ? fields("jwt", session(Set.of())) : fields("jwt", null));
    }

    private String session(Set<String> missing) {
        var token = "assets." + UUID.randomUUID();
        sessions.put(token, Set.copyOf(missing));
        return token;
    }
}
