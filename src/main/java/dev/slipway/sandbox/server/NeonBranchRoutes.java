package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.NeonBranch;
import dev.slipway.sandbox.world.NeonDatabase;
import dev.slipway.sandbox.world.NeonEndpoint;
import dev.slipway.sandbox.world.NeonOperation;
import dev.slipway.sandbox.world.NeonRefusal;
import dev.slipway.sandbox.world.NeonRole;
import dev.slipway.sandbox.world.NeonWorld;
import dev.slipway.sandbox.world.NeonWorld.Tempo;
import dev.slipway.sandbox.world.Outcome;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Branches, their roles and databases in Neon's API.
final class NeonBranchRoutes implements NeonServer.Routes {
    private static final String ALL = "/projects/{project}/branches";
    private static final String ONE = ALL + "/{branch}";

    private final NeonWorld world;

    NeonBranchRoutes(NeonWorld world) {
        this.world = world;
    }

    @Override
    public void addTo(NeonServer.Table table) {
        table.add("GET", ALL, this::list);
        table.add("POST", ALL, this::create);
        table.add("GET", ALL + "/count", r -> Response.json(200, Map.of("count", found(r).size())));
        table.add("GET", ONE, this::get);
        table.add("PATCH", ONE, this::set);
        table.add("DELETE", ONE, this::delete);
        table.add("POST", ONE + "/restore", this::restore);
        table.add("POST", ONE + "/set_as_default", this::setDefault);
        table.add("GET", ONE + "/endpoints", this::endpoints);
        table.add("GET", ONE + "/roles", this::roles);
        table.add("POST", ONE + "/roles", this::createRole);
        table.add(
                "GET",
                ONE + "/roles/{role}",
                r -> Response.json(200, Map.of("role", NeonJson.role(role(r), false))));
        table.add("DELETE", ONE + "/roles/{role}", this::deleteRole);
        table.add(
                "GET",
                ONE + "/roles/{role}/reveal_password",
                r -> Response.json(200, Map.of("password", role(r).password())));
        table.add("POST", ONE + "/roles/{role}/reset_password", this::resetPassword);
        table.add("GET", ONE + "/databases", this::databases);
        table.add("POST", ONE + "/databases", this::createDatabase);
        table.add(
                "GET",
                ONE + "/databases/{database}",
                r -> Response.json(200, Map.of("database", NeonJson.database(database(r)))));
        table.add("PATCH", ONE + "/databases/{database}", this::setDatabase);
        table.add("DELETE", ONE + "/databases/{database}", this::deleteDatabase);
    }

    private Instant now() {
        return world.place().clock().instant();
    }

    private static String project(Request request) {
        return request.variable("project");
    }

    private static String branch(Request request) {
        return request.variable("branch");
    }

    private NeonBranch existing(Request request) {
        return world.branching()
                .get(project(request), branch(request))
                .orElseThrow(() -> NeonRefusal.of(404, "branch not found"));
    }

    private List<NeonBranch> found(Request request) {
        var search = request.query("search").orElse("");
        return world.branches(project(request)).stream()
                .filter(b -> b.name().contains(search) || b.id().contains(search))
                .toList();
    }

    private Response list(Request request) {
        var by = request.query("sort_by").orElse("updated_at");
        Comparator<NeonBranch> order =
                switch (by) {
                    case "name" -> Comparator.comparing(NeonBranch::name);
                    case "created_at" -> Comparator.comparing(NeonBranch::createdAt);
                    case "updated_at" -> Comparator.comparing(NeonBranch::updatedAt);
                    default -> throw NeonBody.bad("sort_by must be name, created_at or updated_at");
                };
        var direction = request.query("sort_order").orElse("desc");
        if (!direction.equals("asc") && !direction.equals("desc")) {
            throw NeonBody.bad("sort_order must be asc or desc");
        }
        var sorted =
                found(request).stream()
                        .sorted(direction.equals("asc") ? order : order.reversed())
                        .toList();
        var page = NeonBody.page(request, sorted, 10_000, 10_000);
        var annotations = new LinkedHashMap<String, Object>();
        page.items().stream()
                .filter(b -> !b.annotation().isEmpty())
                .forEach(b -> annotations.put(b.id(), NeonJson.annotation(b)));
        var pagination = new LinkedHashMap<String, Object>();
        page.next().ifPresent(next -> pagination.put("next", next));
        pagination.put("sort_by", by);
        pagination.put("sort_order", direction);
        var json = new LinkedHashMap<String, Object>();
        json.put("branches", page.items().stream().map(b -> NeonJson.branch(b, now())).toList());
        json.put("annotations", annotations);
        json.put("pagination", pagination);
        return Response.json(200, json);
    }

