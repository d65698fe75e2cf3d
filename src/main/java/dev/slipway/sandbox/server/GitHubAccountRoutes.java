package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.GitHubQuota.Resource;
import dev.slipway.sandbox.world.GitHubRefusal;
import dev.slipway.sandbox.world.GitHubToken.Access;
import tools.jackson.databind.node.ObjectNode;

/// Who asks, how much they may ask, and the repository itself.
final class GitHubAccountRoutes {
    void addTo(GitHubRoutes routes) {
        routes.root("GET", "/", GitHubRoutes.METADATA, GitHubAccountRoutes::entrance)
                .root("GET", "/user", GitHubRoutes.METADATA, GitHubAccountRoutes::user)
                .root("GET", "/users/{login}", GitHubRoutes.METADATA, GitHubAccountRoutes::anyone)
                .root("GET", "/rate_limit", GitHubRoutes.METADATA, GitHubAccountRoutes::limits)
                .root(
                        "GET",
                        "/meta",
                        GitHubRoutes.METADATA,
                        _ ->
                                Response.json(
                                        200,
                                        GitHubCall.object()
                                                .put("verifiable_password_authentication", false)))
                .on("GET", "", GitHubRoutes.METADATA, GitHubAccountRoutes::repository)
                .on(
                        "GET",
                        "/collaborators/{login}/permission",
                        GitHubRoutes.METADATA,
                        GitHubAccountRoutes::permission)
                .on(
                        "GET",
                        "/rules/branches/{branch...}",
                        GitHubRoutes.METADATA,
                        GitHubAccountRoutes::rules);
    }

    private static Response entrance(GitHubCall call) {
        return Response.json(
                200,
                GitHubCall.object()
                        .put("current_user_url", call.base() + "/user")
                        .put("rate_limit_url", call.base() + "/rate_limit")
                        .put("repository_url", call.base() + "/repos/{owner}/{repo}"));
    }

    private static Response user(GitHubCall call) {
        var user = call.world().accounts().person(call.login());
        return Response.json(
                200, call.views().user(user.login()).put("name", user.name()).putNull("email"));
    }

    private static Response anyone(GitHubCall call) {
        var user =
                call.world()
                        .accounts()
                        .user(call.variable("login"))
                        .orElseThrow(GitHubRefusal::notFound);
        return Response.json(200, call.views().user(user.login()).put("name", user.name()));
    }

    private static Response limits(GitHubCall call) {
        var token =
                call.world()
                        .accounts()
                        .grant(call.request().token().orElse(""))
                        .orElseThrow()
                        .getKey();
        var view = GitHubCall.object();
        var resources = view.putObject("resources");
        for (var resource : Resource.values()) {
            resources.set(resource.key(), window(call, token, resource));
        }
        view.set("rate", window(call, token, Resource.CORE));
        return Response.json(200, view);
    }

    private static ObjectNode window(GitHubCall call, long token, Resource resource) {
        var window = call.world().quota().look(token, resource);
        return GitHubCall.object()
                .put("limit", window.limit())
                .put("used", Math.min(window.used(), window.limit()))
                .put("remaining", window.remaining())
                .put("reset", window.reset().getEpochSecond())
                .put("resource", resource.key());
    }

    private static Response repository(GitHubCall call) {
        var settings = call.world().settings();
        var view = call.views().repository();
        var push = call.token().allows("contents", Access.WRITE);
        view.putObject("permissions")
                .put("admin", call.token().allows("administration", Access.WRITE))
                .put("maintain", push)
                .put("push", push)
                .put("triage", push)
                .put("pull", true);
        for (var method : dev.slipway.sandbox.world.GitHubPulls.Method.values()) {
            var allowed = settings.merges().contains(method);
            switch (method) {
                case MERGE -> view.put("allow_merge_commit", allowed);
                case SQUASH -> view.put("allow_squash_merge", allowed);
                case REBASE -> view.put("allow_rebase_merge", allowed);
            }
        }
        return Response.json(
                200,
                view.put("allow_auto_merge", false)
                        .put("delete_branch_on_merge", settings.deletesHead())
                        .put("has_issues", true));
    }

    private static Response permission(GitHubCall call) {
        var login = call.variable("login");
        var user = call.world().accounts().user(login).orElseThrow(GitHubRefusal::notFound);
        var role = login.equalsIgnoreCase(call.world().settings().owner()) ? "admin" : "write";
        var view = GitHubCall.object().put("permission", role).put("role_name", role);
        view.set("user", call.views().user(user.login()));
        return Response.json(200, view);
    }

    private static Response rules(GitHubCall call) {
        var settings = call.world().settings();
        var rules = tools.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
        if (call.variable("branch").equals(settings.defaultBranch())) {
            if (settings.approvals() > 0) {
                rules.addObject()
                        .put("type", "pull_request")
                        .putObject("parameters")
                        .put("required_approving_review_count", settings.approvals());
            }
            if (!settings.requiredChecks().isEmpty()) {
                var checks =
                        rules.addObject()
                                .put("type", "required_status_checks")
                                .putObject("parameters")
                                .putArray("required_status_checks");
                settings.requiredChecks().stream()
                        .sorted()
                        .forEach(c -> checks.addObject().put("context", c));
            }
        }
        return Response.json(200, rules);
    }
}
