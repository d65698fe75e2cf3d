package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.GitHubRefusal;
import dev.slipway.sandbox.world.GitHubRun;
import dev.slipway.sandbox.world.GitHubRun.Job;
import dev.slipway.sandbox.world.GitHubRun.Status;
import dev.slipway.sandbox.world.GitHubWorkflow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.node.ObjectNode;

/// `/actions`: workflows, runs, jobs, logs, dispatches.
final class GitHubActionsRoutes {
    /// Where logs are downloaded without a token, by a ticket of short life.
    static final String DOWNLOADS = "/_downloads/";

    private static final String READ = "actions=read";
    private static final String WRITE = "actions=write";
    private static final Duration TICKET = Duration.ofMinutes(1);

    private final Map<String, Ticket> tickets = new ConcurrentHashMap<>();

    private record Ticket(Response answer, Instant end) {}

    void addTo(GitHubRoutes routes) {
        routes.on("GET", "/actions/workflows", READ, GitHubActionsRoutes::workflows)
                .on(
                        "GET",
                        "/actions/workflows/{workflow}",
                        READ,
                        call -> Response.json(200, workflow(call, known(call))))
                .on(
                        "GET",
                        "/actions/workflows/{workflow}/runs",
                        READ,
                        call -> {
                            var workflow = known(call);
                            return runs(
                                    call,
                                    call.world().actions().runs().stream()
                                            .filter(r -> r.workflow() == workflow.id())
                                            .toList());
                        })
                .on(
                        "POST",
                        "/actions/workflows/{workflow}/dispatches",
                        WRITE,
                        GitHubActionsRoutes::dispatch)
                .on("GET", "/actions/runs", READ, call -> runs(call, call.world().actions().runs()))
                .on(
                        "GET",
                        "/actions/runs/{run}",
                        READ,
                        call -> Response.json(200, run(call, run(call))))
                .on(
                        "GET",
                        "/actions/runs/{run}/attempts/{attempt}",
                        READ,
                        call -> Response.json(200, run(call, run(call))))
                .on("GET", "/actions/runs/{run}/jobs", READ, GitHubActionsRoutes::jobs)
                .on(
                        "GET",
                        "/actions/runs/{run}/attempts/{attempt}/jobs",
                        READ,
                        GitHubActionsRoutes::jobs)
                .on("GET", "/actions/runs/{run}/logs", READ, this::runLogs)
                .on("POST", "/actions/runs/{run}/rerun", WRITE, call -> again(call, false))
                .on(
                        "POST",
                        "/actions/runs/{run}/rerun-failed-jobs",
                        WRITE,
                        call -> again(call, true))
                .on("POST", "/actions/runs/{run}/cancel", WRITE, GitHubActionsRoutes::cancel)
                .on("POST", "/actions/runs/{run}/force-cancel", WRITE, GitHubActionsRoutes::cancel)
                .on(
                        "GET",
                        "/actions/runs/{run}/artifacts",
                        READ,
                        call -> call.page("artifacts", List.<ObjectNode>of(), a -> a))
                .on(
                        "GET",
                        "/actions/artifacts",
                        READ,
                        call -> call.page("artifacts", List.<ObjectNode>of(), a -> a))
                .on(
                        "GET",
                        "/actions/jobs/{job}",
                        READ,
                        call -> Response.json(200, job(call, job(call))))
                .on("GET", "/actions/jobs/{job}/logs", READ, this::jobLogs);
        routes.all().add(new LoopbackServer.Route("GET", DOWNLOADS + "{ticket}", this::download));
    }

    // ---- workflows

    private static Response workflows(GitHubCall call) {
        return call.page("workflows", call.world().actions().workflows(), w -> workflow(call, w));
    }

    private static GitHubWorkflow known(GitHubCall call) {
        return call.world()
                .actions()
                .workflow(call.variable("workflow"))
                .orElseThrow(GitHubRefusal::notFound);
    }

    private static ObjectNode workflow(GitHubCall call, GitHubWorkflow workflow) {
        var views = call.views();
        var present = call.world().actions().workflows().contains(workflow);
        return GitHubCall.object()
                .put("id", workflow.id())
                .put("node_id", GitHubViews.nodeId("Workflow", workflow.id()))
                .put("name", workflow.name())
                .put("path", workflow.path())
                .put("state", present ? "active" : "deleted")
                .put("created_at", workflow.createdAt().toString())
                .put("updated_at", workflow.createdAt().toString())
                .put("url", views.api("/actions/workflows/" + workflow.id()))
                .put("html_url", views.html("/blob/HEAD/" + workflow.path()))
                .put("badge_url", views.html("/workflows/" + workflow.file() + "/badge.svg"));
    }

