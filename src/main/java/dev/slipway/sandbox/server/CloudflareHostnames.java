package dev.slipway.sandbox.server;

import static dev.slipway.sandbox.server.CloudflareEnvelope.fields;
import static dev.slipway.sandbox.server.CloudflareEnvelope.ok;
import static dev.slipway.sandbox.server.CloudflareScripts.SCRIPT;
import static dev.slipway.sandbox.server.CloudflareScripts.WORKERS;

import dev.slipway.sandbox.server.LoopbackServer.Route;
import dev.slipway.sandbox.world.CloudflareRefusal;
import dev.slipway.sandbox.world.CloudflareWorld;
import dev.slipway.sandbox.world.WorkerDomain;
import dev.slipway.sandbox.world.WorkerRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The API of where Workers answer: workers.dev, custom domains, routes.
final class CloudflareHostnames {
    private static final String ROUTES = "/client/v4/zones/{zone}/workers/routes";
    private final CloudflareWorld world;
    private final CloudflareView view;

    CloudflareHostnames(CloudflareWorld world) {
        this.world = world;
        this.view = new CloudflareView(world.account());
    }

    List<Route> routes() {
        return List.of(
                new Route(
                        "GET",
                        WORKERS + "/subdomain",
                        _ -> ok(fields("subdomain", world.account().subdomain()))),
                new Route(
                        "GET",
                        SCRIPT + "/subdomain",
                        r -> ok(view.subdomain(CloudflareScripts.script(world, r)))),
                new Route("POST", SCRIPT + "/subdomain", this::reach),
                new Route("DELETE", SCRIPT + "/subdomain", r -> reach(r, false, false)),
                new Route("GET", WORKERS + "/domains", this::domains),
                new Route("PUT", WORKERS + "/domains", this::attach),
                new Route("GET", WORKERS + "/domains/{id}", r -> ok(view.domain(domain(r)))),
                new Route("DELETE", WORKERS + "/domains/{id}", this::detach),
                new Route("POST", SCRIPT + "/domains/changeset", this::changeset),
                new Route("PUT", SCRIPT + "/domains/records", this::records),
                new Route("PUT", SCRIPT + "/routes", this::replaceRoutes),
                new Route(
                        "GET",
                        ROUTES,
                        _ ->
                                ok(
                                        world.domains().routes().stream()
                                                .map(CloudflareView::route)
                                                .toList())),
                new Route("POST", ROUTES, this::addRoute),
                new Route(
                        "GET",
                        ROUTES + "/{id}",
                        r -> ok(CloudflareView.route(world.domains().route(r.variable("id"))))),
                new Route("PUT", ROUTES + "/{id}", this::changeRoute),
                new Route("DELETE", ROUTES + "/{id}", this::removeRoute));
    }

    private Response reach(Request request) {
        var body = CloudflareEnvelope.body(request);
        var script = CloudflareScripts.script(world, request);
        var enabled = body.path("enabled").asBoolean(script.onWorkersDev());
        return reach(request, enabled, body.path("previews_enabled").asBoolean(enabled));
    }

    private Response reach(Request request, boolean enabled, boolean previews) {
        return ok(
                view.subdomain(
                        world.workers().reachable(request.variable("name"), enabled, previews)));
    }

    private Response domains(Request request) {
        return ok(
                world.domains().domains().stream()
                        .filter(d -> matches(request, "hostname", d.hostname()))
                        .filter(d -> matches(request, "service", d.service()))
                        .filter(d -> matches(request, "environment", "production"))
                        .filter(d -> matches(request, "zone_id", world.account().zoneId()))
                        .filter(d -> matches(request, "zone_name", world.account().zoneName()))
                        .map(view::domain)
                        .toList());
    }

    private static boolean matches(Request request, String name, String value) {
        return request.query(name).map(value::equals).orElse(true);
    }

    private Response attach(Request request) {
        var body = CloudflareEnvelope.body(request);
        var service = body.path("service").asString("");
        if (world.workers().script(service).isEmpty()) {
            throw CloudflareRefusal.noScript();
        }
        return ok(
                view.domain(
                        world.domains()
                                .attach(
                                        body.path("hostname").asString(""),
                                        service,
                                        body.path("override_existing_dns_record").asBoolean(false),
                                        body.path("override_existing_origin").asBoolean(true))));
    }

