package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.GitHubChecks.Check;
import dev.slipway.sandbox.world.GitHubChecks.CommitStatus;
import dev.slipway.sandbox.world.GitHubChecks.StatusState;
import dev.slipway.sandbox.world.GitHubRefusal;
import dev.slipway.sandbox.world.GitHubRun.Conclusion;
import dev.slipway.sandbox.world.GitHubRun.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// What is said about commits: check runs, check suites, statuses.
final class GitHubCheckRoutes {
    void addTo(GitHubRoutes routes) {
        routes.on("GET", "/commits/{ref...}/check-runs", "checks=read", GitHubCheckRoutes::runs)
                .on(
                        "GET",
                        "/commits/{ref...}/check-suites",
                        "checks=read",
                        GitHubCheckRoutes::suites)
                .on("GET", "/check-runs/{id}", "checks=read", GitHubCheckRoutes::get)
                .on("GET", "/commits/{ref...}/status", "statuses=read", GitHubCheckRoutes::combined)
                .on("GET", "/commits/{ref...}/statuses", "statuses=read", GitHubCheckRoutes::list)
                .on("POST", "/statuses/{sha}", "statuses=write", GitHubCheckRoutes::add);
        GitHubCommitRoutes.addCommitTo(routes);
    }

    private static Response runs(GitHubCall call) {
        var sha = call.commit(call.variable("ref"));
        var request = call.request();
        var all =
                request.query("filter").orElse("latest").equals("all")
                        ? call.world().checks().checks(sha)
                        : call.world().checks().latestChecks(sha);
        var name = request.query("check_name");
        var status = request.query("status");
        var wanted =
                all.stream()
                        .filter(c -> name.map(c.name()::equals).orElse(true))
                        .filter(c -> status.map(GitHubViews.lower(c.status())::equals).orElse(true))
                        .toList();
        return call.page("check_runs", wanted, c -> check(call, c));
    }

    private static Response get(GitHubCall call) {
        var check =
                call.world().checks().check(call.number("id")).orElseThrow(GitHubRefusal::notFound);
        return Response.json(200, check(call, check));
    }

    /// A suite holds the checks of one run, or of one app on one commit.
    static long suite(Check check) {
        return check.run()
                .map(GitHubCheckRoutes::suite)
                .orElse((long) (check.app() + check.sha()).hashCode() & 0x3FFF_FFFFL);
    }

    /// The suite of a run.
    static long suite(long run) {
        return run - 1_000_000_000L;
    }

    private static ObjectNode check(GitHubCall call, Check check) {
        var views = call.views();
        var page =
                check.run()
                        .map(r -> views.html("/actions/runs/" + r + "/job/" + check.id()))
                        .orElse(views.html("/runs/" + check.id()));
        var view =
                GitHubCall.object()
                        .put("id", check.id())
                        .put("node_id", GitHubViews.nodeId("CheckRun", check.id()))
                        .put("name", check.name())
                        .put("head_sha", check.sha().value())
                        .put("external_id", "")
                        .put("url", views.api("/check-runs/" + check.id()))
                        .put("html_url", page)
                        .put("details_url", page)
                        .put("status", GitHubViews.lower(check.status()))
                        .put("conclusion", GitHubViews.lower(check.conclusion()))
                        .put("started_at", GitHubViews.time(check.startedAt()))
                        .put("completed_at", GitHubViews.time(check.completedAt()));
        view.putObject("output")
                .putNull("title")
                .put("summary", check.summary().isEmpty() ? null : check.summary())
                .putNull("text")
                .put("annotations_count", 0);
        view.putObject("check_suite").put("id", suite(check));
        app(view, check.app());
        view.putArray("pull_requests");
        return view;
    }

    private static void app(ObjectNode view, String slug) {
        view.putObject("app")
                .put("id", Math.floorMod(slug.hashCode(), 1_000_000))
                .put("slug", slug)
                .put("name", slug.equals("github-actions") ? "GitHub Actions" : slug);
    }

    private static Response suites(GitHubCall call) {
        var sha = call.commit(call.variable("ref"));
        var bySuite = new LinkedHashMap<Long, List<Check>>();
        call.world()
                .checks()
                .checks(sha)
                .forEach(c -> bySuite.computeIfAbsent(suite(c), _ -> new ArrayList<>()).add(c));
        return call.page(
                "check_suites",
                List.copyOf(bySuite.entrySet()),
                e -> {
                    var checks = e.getValue();
                    var done = checks.stream().allMatch(c -> c.status() == Status.COMPLETED);
                    var failed =
                            checks.stream()
                                    .flatMap(c -> c.conclusion().stream())
                                    .filter(c -> !c.passes())
                                    .findFirst();
                    var view =
                            GitHubCall.object()
                                    .put("id", e.getKey())
                                    .put("head_sha", sha.value())
                                    .put("status", done ? "completed" : "in_progress")
                                    .put(
                                            "conclusion",
                                            done
                                                    ? GitHubViews.lower(
                                                            failed.orElse(Conclusion.SUCCESS))
                                                    : null)
                                    .put("latest_check_runs_count", checks.size());
                    app(view, checks.getFirst().app());
                    return view;
                });
    }

    private static Response combined(GitHubCall call) {
        var sha = call.commit(call.variable("ref"));
        var latest = call.world().checks().latestStatuses(sha);
        var states = latest.stream().map(CommitStatus::state).toList();
        var bad = states.contains(StatusState.FAILURE) || states.contains(StatusState.ERROR);
        // Without any status it is pending: that is GitHub's word for nothing, too.
        var pending = states.isEmpty() || states.contains(StatusState.PENDING);
        var view =
                GitHubCall.object().put("state", bad ? "failure" : pending ? "pending" : "success");
        var array = view.putArray("statuses");
        latest.forEach(s -> array.add(status(call, s)));
        view.put("sha", sha.value()).put("total_count", latest.size());
        view.set("repository", call.views().repository());
        return Response.json(
                200,
                view.put("commit_url", call.views().api("/commits/" + sha))
                        .put("url", call.views().api("/commits/" + sha + "/status")));
    }

    private static Response list(GitHubCall call) {
        var sha = call.commit(call.variable("ref"));
        return call.page(call.world().checks().statuses(sha), s -> status(call, s));
    }

    private static ObjectNode status(GitHubCall call, CommitStatus status) {
        var view =
                GitHubCall.object()
                        .put("url", call.views().api("/statuses/" + status.sha()))
                        .put("id", status.id())
                        .put("node_id", GitHubViews.nodeId("StatusContext", status.id()))
                        .put("state", GitHubViews.lower(status.state()))
                        .put("context", status.context())
                        .put("description", status.description())
                        .put("target_url", status.targetUrl().isEmpty() ? null : status.targetUrl())
                        .put("created_at", status.at().toString())
                        .put("updated_at", status.at().toString());
        view.set("creator", call.views().user(status.creator()));
        return view;
    }

    private static Response add(GitHubCall call) {
        var sha = call.commit(call.variable("sha"));
        StatusState state;
        try {
            state = StatusState.valueOf(call.required("state").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw GitHubRefusal.invalid("Status", "state", "invalid");
        }
        var description = call.text("description").orElse("");
        if (description.length() > 140) {
            throw GitHubRefusal.custom(
                    "Status", "description", "description is too long (maximum is 140 characters)");
        }
        var status =
                call.world()
                        .checks()
                        .status(
                                sha,
                                call.text("context").orElse("default"),
                                state,
                                description,
                                call.text("target_url").orElse(""),
                                call.login());
        return Response.json(201, status(call, status));
    }
}
