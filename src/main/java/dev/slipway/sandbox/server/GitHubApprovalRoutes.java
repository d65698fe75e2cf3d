package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.GitHubApprovals.Approval;
import dev.slipway.sandbox.world.GitHubDeployments.Environment;
import dev.slipway.sandbox.world.GitHubRefusal;
import dev.slipway.sandbox.world.GitHubRun;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What runs wait for at protected environments, and who let them in.
final class GitHubApprovalRoutes {
    private GitHubApprovalRoutes() {}

    static void addTo(GitHubRoutes routes) {
        routes.on(
                        "GET",
                        "/actions/runs/{run}/pending_deployments",
                        "actions=read",
                        GitHubApprovalRoutes::pending)
                .on(
                        "POST",
                        "/actions/runs/{run}/pending_deployments",
                        "deployments=write",
                        GitHubApprovalRoutes::decide)
                .on(
                        "GET",
                        "/actions/runs/{run}/approvals",
                        "actions=read",
                        GitHubApprovalRoutes::decided);
    }

    private static GitHubRun run(GitHubCall call) {
        return call.world().actions().run(call.number("run")).orElseThrow(GitHubRefusal::notFound);
    }

    private static Environment environment(GitHubCall call, Approval approval) {
        return call.world().deployments().environment(approval.environment()).orElseThrow();
    }

    private static ObjectNode view(GitHubCall call, Environment environment) {
        return GitHubCall.object()
                .put("id", environment.id())
                .put("node_id", GitHubViews.nodeId("Environment", environment.id()))
                .put("name", environment.name())
                .put("html_url", call.views().html("/deployments/" + environment.name()))
                .put("created_at", environment.createdAt().toString())
                .put("updated_at", environment.createdAt().toString());
    }

    private static Response pending(GitHubCall call) {
        var all = GitHubCall.array();
        for (var approval : call.world().approvals().waiting(run(call).id())) {
            var environment = environment(call, approval);
            var entry = all.addObject();
            entry.set("environment", view(call, environment));
            entry.put("wait_timer", environment.waitMinutes())
                    .put("wait_timer_started_at", approval.at().toString())
                    .put(
                            "current_user_can_approve",
                            environment.reviewers().contains(call.login()));
            var reviewers = entry.putArray("reviewers");
            environment
                    .reviewers()
                    .forEach(r ->
                            reviewers
                                    .addObject()
                                    .put("type", "User")
                                    .set("reviewer", call.views().user(r)));
        }
        return Response.json(200, all);
    }

    private static Response decided(GitHubCall call) {
        var all = GitHubCall.array();
        for (var approval : call.world().approvals().decided(run(call).id())) {
            var entry =
                    all.addObject()
                            .put("state", GitHubViews.lower(approval.state()))
                            .put("comment", approval.comment());
            entry.putArray("environments").add(view(call, environment(call, approval)));
            entry.set("user", call.views().user(approval.by().orElseThrow()));
        }
        return Response.json(200, all);
    }

    private static Response decide(GitHubCall call) {
        var run = run(call);
        var state = call.required("state");
        var names = named(call);
        if (names.isEmpty() || !List.of("approved", "rejected").contains(state)) {
            throw GitHubRefusal.invalid("PendingDeployment", "state", "invalid");
        }
        for (var name : names) {
            call.world()
                    .approvals()
                    .decide(
                            run.id(),
                            name,
                            state.equals("approved"),
                            call.login(),
                            call.required("comment"));
        }
        return Response.json(200, GitHubCall.array());
    }

    private static List<String> named(GitHubCall call) {
        var names = new ArrayList<String>();
        for (var id : call.body().path("environment_ids")) {
            call.world().deployments().environments().stream()
                    .filter(e -> e.id() == id.asLong(0))
                    .map(Environment::name)
                    .forEach(names::add);
        }
        return names;
    }
}