    private static Response dispatch(GitHubCall call) {
        var inputs = new LinkedHashMap<String, String>();
        var given = call.body().path("inputs");
        if (given.size() > 25) {
            throw new GitHubRefusal(422, "Too many inputs; at most 25 are allowed");
        }
        given.forEachEntry((name, value) -> inputs.put(name, value.asString("")));
        var newest = call.request().header("X-GitHub-Api-Version").orElse("").equals("2026-03-10");
        var details = newest || call.flag("return_run_details", false);
        var run =
                call.world()
                        .actions()
                        .dispatch(
                                call.variable("workflow"),
                                call.required("ref"),
                                inputs,
                                call.login());
        if (!details) {
            return Response.empty(204);
        }
        return Response.json(
                200,
                GitHubCall.object()
                        .put("workflow_run_id", run.id())
                        .put("run_url", call.views().api("/actions/runs/" + run.id()))
                        .put("html_url", call.views().html("/actions/runs/" + run.id())));
    }

    // ---- runs

    private static Response runs(GitHubCall call, List<GitHubRun> all) {
        var request = call.request();
        var branch = request.query("branch");
        var event = request.query("event");
        var sha = request.query("head_sha");
        var actor = request.query("actor");
        var status = request.query("status");
        var wanted =
                all.stream()
                        .filter(r -> branch.map(r.branch()::equals).orElse(true))
                        .filter(r -> event.map(r.event()::equals).orElse(true))
                        .filter(r -> sha.map(r.sha().value()::equals).orElse(true))
                        .filter(r -> actor.map(r.actor()::equals).orElse(true))
                        .filter(r -> status.map(s -> is(r, s)).orElse(true))
                        .toList();
        return call.page("workflow_runs", wanted, r -> run(call, r));
    }

    /// The parameter `status` takes a conclusion, too.
    private static boolean is(GitHubRun run, String status) {
        return GitHubViews.lower(run.status()).equals(status)
                || status.equals(GitHubViews.lower(run.conclusion()));
    }

    private static GitHubRun run(GitHubCall call) {
        return call.world().actions().run(call.number("run")).orElseThrow(GitHubRefusal::notFound);
    }

    private static ObjectNode run(GitHubCall call, GitHubRun run) {
        var views = call.views();
        var self = "/actions/runs/" + run.id();
        var view =
                GitHubCall.object()
                        .put("id", run.id())
                        .put("name", run.name())
                        .put("node_id", GitHubViews.nodeId("WorkflowRun", run.id()))
                        .put("check_suite_id", GitHubCheckRoutes.suite(run.id()))
                        .put("head_branch", run.branch())
                        .put("head_sha", run.sha().value())
                        .put("path", run.path())
                        .put("display_title", run.title())
                        .put("run_number", run.number())
                        .put("run_attempt", run.attempt())
                        .put("event", run.event())
                        .put("status", GitHubViews.lower(run.status()))
                        .put("conclusion", GitHubViews.lower(run.conclusion()))
                        .put("workflow_id", run.workflow())
                        .put("url", views.api(self))
                        .put("html_url", views.html(self));
        var pulls = view.putArray("pull_requests");
        call.world().pulls().open().stream()
                .filter(p ->
                        p.headSha().equals(run.sha())
                                && p.headOwner().equals(call.world().settings().owner()))
                .forEach(p -> {
                    var line =
                            pulls.addObject()
                                    .put("id", p.id())
                                    .put("number", p.number())
                                    .put("url", views.api("/pulls/" + p.number()));
                    line.putObject("head")
                            .put("ref", p.headBranch())
                            .put("sha", p.headSha().value());
                    line.putObject("base")
                            .put("ref", p.baseBranch())
                            .put("sha", p.baseSha().value());
                });
        view.put("created_at", run.createdAt().toString())
                .put("updated_at", run.updatedAt().toString())
                .put("run_started_at", run.startedAt().toString());
        view.set("actor", views.user(run.actor()));
        view.set("triggering_actor", views.user(run.actor()));
        view.put("jobs_url", views.api(self + "/jobs"))
                .put("logs_url", views.api(self + "/logs"))
                .put(
                        "check_suite_url",
                        views.api("/check-suites/" + GitHubCheckRoutes.suite(run.id())))
                .put("artifacts_url", views.api(self + "/artifacts"))
                .put("cancel_url", views.api(self + "/cancel"))
                .put("rerun_url", views.api(self + "/rerun"))
                .put("workflow_url", views.api("/actions/workflows/" + run.workflow()));
        return view;
    }