    private Response create(Request request) {
        var body = NeonBody.of(request);
        var endpoints = body.path("endpoints").values().stream().toList();
        var writable = endpoints.stream().filter(e -> !NeonBody.readOnly(e)).toList();
        if (writable.size() > 1 || (writable.isEmpty() && !endpoints.isEmpty())) {
            throw NeonBody.bad("a branch is created with exactly one read_write endpoint or none");
        }
        var settings =
                writable.isEmpty()
                        ? NeonEndpoint.Settings.USUAL
                        : NeonBody.settings(writable.getFirst(), NeonEndpoint.Settings.USUAL);
        var outcome =
                world.branching()
                        .create(project(request), NeonBody.branch(body), settings, Tempo.PACED);
        for (var endpoint : endpoints) {
            if (NeonBody.readOnly(endpoint)) {
                world.computes()
                        .create(
                                project(request),
                                outcome.made().id(),
                                true,
                                NeonBody.settings(endpoint, NeonEndpoint.Settings.USUAL),
                                Tempo.AT_ONCE);
            }
        }
        var json = new LinkedHashMap<String, Object>();
        json.put("branch", NeonJson.branch(outcome.made(), begun(outcome.operations())));
        contents(json, outcome.made());
        json.put(
                "operations",
                NeonJson.operations(outcome.operations(), begun(outcome.operations())));
        return Response.json(201, json);
    }

    /// Endpoints, roles and databases of a new branch, and how to connect when there is one way.
    void contents(Map<String, Object> json, NeonBranch branch) {
        var endpoints = world.branching().endpoints(branch.projectId(), Optional.of(branch.id()));
        var roles = world.access().roles(branch.projectId(), branch.id());
        var databases = world.access().databases(branch.projectId(), branch.id());
        json.put(
                "endpoints",
                endpoints.stream().map(e -> NeonProjectRoutes.endpoint(world, e)).toList());
        json.put("roles", roles.stream().map(r -> NeonJson.role(r, false)).toList());
        json.put("databases", databases.stream().map(NeonJson::database).toList());
        if (!endpoints.isEmpty() && roles.size() == 1 && databases.size() == 1) {
            json.put(
                    "connection_uris",
                    List.of(
                            connection(
                                    endpoints.getFirst(), roles.getFirst(), databases.getFirst())));
        }
    }

    private Map<String, Object> connection(
            NeonEndpoint endpoint, NeonRole role, NeonDatabase database) {
        var host = NeonJson.host(endpoint);
        return Map.of(
                "connection_uri",
                world.uri(endpoint, database.name(), role.name(), false).reveal(),
                "connection_parameters",
                Map.of(
                        "database",
                        database.name(),
                        "password",
                        role.password(),
                        "role",
                        role.name(),
                        "host",
                        host,
                        "pooler_host",
                        host));
    }

    private Response get(Request request) {
        var branch = existing(request);
        var json = new LinkedHashMap<String, Object>();
        json.put("branch", NeonJson.branch(branch, now()));
        if (!branch.annotation().isEmpty()) {
            json.put("annotation", NeonJson.annotation(branch));
        }
        return Response.json(200, json);
    }

    private Response set(Request request) {
        var change = NeonBody.branchChange(NeonBody.of(request).path("branch"));
        return answer(
                new Outcome<>(
                        world.branching().set(project(request), branch(request), change),
                        List.of()));
    }

    private Response delete(Request request) {
        if (world.branching().get(project(request), branch(request)).isEmpty()) {
            return Response.empty(204);
        }
        return answer(world.branching().delete(project(request), branch(request), Tempo.PACED));
    }

    private Response restore(Request request) {
        var body = NeonBody.of(request);
        return answer(
                world.branching()
                        .restore(
                                project(request),
                                branch(request),
                                NeonBody.required(body, "source_branch_id"),
                                NeonBody.point(body, "source_lsn", "source_timestamp"),
                                NeonBody.text(body, "preserve_under_name"),
                                Tempo.PACED));
    }

