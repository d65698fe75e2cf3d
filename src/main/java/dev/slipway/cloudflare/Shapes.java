package dev.slipway.cloudflare;

import dev.slipway.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads Cloudflare's answers.
final class Shapes {
    private Shapes() {}

    static Script script(Json json) {
        return new Script(
                json.text("id"),
                json.someText("etag").orElse(""),
                json.time("created_on"),
                json.time("modified_on"),
                json.someText("last_deployed_from"),
                json.texts("tags"),
                json.flag("has_assets", false));
    }

    static Version version(Json json) {
        var metadata = json.get("metadata");
        var annotations = json.find("annotations");
        return new Version(
                json.text("id"),
                json.integer("number"),
                metadata.time("created_on"),
                metadata.someText("author_email"),
                metadata.someText("source").orElse("unknown"),
                annotations.flatMap(a -> a.someText("workers/commit_sha")),
                annotations.flatMap(a -> a.someText("workers/tag")),
                annotations.flatMap(a -> a.someText("workers/message")),
                annotations.flatMap(a -> a.someText("workers/triggered_by")));
    }

    static VersionDetail versionDetail(Json json) {
        var resources = json.get("resources");
        return new VersionDetail(
                version(json),
                resources.listOrNone("bindings").stream().map(Shapes::binding).toList(),
                resources.find("script_runtime").flatMap(r -> r.someText("compatibility_date")),
                resources
                        .find("script_runtime")
                        .map(r -> r.texts("compatibility_flags"))
                        .orElse(List.of()),
                resources
                        .find("script_runtime")
                        .flatMap(r -> r.find("limits"))
                        .map(Shapes::limits)
                        .orElse(Map.of()),
                resources.find("script").flatMap(s -> s.someText("placement_mode")));
    }

    private static Map<String, Long> limits(Json json) {
        var limits = new LinkedHashMap<String, Long>();
        json.members()
                .keySet()
                .forEach(
                        name -> json.maybeNumber(name).ifPresent(value -> limits.put(name, value)));
        return limits;
    }

    private static VersionDetail.Binding binding(Json json) {
        var type = json.text("type");
        return new VersionDetail.Binding(
                json.text("name"),
                type,
                type.equals("plain_text") ? json.maybeText("text") : Optional.empty(),
                Resource.Kind.of(type)
                        .flatMap(kind -> resourceId(kind, json).map(id -> new Resource(kind, id))));
    }

    private static Optional<String> resourceId(Resource.Kind kind, Json json) {
        return switch (kind) {
            case KV_NAMESPACE -> json.someText("namespace_id");
            case R2_BUCKET -> json.someText("bucket_name");
            case D1 -> json.someText("id").or(() -> json.someText("database_id"));
            case QUEUE -> json.someText("queue_name");
            case HYPERDRIVE -> json.someText("id");
            case SERVICE -> json.someText("service");
        };
    }

    static Deployment deployment(Json json) {
        return new Deployment(
                json.text("id"),
                json.time("created_on"),
                json.someText("author_email"),
                json.someText("source").orElse("unknown"),
                json.find("annotations").flatMap(a -> a.someText("workers/message")),
                json.list("versions").stream().map(Shapes::share).toList());
    }

    private static Share share(Json json) {
        double percent = json.decimal("percentage");
        if (!(percent >= 0 && percent <= 100)) {
            throw new Json.Unreadable("a percentage is not between 0 and 100");
        }
        return new Share(json.text("version_id"), percent);
    }

    static Zone zone(Json json) {
        return new Zone(
                json.text("id"),
                json.text("name"),
                json.text("status"),
                json.get("account").text("id"));
    }

    static DnsRecord dnsRecord(Json json) {
        return new DnsRecord(
                json.text("id"),
                json.text("type"),
                json.text("name"),
                json.someText("content").orElse(""),
                json.flag("proxied", false),
                (int) json.maybeNumber("ttl").orElse(1),
                json.someText("comment"),
                json.texts("tags"),
                json.time("created_on"),
                json.time("modified_on"));
    }

    static CustomDomain customDomain(Json json) {
        return new CustomDomain(
                json.text("id"), json.text("hostname"), json.text("service"), json.text("zone_id"));
    }

    static Route route(Json json) {
        return new Route(json.text("id"), json.text("pattern"), json.someText("script"));
    }

    static TokenStatus tokenStatus(Json json) {
        return new TokenStatus(
                json.text("id"),
                json.text("status"),
                json.maybeTime("expires_on"),
                json.maybeTime("not_before"));
    }

    static Optional<String> subdomain(Json json) {
        return json.someText("subdomain");
    }

    static List<Json> items(Json result) {
        return result.list("items");
    }
}