    private WorkerDomain domain(Request request) {
        return world.domains().domains().stream()
                .filter(d -> d.id().equals(request.variable("id")))
                .findFirst()
                .orElseThrow(() -> new CloudflareRefusal(404, 100118, "No such domain."));
    }

    private Response detach(Request request) {
        world.domains().detach(domain(request).id());
        return ok(null);
    }

    /// What putting these hostnames would change.
    private Response changeset(Request request) {
        var name = CloudflareScripts.script(world, request).name();
        var wanted = hostnames(CloudflareEnvelope.body(request));
        var added = new ArrayList<Object>();
        var conflicting = new ArrayList<Object>();
        for (var host : wanted) {
            var there = world.domains().domain(host);
            var fresh = view.domain(new WorkerDomain("", host, name));
            var foreign =
                    world.zone().records().stream()
                            .anyMatch(r -> r.name().equals(host) && r.worker().isEmpty());
            if (there.isPresent() && there.get().service().equals(name)) {
                continue;
            }
            if (there.isPresent() || foreign) {
                there.ifPresent(d -> {
                    fresh.put("id", d.id());
                    fresh.put("service", d.service());
                });
                fresh.put("external_dns_record_id", foreign ? host : null);
                conflicting.add(fresh);
            } else {
                added.add(fresh);
            }
        }
        var replaces = request.query("replace_state").equals(Optional.of("true"));
        return ok(
                fields(
                        "added",
                        added,
                        "removed",
                        replaces ? gone(name, wanted).map(view::domain).toList() : List.of(),
                        "updated",
                        List.of(),
                        "conflicting",
                        conflicting));
    }

    private Stream<WorkerDomain> gone(String service, List<String> wanted) {
        return world.domains().domains().stream()
                .filter(d -> d.service().equals(service) && !wanted.contains(d.hostname()));
    }

    private Response records(Request request) {
        var name = CloudflareScripts.script(world, request).name();
        var body = CloudflareEnvelope.body(request);
        var wanted = hostnames(body.path("origins"));
        for (var host : wanted) {
            world.domains()
                    .attach(
                            host,
                            name,
                            body.path("override_existing_dns_record").asBoolean(false),
                            body.path("override_existing_origin").asBoolean(false));
        }
        if (body.path("override_scope").asBoolean(false)) {
            gone(name, wanted).forEach(d -> world.domains().detach(d.id()));
        }
        return ok(
                world.domains().domains().stream()
                        .filter(d -> d.service().equals(name))
                        .map(view::domain)
                        .toList());
    }

    private static List<String> hostnames(JsonNode list) {
        var names = new ArrayList<String>();
        list.values().forEach(n -> names.add(n.path("hostname").asString("")));
        return names;
    }

    private Response replaceRoutes(Request request) {
        var script = CloudflareScripts.script(world, request).name();
        var wanted = new ArrayList<String>();
        CloudflareEnvelope.body(request)
                .values()
                .forEach(n ->
                        wanted.add(n.isString() ? n.asString() : n.path("pattern").asString("")));
        var own =
                world.domains().routes().stream()
                        .filter(r -> r.script().equals(Optional.of(script)))
                        .toList();
        own.stream()
                .filter(r -> !wanted.contains(r.pattern()))
                .forEach(r -> world.domains().removeRoute(r.id()));
        wanted.stream()
                .filter(p -> own.stream().noneMatch(r -> r.pattern().equals(p)))
                .forEach(p -> world.domains().addRoute(p, Optional.of(script)));
        return ok(wanted);
    }

    private Response addRoute(Request request) {
        var body = CloudflareEnvelope.body(request);
        return ok(CloudflareView.route(world.domains().addRoute(pattern(body), script(body))));
    }

    private Response changeRoute(Request request) {
        var body = CloudflareEnvelope.body(request);
        var route = new WorkerRoute(request.variable("id"), pattern(body), script(body));
        return ok(CloudflareView.route(world.domains().changeRoute(route)));
    }

    private Response removeRoute(Request request) {
        world.domains().removeRoute(request.variable("id"));
        return ok(fields("id", request.variable("id")));
    }

    private static String pattern(JsonNode body) {
        return body.path("pattern").asString("");
    }

    private static Optional<String> script(JsonNode body) {
        return body.path("script").isString()
                ? Optional.of(body.path("script").asString())
                : Optional.empty();
    }
}
