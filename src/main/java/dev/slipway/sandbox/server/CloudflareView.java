package dev.slipway.sandbox.server;

import static dev.slipway.sandbox.server.CloudflareEnvelope.fields;

import dev.slipway.sandbox.world.CloudflareAccount;
import dev.slipway.sandbox.world.CloudflareDomains;
import dev.slipway.sandbox.world.DnsRecord;
import dev.slipway.sandbox.world.WorkerBinding;
import dev.slipway.sandbox.world.WorkerDeployment;
import dev.slipway.sandbox.world.WorkerDomain;
import dev.slipway.sandbox.world.WorkerRoute;
import dev.slipway.sandbox.world.WorkerScript;
import dev.slipway.sandbox.world.WorkerVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How Cloudflare's API shows what the world holds.
final class CloudflareView {
    private final CloudflareAccount account;

    CloudflareView(CloudflareAccount account) {
        this.account = account;
    }

    Map<String, @Nullable Object> script(WorkerScript script, CloudflareDomains domains) {
        var routes =
                domains.routes().stream()
                        .filter(r -> r.script().equals(Optional.of(script.name())))
                        .map(CloudflareView::route)
                        .toList();
        return fields(
                "id", script.name(),
                "tag", script.tag(),
                "tags", script.settings().get("tags"),
                "etag", etag(script),
                "created_on", script.createdOn(),
                "modified_on", script.modifiedOn(),
                "handlers", List.of("fetch"),
                "has_assets", false,
                "has_modules", true,
                "usage_model", "standard",
                "compatibility_date", runtime(script, "compatibility_date"),
                "compatibility_flags", runtime(script, "compatibility_flags"),
                "logpush", script.settings().getOrDefault("logpush", false),
                "observability", script.settings().get("observability"),
                "placement", fields(),
                "routes", routes.isEmpty() ? null : routes,
                "tail_consumers", script.settings().get("tail_consumers"),
                "last_deployed_from", script.newest().map(WorkerVersion::source).orElse("unknown"));
    }

    /// The answer to an upload that is deployed at once: the version's id without its dashes.
    Map<String, @Nullable Object> deployed(
            WorkerScript script, WorkerVersion version, CloudflareDomains domains) {
        var map = script(script, domains);
        map.put("deployment_id", version.id().replace("-", ""));
        map.put("startup_time_ms", 8);
        map.put("entry_point", version.mainModule());
        return map;
    }

    Map<String, @Nullable Object> version(WorkerVersion version) {
        return fields(
                "id", version.id(),
                "number", version.number(),
                "metadata",
                        fields(
                                "created_on", version.createdOn(),
                                "modified_on", version.createdOn(),
                                "source", version.source(),
                                "author_id", account.userId(),
                                "author_email", version.author(),
                                "has_preview", version.hasPreview(),
                                "hasPreview", version.hasPreview()),
                "annotations", version.annotations(),
                "startup_time_ms", 8,
                "resources",
                        fields(
                                "bindings", bindings(version),
                                "script",
                                        fields(
                                                "etag", version.id().replace("-", ""),
                                                "handlers", List.of("fetch"),
                                                "last_deployed_from", version.source()),
                                "script_runtime",
                                        fields(
                                                "compatibility_date",
                                                        version.runtime().get("compatibility_date"),
                                                "compatibility_flags",
                                                        version.runtime()
                                                                .get("compatibility_flags"),
                                                "usage_model", "standard",
                                                "limits",
                                                        version.runtime()
                                                                .getOrDefault(
                                                                        "limits", fields()))));
    }

    static Map<String, @Nullable Object> deployment(WorkerDeployment deployment) {
        return fields(
                "id", deployment.id(),
                "source", deployment.source(),
                "strategy", "percentage",
                "author_email", deployment.author(),
                "created_on", deployment.createdOn(),
                "annotations", deployment.annotations(),
                "versions",
                        deployment.versions().stream()
                                .map(s ->
                                        fields(
                                                "version_id",
                                                s.version(),
                                                "percentage",
                                                share(s.percentage())))
                                .toList());
    }

    Map<String, @Nullable Object> settings(WorkerScript script) {
        var map = unversioned(script);
        map.put("bindings", script.newest().map(CloudflareView::bindings).orElseGet(List::of));
        map.put("compatibility_date", runtime(script, "compatibility_date"));
        map.put("compatibility_flags", runtime(script, "compatibility_flags"));
        map.put("usage_model", "standard");
        map.put("limits", runtime(script, "limits"));
        map.put("placement", Optional.ofNullable(runtime(script, "placement")).orElse(fields()));
        return map;
    }

