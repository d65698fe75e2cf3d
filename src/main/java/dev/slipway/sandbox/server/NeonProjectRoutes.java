package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.NeonEndpoint;
import dev.slipway.sandbox.world.NeonProject;
import dev.slipway.sandbox.world.NeonRefusal;
import dev.slipway.sandbox.world.NeonWorld;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Users, projects and operations of Neon's API.
final class NeonProjectRoutes implements NeonServer.Routes {
    private final NeonWorld world;

    NeonProjectRoutes(NeonWorld world) {
        this.world = world;
    }

    @Override
    public void addTo(NeonServer.Table table) {
        table.add("GET", "/auth", _ -> auth());
        table.add("GET", "/users/me", _ -> user());
        table.add("GET", "/users/me/organizations", _ -> organisations());
        table.add("GET", "/projects", this::list);
        table.add("POST", "/projects", this::create);
        table.add(
                "GET",
                "/projects/shared",
                _ ->
                        Response.json(
                                200,
                                Map.of("projects", List.of(), "pagination", Map.of("cursor", ""))));
        table.add(
                "GET",
                "/projects/{project}",
                r -> answer(200, world.project(r.variable("project"))));
        table.add("PATCH", "/projects/{project}", this::set);
        table.add(
                "DELETE",
                "/projects/{project}",
                r -> answer(200, world.deleteProject(r.variable("project"))));
        table.add("GET", "/projects/{project}/operations", this::operations);
        table.add("GET", "/projects/{project}/operations/{operation}", this::operation);
    }

    private Instant now() {
        return world.place().clock().instant();
    }

    private static Response auth() {
        return Response.json(
                200, Map.of("account_id", NeonJson.USER, "auth_method", "api_key_user"));
    }

    private static Response user() {
        var user = new LinkedHashMap<String, Object>();
        user.put("active_seconds_limit", 0);
        user.put("auth_accounts", List.of());
        user.put("email", "sandbox@codex.test");
        user.put("id", NeonJson.USER);
        user.put("image", "");
        user.put("login", "sandbox");
        user.put("name", "Sandbox");
        user.put("last_name", "");
        user.put("projects_limit", 100);
        user.put("branches_limit", 5000);
        user.put("max_autoscaling_limit", 2);
        user.put("plan", "scale");
        return Response.json(200, user);
    }

    private Response organisations() {
        var since =
                world.projects().stream()
                        .map(NeonProject::createdAt)
                        .findFirst()
                        .orElseGet(this::now);
        var organisation =
                Map.of(
                        "id",
                        NeonJson.ORGANISATION,
                        "name",
                        "Sandbox",
                        "handle",
                        "sandbox",
                        "plan",
                        "scale",
                        "managed_by",
                        "console",
                        "created_at",
                        NeonJson.time(since),
                        "updated_at",
                        NeonJson.time(since));
        return Response.json(200, Map.of("organizations", List.of(organisation)));
    }

    private Response list(Request request) {
        var search = request.query("search").orElse("");
        var found =
                world.projects().reversed().stream()
                        .filter(p -> p.name().contains(search) || p.id().contains(search))
                        .toList();
        var page = NeonBody.page(request, found, 10, 400);
        return Response.json(
                200,
                Map.of(
                        "projects",
                        page.items().stream().map(this::json).toList(),
                        "pagination",
                        Map.of("cursor", page.next().orElse(""))));
    }

    private Map<String, Object> json(NeonProject project) {
        return NeonJson.project(
                project,
                world.branching().endpoints(project.id(), Optional.empty()).stream()
                        .flatMap(e -> e.lastActive().stream())
                        .max(Instant::compareTo));
    }

    private Response answer(int status, NeonProject project) {
        return Response.json(status, Map.of("project", json(project)));
    }

    private Response create(Request request) {
        var asked = NeonBody.of(request).path("project");
        var branch = asked.path("branch");
        var project =
                world.createProject(
                        new NeonProject.Draft(
                                NeonBody.text(asked, "name").orElse("untitled"),
                                NeonBody.text(branch, "name").orElse("main"),
                                NeonBody.text(branch, "database_name").orElse("neondb"),
                                NeonBody.text(branch, "role_name").orElse("neondb_owner"),
                                NeonProject.Draft.named("").branchLimit()));
        var root = world.branches(project.id()).getFirst();
        var json = new LinkedHashMap<String, Object>();
        json.put("project", json(project));
        json.put("branch", NeonJson.branch(root, now()));
        new NeonBranchRoutes(world).contents(json, root);
        json.put("operations", List.of());
        return Response.json(201, json);
    }

    private Response set(Request request) {
        var asked = NeonBody.of(request).path("project");
        return answer(
                200,
                world.setProject(
                        request.variable("project"),
                        NeonBody.text(asked, "name"),
                        NeonBody.number(asked, "history_retention_seconds")
                                .map(Double::longValue)));
    }

    private Response operations(Request request) {
        var page = NeonBody.page(request, world.operations(request.variable("project")), 100, 1000);
        return Response.json(
                200,
                Map.of(
                        "operations",
                        NeonJson.operations(page.items(), now()),
                        "pagination",
                        Map.of("cursor", page.next().orElse(""))));
    }

    private Response operation(Request request) {
        var id = request.variable("operation");
        return world.operations(request.variable("project")).stream()
                .filter(o -> o.id().equals(id))
                .findFirst()
                .map(o -> Response.json(200, Map.of("operation", NeonJson.operation(o, now()))))
                .orElseThrow(() -> NeonRefusal.of(404, "operation not found"));
    }

    /// An endpoint with the state it shows now.
    static Map<String, Object> endpoint(NeonWorld world, NeonEndpoint endpoint) {
        var now = world.place().clock().instant();
        var ready =
                world.branching()
                        .get(endpoint.projectId(), endpoint.branchId())
                        .map(b -> b.readyAt())
                        .orElse(now);
        return NeonJson.endpoint(endpoint, ready, now);
    }
}