    private static Response again(GitHubCall call, boolean failedJobsOnly) {
        call.world().actions().again(run(call).id(), failedJobsOnly);
        return Response.json(201, GitHubCall.object());
    }

    private static Response cancel(GitHubCall call) {
        call.world().actions().cancel(run(call).id(), call.login());
        return Response.json(202, GitHubCall.object());
    }

    // ---- jobs and logs

    private static Response jobs(GitHubCall call) {
        return call.page("jobs", call.world().actions().jobs(run(call).id()), j -> job(call, j));
    }

    private static Job job(GitHubCall call) {
        return call.world().actions().job(call.number("job")).orElseThrow(GitHubRefusal::notFound);
    }

    private static ObjectNode job(GitHubCall call, Job job) {
        var views = call.views();
        var run = call.world().actions().run(job.run()).orElseThrow();
        var view =
                GitHubCall.object()
                        .put("id", job.id())
                        .put("run_id", job.run())
                        .put("run_url", views.api("/actions/runs/" + job.run()))
                        .put("run_attempt", job.attempt())
                        .put("node_id", GitHubViews.nodeId("CheckRun", job.id()))
                        .put("head_sha", run.sha().value())
                        .put("head_branch", run.branch())
                        .put("workflow_name", run.name())
                        .put("url", views.api("/actions/jobs/" + job.id()))
                        .put(
                                "html_url",
                                views.html("/actions/runs/" + job.run() + "/job/" + job.id()))
                        .put("status", GitHubViews.lower(job.status()))
                        .put("conclusion", GitHubViews.lower(job.conclusion()))
                        .put("created_at", job.createdAt().toString())
                        .put("started_at", job.startedAt().orElse(job.createdAt()).toString())
                        .put("completed_at", GitHubViews.time(job.completedAt()))
                        .put("name", job.name());
        var steps = view.putArray("steps");
        job.steps()
                .forEach(s ->
                        steps.addObject()
                                .put("name", s.name())
                                .put("number", s.number())
                                .put("status", GitHubViews.lower(s.status()))
                                .put("conclusion", GitHubViews.lower(s.conclusion()))
                                .put("started_at", GitHubViews.time(s.startedAt()))
                                .put("completed_at", GitHubViews.time(s.completedAt())));
        view.put("check_run_url", views.api("/check-runs/" + job.id()));
        view.putArray("labels").add("ubuntu-latest");
        return view.put("runner_id", 1)
                .put("runner_name", "GitHub Actions 1")
                .put("runner_group_id", 0)
                .put("runner_group_name", "GitHub Actions");
    }

    private Response jobLogs(GitHubCall call) {
        var job = job(call);
        if (job.status() != Status.COMPLETED) {
            throw GitHubRefusal.notFound();
        }
        var text = call.world().actions().printed(job.id());
        return ticket(call, Response.text(200, "text/plain; charset=utf-8", text));
    }

    private Response runLogs(GitHubCall call) {
        var run = run(call);
        if (run.status() != Status.COMPLETED) {
            throw GitHubRefusal.notFound();
        }
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            var jobs = call.world().actions().jobs(run.id());
            for (int i = 0; i < jobs.size(); i++) {
                var name = jobs.get(i).name().replaceAll("[/\\\\:]", "_");
                zip.putNextEntry(new ZipEntry(i + "_" + name + ".txt"));
                zip.write(
                        call.world()
                                .actions()
                                .printed(jobs.get(i).id())
                                .getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ticket(
                call,
                new Response(
                        200,
                        List.of(Map.entry("Content-Type", "application/zip")),
                        bytes.toByteArray()));
    }

    private Response ticket(GitHubCall call, Response answer) {
        var now = call.world().now();
        tickets.values().removeIf(t -> t.end().isBefore(now));
        var name = UUID.randomUUID().toString();
        tickets.put(name, new Ticket(answer, now.plus(TICKET)));
        return Response.empty(302).header("Location", call.base() + DOWNLOADS + name);
    }

    private Response download(Request request) {
        return Optional.ofNullable(tickets.get(request.variable("ticket")))
                .map(Ticket::answer)
                .orElseGet(() -> Response.text(404, "text/plain", "This link has expired."));
    }
}