    Map<String, @Nullable Object> unversioned(WorkerScript script) {
        return fields(
                "logpush", script.settings().getOrDefault("logpush", false),
                "observability", script.settings().get("observability"),
                "tags", script.settings().get("tags"),
                "tail_consumers", script.settings().get("tail_consumers"));
    }

    Map<String, @Nullable Object> subdomain(WorkerScript script) {
        return fields("enabled", script.onWorkersDev(), "previews_enabled", script.previews());
    }

    /// The Worker as the beta tree shows it.
    Map<String, @Nullable Object> worker(WorkerScript script) {
        var subdomain = subdomain(script);
        subdomain.put("preview_url_suffix", "-" + account.workersDev(script.name()));
        return fields(
                "id", script.tag(),
                "name", script.name(),
                "created_on", script.createdOn(),
                "updated_on", script.modifiedOn(),
                "deployed_on", script.active().map(WorkerDeployment::createdOn).orElse(null),
                "logpush", script.settings().getOrDefault("logpush", false),
                "observability", script.settings().get("observability"),
                "subdomain", subdomain,
                "tags", script.settings().getOrDefault("tags", List.of()),
                "tail_consumers", script.settings().getOrDefault("tail_consumers", List.of()),
                "references", fields());
    }

    /// The Worker as the undocumented tree shows it that wrangler reads.
    Map<String, @Nullable Object> service(WorkerScript script) {
        var environment =
                fields(
                        "environment", "production",
                        "created_on", script.createdOn(),
                        "modified_on", script.modifiedOn(),
                        "script",
                                fields(
                                        "id", script.name(),
                                        "tag", script.tag(),
                                        "tags", script.settings().get("tags"),
                                        "etag", etag(script),
                                        "handlers", List.of("fetch"),
                                        "last_deployed_from",
                                                script.newest()
                                                        .map(WorkerVersion::source)
                                                        .orElse("unknown"),
                                        "compatibility_date", runtime(script, "compatibility_date"),
                                        "usage_model", "standard"));
        return fields(
                "id", script.name(),
                "created_on", script.createdOn(),
                "modified_on", script.modifiedOn(),
                "default_environment", environment,
                "environments", List.of(environment));
    }

    Map<String, @Nullable Object> domain(WorkerDomain domain) {
        return fields(
                "id", domain.id(),
                "hostname", domain.hostname(),
                "service", domain.service(),
                "environment", "production",
                "zone_id", account.zoneId(),
                "zone_name", account.zoneName());
    }

    static Map<String, @Nullable Object> route(WorkerRoute route) {
        return fields(
                "id",
                route.id(),
                "pattern",
                route.pattern(),
                "script",
                route.script().orElse(null));
    }

    static Map<String, @Nullable Object> record(DnsRecord record) {
        var map =
                fields(
                        "id", record.id(),
                        "name", record.name(),
                        "type", record.type(),
                        "content", record.content(),
                        "proxiable", record.proxiable(),
                        "proxied", record.proxied(),
                        "ttl", record.ttl(),
                        "settings", fields(),
                        "meta",
                                record.worker()
                                        .map(w -> fields("origin_worker_id", w, "read_only", true))
                                        .orElseGet(CloudflareEnvelope::fields),
                        "comment", record.comment().isEmpty() ? null : record.comment(),
                        "tags", record.tags(),
                        "created_on", record.createdOn(),
                        "modified_on", record.modifiedOn());
        record.priority().ifPresent(p -> map.put("priority", p));
        if (!record.comment().isEmpty()) {
            map.put("comment_modified_on", record.modifiedOn());
        }
        return map;
    }

    Map<String, @Nullable Object> zone() {
        return fields(
                "id",
                account.zoneId(),
                "name",
                account.zoneName(),
                "status",
                "active",
                "paused",
                false,
                "type",
                "full",
                "name_servers",
                List.of("ada.ns.cloudflare.com", "bob.ns.cloudflare.com"),
                "account",
                fields("id", account.id(), "name", account.name()),
                "plan",
                account.plan() == CloudflareAccount.Plan.FREE
                        ? fields("id", "free", "name", "Free Website")
                        : fields("id", "pro", "name", "Pro Website"));
    }

    private static List<Map<String, Object>> bindings(WorkerVersion version) {
        return version.bindings().stream().map(WorkerBinding::shown).toList();
    }

    private static String etag(WorkerScript script) {
        return script.newest().map(v -> v.id().replace("-", "")).orElse(script.tag());
    }

    private static @Nullable Object runtime(WorkerScript script, String key) {
        return script.newest().map(v -> v.runtime().get(key)).orElse(null);
    }

    private static Number share(double percentage) {
        return percentage == Math.rint(percentage) ? (Number) (long) percentage : percentage;
    }
}
