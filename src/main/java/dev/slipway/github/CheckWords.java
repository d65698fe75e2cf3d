package dev.slipway.github;

import dev.slipway.github.Checks.Check;
import dev.slipway.github.Checks.Kind;
import dev.slipway.github.Checks.Result;
import dev.slipway.github.Checks.State;
import dev.slipway.http.Json;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Turns GitHub's words for checks, which differ between REST and GraphQL in case only, into ours.
final class CheckWords {
    private CheckWords() {}

    /// All checks together. A word we do not know is never green, and red wins over it.
    static State together(Collection<Check> checks) {
        var results = checks.stream().map(Check::result).toList();
        if (results.contains(Result.FAIL)) {
            return State.FAILING;
        }
        if (results.contains(Result.UNKNOWN)) {
            return State.UNKNOWN;
        }
        if (results.contains(Result.PENDING)) {
            return State.PENDING;
        }
        return results.isEmpty() ? State.NONE : State.PASSING;
    }

    /// The result of a check run or workflow run.
    static Result result(String status, Optional<String> conclusion) {
        if (!status.toLowerCase(Locale.ROOT).equals("completed")) {
            return Result.PENDING;
        }
        return switch (conclusion.orElse("").toLowerCase(Locale.ROOT)) {
            case "success" -> Result.PASS;
            case "neutral", "skipped" -> Result.SKIPPED;
            case "failure",
                    "cancelled",
                    "timed_out",
                    "action_required",
                    "startup_failure",
                    "stale" ->
                    Result.FAIL;
            default -> Result.UNKNOWN;
        };
    }

    /// The result of a commit status.
    static Result result(String state) {
        return switch (state.toLowerCase(Locale.ROOT)) {
            case "success" -> Result.PASS;
            case "failure", "error" -> Result.FAIL;
            case "pending", "expected" -> Result.PENDING;
            default -> Result.UNKNOWN;
        };
    }

    /// A check run of the REST API.
    static Check checkRun(Json run) {
        var status = run.text("status");
        var conclusion = run.someText("conclusion");
        return new Check(
                run.text("name"),
                Kind.CHECK_RUN,
                result(status, conclusion),
                conclusion.orElse(status).toLowerCase(Locale.ROOT),
                run.maybeUri("details_url").or(() -> run.maybeUri("html_url")),
                run.maybeTime("started_at"),
                run.maybeTime("completed_at"),
                OptionalLong.empty());
    }

    /// A status of the REST API.
    static Check status(CommitStatus status) {
        return new Check(
                status.context(),
                Kind.STATUS,
                result(status.state().key()),
                status.state().key(),
                status.link(),
                Optional.empty(),
                Optional.of(status.created()),
                OptionalLong.empty());
    }

    /// A workflow run standing in for the check runs a token cannot read.
    static Check workflowRun(WorkflowRun run) {
        return new Check(
                run.name(),
                Kind.WORKFLOW_RUN,
                result(run.status(), run.conclusion()),
                run.conclusion().orElse(run.status()),
                Optional.of(run.url()),
                Optional.of(run.created()),
                run.completed() ? Optional.of(run.updated()) : Optional.empty(),
                OptionalLong.of(run.id()));
    }

    /// The newest run of each workflow and event: an older one was replaced by it.
    static List<WorkflowRun> newest(Collection<WorkflowRun> runs) {
        var byWorkflow = new LinkedHashMap<String, WorkflowRun>();
        runs.stream()
                .sorted(
                        Comparator.comparing(WorkflowRun::created)
                                .thenComparingLong(WorkflowRun::id))
                .forEach(r -> byWorkflow.put(r.path() + " " + r.event(), r));
        return List.copyOf(byWorkflow.values());
    }

    /// A check of GraphQL's `statusCheckRollup`.
    static Check context(Json node) {
        return switch (node.text("__typename")) {
            case "CheckRun" -> {
                var status = node.text("status");
                var conclusion = node.someText("conclusion");
                yield new Check(
                        node.text("name"),
                        Kind.CHECK_RUN,
                        result(status, conclusion),
                        conclusion.orElse(status).toLowerCase(Locale.ROOT),
                        node.maybeUri("detailsUrl"),
                        node.maybeTime("startedAt"),
                        node.maybeTime("completedAt"),
                        node.find("checkSuite")
                                .flatMap(s -> s.find("workflowRun"))
                                .map(r -> r.maybeNumber("databaseId"))
                                .orElseGet(OptionalLong::empty));
            }
            default -> statusContext(node);
        };
    }

    /// A `StatusContext` of GraphQL.
    static Check statusContext(Json node) {
        var state = node.text("state");
        return new Check(
                node.text("context"),
                Kind.STATUS,
                result(state),
                state.toLowerCase(Locale.ROOT),
                node.maybeUri("targetUrl"),
                Optional.empty(),
                node.maybeTime("createdAt"),
                OptionalLong.empty());
    }
}
