package dev.slipway.sandbox.server;

import static dev.slipway.sandbox.server.CloudflareEnvelope.fields;
import static dev.slipway.sandbox.server.CloudflareEnvelope.ok;

import dev.slipway.sandbox.server.LoopbackServer.Route;
import dev.slipway.sandbox.world.CloudflareRefusal;
import dev.slipway.sandbox.world.CloudflareWorld;
import dev.slipway.sandbox.world.DnsRecord;
import dev.slipway.sandbox.world.DnsZone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The API of zones and DNS records.
final class CloudflareDns {
    private static final String ZONE = "/client/v4/zones/{zone}";
    private static final String RECORDS = ZONE + "/dns_records";
    private final CloudflareWorld world;
    private final CloudflareView view;

    CloudflareDns(CloudflareWorld world) {
        this.world = world;
        this.view = new CloudflareView(world.account());
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/client/v4/zones", this::zones),
                new Route("GET", ZONE, _ -> ok(view.zone())),
                new Route("GET", RECORDS, this::list),
                new Route("POST", RECORDS, this::create),
                new Route("POST", RECORDS + "/batch", this::batch),
                new Route("GET", RECORDS + "/{id}", r -> ok(CloudflareView.record(record(r)))),
                new Route("PUT", RECORDS + "/{id}", r -> replace(full(r.variable("id"), body(r)))),
                new Route("PATCH", RECORDS + "/{id}", r -> replace(patched(record(r), body(r)))),
                new Route("DELETE", RECORDS + "/{id}", this::delete));
    }

    private static JsonNode body(Request request) {
        return CloudflareEnvelope.body(request);
    }

    private Response zones(Request request) {
        var account = world.account();
        var asked =
                request.query("name").map(account.zoneName()::equals).orElse(true)
                        && request.query("account.id").map(account.id()::equals).orElse(true)
                        && request.query("status").map("active"::equals).orElse(true);
        return CloudflareEnvelope.page(asked ? List.of(view.zone()) : List.of(), request, 20, 50);
    }

    private Response list(Request request) {
        var filter = CloudflareDnsFilter.of(request);
        var found =
                world.zone().records().stream()
                        .filter(filter)
                        .sorted(order(request))
                        .map(CloudflareView::record)
                        .toList();
        return CloudflareEnvelope.page(found, request, 100, 50_000);
    }

    private static Comparator<DnsRecord> order(Request request) {
        Comparator<DnsRecord> order =
                switch (request.query("order").orElse("")) {
                    case "type" -> Comparator.comparing(DnsRecord::type);
                    case "content" -> Comparator.comparing(DnsRecord::content);
                    case "ttl" -> Comparator.comparingInt(DnsRecord::ttl);
                    case "proxied" -> Comparator.comparing(DnsRecord::proxied);
                    default -> Comparator.comparing(DnsRecord::name);
                };
        return request.query("direction").equals(Optional.of("desc")) ? order.reversed() : order;
    }

    private Response create(Request request) {
        return ok(CloudflareView.record(world.zone().create(full("", body(request)))));
    }

    private Response replace(DnsRecord record) {
        return ok(CloudflareView.record(world.zone().replace(record)));
    }

    private Response delete(Request request) {
        world.zone().delete(request.variable("id"));
        return ok(fields("id", request.variable("id")));
    }

    private Response batch(Request request) {
        var body = body(request);
        var deletes = new ArrayList<DnsRecord>();
        body.path("deletes").values().forEach(n -> deletes.add(record(id(n))));
        var patches = new ArrayList<DnsRecord>();
        body.path("patches").values().forEach(n -> patches.add(patched(record(id(n)), n)));
        var puts = new ArrayList<DnsRecord>();
        body.path("puts").values().forEach(n -> puts.add(full(id(n), n)));
        var posts = new ArrayList<DnsRecord>();
        body.path("posts").values().forEach(n -> posts.add(full("", n)));
        var done =
                world.zone()
                        .batch(
                                new DnsZone.Batch(
                                        deletes.stream().map(DnsRecord::id).toList(),
                                        patches,
                                        puts,
                                        posts));
        return ok(
                fields(
                        "deletes", shown(deletes),
                        "patches", shown(done.patches()),
                        "puts", shown(done.puts()),
                        "posts", shown(done.posts())));
    }

    private static List<?> shown(List<DnsRecord> records) {
        return records.stream().map(CloudflareView::record).toList();
    }

    private static String id(JsonNode node) {
        return node.path("id").asString("");
    }

    private DnsRecord record(Request request) {
        return record(request.variable("id"));
    }

    private DnsRecord record(String id) {
        return world.zone()
                .record(id)
                .orElseThrow(() -> new CloudflareRefusal(404, 81044, "Record does not exist."));
    }

    private static DnsRecord full(String id, JsonNode node) {
        for (var key : List.of("type", "name", "content")) {
            if (!node.path(key).isString()) {
                throw new CloudflareRefusal(
                        400, 9000, "DNS Validation Error: " + key + " is required.");
            }
        }
        return merged(DnsRecord.of("A", "@", "", false, ""), id, node);
    }

    private static DnsRecord patched(DnsRecord old, JsonNode node) {
        return merged(old, old.id(), node);
    }

    private static DnsRecord merged(DnsRecord old, String id, JsonNode node) {
        List<String> tags = old.tags();
        if (node.path("tags").isArray()) {
            var given = new ArrayList<String>();
            node.path("tags").values().forEach(t -> given.add(t.asString()));
            tags = given;
        }
        return new DnsRecord(
                id,
                node.path("type").asString(old.type()),
                node.path("name").asString(old.name()),
                node.path("content").asString(old.content()),
                node.path("proxied").asBoolean(old.proxied()),
                node.path("ttl").asInt(old.ttl()),
                node.path("comment").isNull() ? "" : node.path("comment").asString(old.comment()),
                tags,
                node.path("priority").isNumber()
                        ? Optional.of(node.path("priority").asInt())
                        : old.priority(),
                old.worker(),
                old.createdOn(),
                old.modifiedOn());
    }
}
