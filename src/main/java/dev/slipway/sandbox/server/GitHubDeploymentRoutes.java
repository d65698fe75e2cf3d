package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.GitHubDeployments.Deployment;
import dev.slipway.sandbox.world.GitHubDeployments.DeploymentStatus;
import dev.slipway.sandbox.world.GitHubDeployments.Environment;
import dev.slipway.sandbox.world.GitHubDeployments.Recorded;
import dev.slipway.sandbox.world.GitHubDeployments.Recording;
import dev.slipway.sandbox.world.GitHubDeployments.SecretName;
import dev.slipway.sandbox.world.GitHubDeployments.State;
import dev.slipway.sandbox.world.GitHubRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Environments, names of secrets, deployments and what became of them.
final class GitHubDeploymentRoutes {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String READ = "deployments=read";
    private static final String WRITE = "deployments=write";

    void addTo(GitHubRoutes routes) {
        routes.on("GET", "/environments", "actions=read", GitHubDeploymentRoutes::environments)
                .on(
                        "GET",
                        "/environments/{environment}",
                        "actions=read",
                        call -> Response.json(200, environment(call, environment(call))))
                .on(
                        "PUT",
                        "/environments/{environment}",
                        "administration=write",
                        GitHubDeploymentRoutes::putEnvironment)
                .on(
                        "GET",
                        "/environments/{environment}/secrets",
                        "environments=read",
                        call -> secrets(call, Optional.of(environment(call).name())))
                .on(
                        "GET",
                        "/actions/secrets",
                        "secrets=read",
                        call -> secrets(call, Optional.empty()))
                .on(
                        "GET",
                        "/actions/variables",
                        "variables=read",
                        call -> call.page("variables", List.<ObjectNode>of(), v -> v))
                .on("GET", "/deployments", READ, GitHubDeploymentRoutes::list)
                .on("POST", "/deployments", WRITE, GitHubDeploymentRoutes::create)
                .on(
                        "GET",
                        "/deployments/{id}",
                        READ,
                        call -> Response.json(200, view(call, deployment(call))))
                .on(
                        "DELETE",
                        "/deployments/{id}",
                        WRITE,
                        call -> {
                            call.world().deployments().delete(deployment(call).id());
                            return Response.empty(204);
                        })
                .on(
                        "GET",
                        "/deployments/{id}/statuses",
                        READ,
                        call ->
                                call.page(
                                        call.world().deployments().statuses(deployment(call).id()),
                                        s -> view(call, s)))
                .on(
                        "GET",
                        "/deployments/{id}/statuses/{status}",
                        READ,
                        call ->
                                Response.json(
                                        200,
                                        view(
                                                call,
                                                call
                                                        .world()
                                                        .deployments()
                                                        .statuses(deployment(call).id())
                                                        .stream()
                                                        .filter(s ->
                                                                s.id() == call.number("status"))
                                                        .findFirst()
                                                        .orElseThrow(GitHubRefusal::notFound))))
                .on("POST", "/deployments/{id}/statuses", WRITE, GitHubDeploymentRoutes::addStatus);
    }

    // ---- environments and secrets

    private static Response environments(GitHubCall call) {
        return call.page(
                "environments",
                call.world().deployments().environments(),
                e -> environment(call, e));
    }

    private static Environment environment(GitHubCall call) {
        return call.world()
                .deployments()
                .environment(call.variable("environment"))
                .orElseThrow(GitHubRefusal::notFound);
    }

    private static ObjectNode environment(GitHubCall call, Environment environment) {
        var path = "/environments/" + GitHubViews.encoded(environment.name());
        var view =
                GitHubCall.object()
                        .put("id", environment.id())
                        .put("node_id", GitHubViews.nodeId("Environment", environment.id()))
                        .put("name", environment.name())
                        .put("url", call.views().api(path))
                        .put("html_url", call.views().html("/deployments/" + environment.name()))
                        .put("created_at", environment.createdAt().toString())
                        .put("updated_at", environment.createdAt().toString());
        var rules = view.putArray("protection_rules");
        if (environment.waitMinutes() > 0) {
            rules.addObject()
                    .put("id", environment.id() + 1)
                    .put("type", "wait_timer")
                    .put("wait_timer", environment.waitMinutes());
        }
        if (!environment.reviewers().isEmpty()) {
            var rule =
                    rules.addObject()
                            .put("id", environment.id() + 2)
                            .put("type", "required_reviewers")
                            .put("prevent_self_review", environment.preventSelfReview());
            var reviewers = rule.putArray("reviewers");
            environment
                    .reviewers()
                    .forEach(r ->
                            reviewers
                                    .addObject()
                                    .put("type", "User")
                                    .set("reviewer", call.views().user(r)));
        }
        return view.putNull("deployment_branch_policy");
    }

    private static Response putEnvironment(GitHubCall call) {
        var body = call.body();
        var wait = body.path("wait_timer").asInt(0);
        if (wait < 0 || wait > 43_200) {
            throw GitHubRefusal.invalid("Environment", "wait_timer", "invalid");
        }
        var reviewers = new ArrayList<String>();
        for (var reviewer : body.path("reviewers")) {
            var id = reviewer.path("id").asLong(0);
            reviewers.add(
                    call.world().accounts().users().stream()
                            .filter(u -> u.id() == id)
                            .findFirst()
                            .orElseThrow(() ->
                                    GitHubRefusal.invalid("Environment", "reviewers", "invalid"))
                            .login());
        }
        var name = call.variable("environment");
        return Response.json(
                200,
                environment(
                        call,
                        call.world()
                                .deployments()
                                .environment(
                                        name,
                                        wait,
                                        reviewers,
                                        body.path("prevent_self_review").asBoolean(false))));
    }