    private Response setDefault(Request request) {
        return answer(
                new Outcome<>(
                        world.branching().setDefault(project(request), branch(request)),
                        List.of()));
    }

    private Response answer(Outcome<NeonBranch> outcome) {
        var operations = outcome.operations();
        return answer(
                200, "branch", NeonJson.branch(outcome.made(), begun(operations)), operations);
    }

    private Response answer(
            int status, String name, Map<String, Object> made, List<NeonOperation> operations) {
        var json = new LinkedHashMap<String, Object>();
        json.put(name, made);
        json.put("operations", NeonJson.operations(operations, begun(operations)));
        return Response.json(status, json);
    }

    /// The answer to a change says what was so when its work began, however late it is written.
    private Instant begun(List<NeonOperation> operations) {
        return operations.stream()
                .map(NeonOperation::createdAt)
                .min(Comparator.naturalOrder())
                .orElseGet(this::now);
    }

    private Response endpoints(Request request) {
        var endpoints =
                world.branching().endpoints(project(request), Optional.of(existing(request).id()));
        return Response.json(
                200,
                Map.of(
                        "endpoints",
                        endpoints.stream()
                                .map(e -> NeonProjectRoutes.endpoint(world, e))
                                .toList()));
    }

    private NeonRole role(Request request) {
        return world.access().role(project(request), branch(request), request.variable("role"));
    }

    private Response roles(Request request) {
        var roles = world.access().roles(project(request), branch(request));
        return Response.json(
                200, Map.of("roles", roles.stream().map(r -> NeonJson.role(r, false)).toList()));
    }

    private Response createRole(Request request) {
        var asked = NeonBody.of(request).path("role");
        var outcome =
                world.access()
                        .createRole(
                                project(request),
                                branch(request),
                                NeonBody.required(asked, "name"),
                                !NeonBody.flag(asked, "no_login").orElse(false),
                                Tempo.PACED);
        return answer(201, "role", NeonJson.role(outcome.made(), true), outcome.operations());
    }

    private Response resetPassword(Request request) {
        var outcome =
                world.access()
                        .resetPassword(
                                project(request),
                                branch(request),
                                request.variable("role"),
                                Tempo.PACED);
        return answer(200, "role", NeonJson.role(outcome.made(), true), outcome.operations());
    }

    private Response deleteRole(Request request) {
        var name = request.variable("role");
        if (world.access().roles(project(request), branch(request)).stream()
                .noneMatch(r -> r.name().equals(name))) {
            return Response.empty(204);
        }
        var outcome =
                world.access().deleteRole(project(request), branch(request), name, Tempo.PACED);
        return answer(200, "role", NeonJson.role(outcome.made(), false), outcome.operations());
    }

    private NeonDatabase database(Request request) {
        return world.access()
                .database(project(request), branch(request), request.variable("database"));
    }

    private Response databases(Request request) {
        var databases = world.access().databases(project(request), branch(request));
        return Response.json(
                200, Map.of("databases", databases.stream().map(NeonJson::database).toList()));
    }

    private Response createDatabase(Request request) {
        var asked = NeonBody.of(request).path("database");
        var outcome =
                world.access()
                        .createDatabase(
                                project(request),
                                branch(request),
                                NeonBody.required(asked, "name"),
                                NeonBody.required(asked, "owner_name"),
                                Tempo.PACED);
        return answer(201, "database", NeonJson.database(outcome.made()), outcome.operations());
    }

    private Response setDatabase(Request request) {
        var asked = NeonBody.of(request).path("database");
        var outcome =
                world.access()
                        .changeDatabase(
                                project(request),
                                branch(request),
                                request.variable("database"),
                                NeonBody.text(asked, "name"),
                                NeonBody.text(asked, "owner_name"),
                                Tempo.PACED);
        return answer(200, "database", NeonJson.database(outcome.made()), outcome.operations());
    }

    private Response deleteDatabase(Request request) {
        var name = request.variable("database");
        if (world.access().databases(project(request), branch(request)).stream()
                .noneMatch(d -> d.name().equals(name))) {
            return Response.empty(204);
        }
        var outcome =
                world.access().deleteDatabase(project(request), branch(request), name, Tempo.PACED);
        return answer(200, "database", NeonJson.database(outcome.made()), outcome.operations());
    }
}
