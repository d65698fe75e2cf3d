package dev.slipway.github;

import dev.slipway.domain.CommitSha;
import dev.slipway.http.Answer;
import dev.slipway.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Workflows and their runs.
record Actions(GitHubApi api) {
    List<Workflow> workflows() {
        return api.transport()
                .pages(
                        api.conditional("/actions/workflows").with("per_page", GitHubApi.PAGE),
                        a -> a.json().list("workflows").stream().map(Actions::workflow).toList());
    }

    List<WorkflowRun> runs(CommitSha head) {
        return api.transport()
                .pages(
                        api.conditional("/actions/runs")
                                .with("head_sha", head)
                                .with("per_page", GitHubApi.PAGE),
                        Actions::runs);
    }

    List<WorkflowRun> unfinished(String branch) {
        return api
                .transport()
                .read(
                        api.conditional("/actions/runs")
                                .with("branch", branch)
                                .with("per_page", GitHubApi.PAGE),
                        Actions::runs)
                .stream()
                .filter(r -> !r.completed())
                .toList();
    }

    Optional<WorkflowRun> run(long id) {
        return api.transport().find(api.conditional("/actions/runs/{run}", id), a -> run(a.json()));
    }

    List<RunApproval> approvals(long run) {
        return api.transport()
                .read(
                        api.conditional("/actions/runs/{run}/approvals", run),
                        a -> GitHubApi.items(a).stream().map(Actions::approval).toList());
    }

    private static RunApproval approval(Json json) {
        return new RunApproval(
                switch (json.text("state")) {
                    case "approved" -> RunApproval.State.APPROVED;
                    case "rejected" -> RunApproval.State.REJECTED;
                    default -> RunApproval.State.PENDING;
                },
                json.list("environments").stream().map(e -> e.text("name")).toList(),
                PullRequests.login(json, "user"),
                json.someText("comment").orElse(""));
    }

    List<PendingDeployment> pendingDeployments(long run) {
        return api.transport()
                .read(
                        api.conditional("/actions/runs/{run}/pending_deployments", run),
                        a -> GitHubApi.items(a).stream().map(Actions::pending).toList());
    }

    private static PendingDeployment pending(Json json) {
        return new PendingDeployment(
                json.get("environment").text("name"),
                json.listOrNone("reviewers").stream()
                        .map(r -> r.get("reviewer"))
                        .flatMap(r -> r.someText("login").or(() -> r.someText("slug")).stream())
                        .toList());
    }

    OptionalLong dispatch(String workflow, String ref, Map<String, String> inputs) {
        var body = new LinkedHashMap<String, Object>();
        body.put("ref", ref);
        body.put("inputs", inputs);
        body.put("return_run_details", true);
        return api.transport()
                .change(
                        api.call("POST", "/actions/workflows/{workflow}/dispatches", workflow)
                                .body(body),
                        a ->
                                a.status() == 204
                                        ? OptionalLong.empty()
                                        : OptionalLong.of(a.json().number("workflow_run_id")));
    }

    static List<WorkflowRun> runs(Answer answer) {
        return answer.json().list("workflow_runs").stream().map(Actions::run).toList();
    }

    private static WorkflowRun run(Json run) {
        return new WorkflowRun(
                run.number("id"),
                run.someText("name").orElseGet(() -> run.text("path")),
                run.someText("display_title").orElse(""),
                run.text("path"),
                run.text("event"),
                run.someText("status").orElse("unknown"),
                run.someText("conclusion"),
                run.someText("head_branch"),
                run.sha("head_sha"),
                run.integer("run_number"),
                (int) run.maybeNumber("run_attempt").orElse(1),
                run.time("created_at"),
                run.time("updated_at"),
                run.uri("html_url"),
                run.find("actor").map(u -> u.text("login")));
    }

    private static Workflow workflow(Json workflow) {
        return new Workflow(
                workflow.number("id"),
                workflow.text("name"),
                workflow.text("path"),
                workflow.text("state").equals("active"));
    }
}