    private static Response secrets(GitHubCall call, Optional<String> environment) {
        return call.page(
                "secrets",
                call.world().deployments().secrets(environment),
                (SecretName s) ->
                        GitHubCall.object()
                                .put("name", s.name())
                                .put("created_at", s.createdAt().toString())
                                .put("updated_at", s.updatedAt().toString()));
    }

    // ---- deployments

    private static Response list(GitHubCall call) {
        var request = call.request();
        var sha = request.query("sha");
        var ref = request.query("ref");
        var task = request.query("task");
        var environment = request.query("environment");
        var wanted =
                call.world().deployments().deployments().stream()
                        .filter(d -> sha.map(d.sha().value()::equals).orElse(true))
                        .filter(d -> ref.map(d.ref()::equals).orElse(true))
                        .filter(d -> task.map(d.task()::equals).orElse(true))
                        .filter(d -> environment.map(d.environment()::equals).orElse(true))
                        .toList();
        return call.page(wanted, d -> view(call, d));
    }

    private static Deployment deployment(GitHubCall call) {
        return call.world()
                .deployments()
                .deployment(call.number("id"))
                .orElseThrow(GitHubRefusal::notFound);
    }

    private static Response create(GitHubCall call) {
        var environment = call.text("environment").orElse("production");
        var payload = call.body().path("payload");
        var recorded =
                call.world()
                        .deployments()
                        .record(
                                new Recording(
                                        call.required("ref"),
                                        call.text("task").orElse("deploy"),
                                        call.flag("auto_merge", true),
                                        call.texts("required_contexts"),
                                        payload.isMissingNode() ? "{}" : payload.toString(),
                                        environment,
                                        call.text("description").orElse(""),
                                        call.flag("transient_environment", false),
                                        call.flag(
                                                "production_environment",
                                                environment.equals("production")),
                                        call.login()));
        return switch (recorded) {
            case Recorded.Done done ->
                    Response.json(201, view(call, done.deployment()))
                            .header(
                                    "Location",
                                    call.views().api("/deployments/" + done.deployment().id()));
            case Recorded.MergedFirst merged ->
                    Response.json(202, GitHubCall.object().put("message", merged.message()));
        };
    }

    private static ObjectNode view(GitHubCall call, Deployment deployment) {
        var self = call.views().api("/deployments/" + deployment.id());
        var view =
                GitHubCall.object()
                        .put("url", self)
                        .put("id", deployment.id())
                        .put("node_id", GitHubViews.nodeId("Deployment", deployment.id()))
                        .put("sha", deployment.sha().value())
                        .put("ref", deployment.ref())
                        .put("task", deployment.task());
        view.set("payload", JSON.readTree(deployment.payload()));
        view.put("original_environment", deployment.environment())
                .put("environment", deployment.environment())
                .put(
                        "description",
                        deployment.description().isEmpty() ? null : deployment.description());
        view.set("creator", call.views().user(deployment.creator()));
        return view.put("created_at", deployment.createdAt().toString())
                .put("updated_at", deployment.updatedAt().toString())
                .put("statuses_url", self + "/statuses")
                .put("repository_url", call.views().api(""))
                .put("transient_environment", deployment.passing())
                .put("production_environment", deployment.production());
    }

    private static Response addStatus(GitHubCall call) {
        State state;
        try {
            state = State.valueOf(call.required("state").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw GitHubRefusal.invalid("DeploymentStatus", "state", "invalid");
        }
        var description = call.text("description").orElse("");
        if (description.length() > 140) {
            throw GitHubRefusal.custom(
                    "DeploymentStatus",
                    "description",
                    "description is too long (maximum is 140 characters)");
        }
        var status =
                call.world()
                        .deployments()
                        .status(
                                deployment(call).id(),
                                state,
                                call.login(),
                                description,
                                call.text("log_url").or(() -> call.text("target_url")).orElse(""),
                                call.text("environment_url").orElse(""),
                                call.flag("auto_inactive", true));
        return Response.json(201, view(call, status))
                .header(
                        "Location",
                        call.views()
                                .api(
                                        "/deployments/"
                                                + status.deployment()
                                                + "/statuses/"
                                                + status.id()));
    }

    private static ObjectNode view(GitHubCall call, DeploymentStatus status) {
        var deployment = call.views().api("/deployments/" + status.deployment());
        var view =
                GitHubCall.object()
                        .put("url", deployment + "/statuses/" + status.id())
                        .put("id", status.id())
                        .put("node_id", GitHubViews.nodeId("DeploymentStatus", status.id()))
                        .put("state", GitHubViews.lower(status.state()));
        view.set("creator", call.views().user(status.creator()));
        return view.put("description", status.description())
                .put("environment", status.environment())
                .put("target_url", status.logUrl())
                .put("log_url", status.logUrl())
                .put("environment_url", status.environmentUrl())
                .put("created_at", status.at().toString())
                .put("updated_at", status.at().toString())
                .put("deployment_url", deployment)
                .put("repository_url", call.views().api(""));
    }
}
