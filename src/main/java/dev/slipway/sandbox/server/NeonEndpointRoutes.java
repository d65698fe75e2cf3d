package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.NeonBranch;
import dev.slipway.sandbox.world.NeonEndpoint;
import dev.slipway.sandbox.world.NeonRefusal;
import dev.slipway.sandbox.world.NeonWorld;
import dev.slipway.sandbox.world.NeonWorld.Tempo;
import dev.slipway.sandbox.world.Outcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Endpoints and connection addresses in Neon's API.
final class NeonEndpointRoutes implements NeonServer.Routes {
    private static final String ALL = "/projects/{project}/endpoints";
    private static final String ONE = ALL + "/{endpoint}";

    private final NeonWorld world;

    NeonEndpointRoutes(NeonWorld world) {
        this.world = world;
    }

    @Override
    public void addTo(NeonServer.Table table) {
        table.add("GET", ALL, this::list);
        table.add("POST", ALL, this::create);
        table.add("GET", ONE, r -> Response.json(200, Map.of("endpoint", json(existing(r)))));
        table.add("PATCH", ONE, this::set);
        table.add("DELETE", ONE, this::delete);
        table.add(
                "POST",
                ONE + "/start",
                r -> answer(200, world.computes().start(project(r), id(r), Tempo.PACED)));
        table.add(
                "POST",
                ONE + "/suspend",
                r -> answer(200, world.computes().suspend(project(r), id(r), Tempo.PACED)));
        table.add(
                "POST",
                ONE + "/restart",
                r -> answer(200, world.computes().restart(project(r), id(r), Tempo.PACED)));
        table.add("GET", "/projects/{project}/connection_uri", this::connectionUri);
    }

    private static String project(Request request) {
        return request.variable("project");
    }

    private static String id(Request request) {
        return request.variable("endpoint");
    }

    private Instant now() {
        return world.place().clock().instant();
    }

    private Map<String, Object> json(NeonEndpoint endpoint) {
        return NeonProjectRoutes.endpoint(world, endpoint);
    }

    private List<NeonEndpoint> all(Request request) {
        return world.branching().endpoints(project(request), Optional.empty());
    }

    private NeonEndpoint existing(Request request) {
        return find(request, id(request))
                .orElseThrow(() -> NeonRefusal.of(404, "endpoint not found"));
    }

    private Optional<NeonEndpoint> find(Request request, String id) {
        return all(request).stream().filter(e -> e.id().equals(id)).findFirst();
    }

    private Response list(Request request) {
        return Response.json(
                200, Map.of("endpoints", all(request).stream().map(this::json).toList()));
    }

    private Response create(Request request) {
        var asked = NeonBody.of(request).path("endpoint");
        return answer(
                201,
                world.computes()
                        .create(
                                project(request),
                                NeonBody.required(asked, "branch_id"),
                                NeonBody.readOnly(asked),
                                NeonBody.settings(asked, NeonEndpoint.Settings.USUAL),
                                Tempo.PACED));
    }

    private Response set(Request request) {
        var asked = NeonBody.of(request).path("endpoint");
        return answer(
                200,
                world.computes()
                        .set(
                                project(request),
                                id(request),
                                old -> NeonBody.settings(asked, old),
                                Tempo.PACED));
    }

    private Response delete(Request request) {
        return find(request, id(request)).isEmpty()
                ? Response.empty(204)
                : answer(200, world.computes().delete(project(request), id(request), Tempo.PACED));
    }

    private Response answer(int status, Outcome<NeonEndpoint> outcome) {
        var json = new LinkedHashMap<String, Object>();
        json.put("endpoint", json(outcome.made()));
        json.put("operations", NeonJson.operations(outcome.operations(), now()));
        return Response.json(status, json);
    }

    private Response connectionUri(Request request) {
        var database = query(request, "database_name");
        var role = query(request, "role_name");
        var pooled = request.query("pooled").map("true"::equals).orElse(false);
        var branch =
                request.query("branch_id")
                        .or(() ->
                                world.branches(project(request)).stream()
                                        .filter(NeonBranch::isDefault)
                                        .map(NeonBranch::id)
                                        .findFirst())
                        .orElseThrow();
        var endpoint =
                request.query("endpoint_id")
                        .map(id -> find(request, id))
                        .orElseGet(() -> world.endpoint(project(request), branch))
                        .orElseThrow(() -> NeonRefusal.of(404, "endpoint not found"));
        return Response.json(
                200, Map.of("uri", world.uri(endpoint, database, role, pooled).reveal()));
    }

    private static String query(Request request, String name) {
        return request.query(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> NeonBody.bad(name + " is required"));
    }
}
