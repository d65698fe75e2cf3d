package dev.slipway.sandbox.server;

import static dev.slipway.sandbox.server.GitHubGraphQlFetchers.call;
import static dev.slipway.sandbox.server.GitHubGraphQlFetchers.require;
import static dev.slipway.sandbox.server.GitHubGraphQlFetchers.short32;
import static dev.slipway.sandbox.server.GitHubGraphQlObjects.ref;

import dev.slipway.domain.CommitSha;
import dev.slipway.sandbox.server.GitHubGraphQlFetchers.Fields;
import dev.slipway.sandbox.world.GitFileChange;
import dev.slipway.sandbox.world.GitHubChecks.Check;
import dev.slipway.sandbox.world.GitHubChecks.CommitStatus;
import dev.slipway.sandbox.world.GitHubChecks.Rollup;
import dev.slipway.sandbox.world.GitHubIssues.Comment;
import dev.slipway.sandbox.world.GitHubIssues.Label;
import dev.slipway.sandbox.world.GitHubPull;
import dev.slipway.sandbox.world.GitHubPull.Review;
import dev.slipway.sandbox.world.GitHubRun;
import dev.slipway.sandbox.world.GitHubToken.Access;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Where the fields of pull requests and of what is said about commits get their values.
final class GitHubGraphQlPulls {
    private GitHubGraphQlPulls() {}

    /// All that is said about a commit.
    record RollupView(CommitSha sha, Rollup state) {}

    /// The suite that a check belongs to.
    record SuiteView(Check check) {}

    static String typeOf(Object value) {
        return switch (value) {
            case GitHubPull _ -> "PullRequest";
            case Check _ -> "CheckRun";
            case CommitStatus _ -> "StatusContext";
            default -> throw new IllegalStateException("no GraphQL type for " + value.getClass());
        };
    }

    // ---- finding

    static Optional<GitHubPull> one(DataFetchingEnvironment env) {
        require(env, "pull_requests=read; contents=read");
        int number = Objects.requireNonNull(env.<Integer>getArgument("number"));
        var pull = call(env).world().pulls().get(number);
        if (pull.isEmpty()) {
            throw new GitHubGraphQlRefusal(
                    "NOT_FOUND",
                    "Could not resolve to a PullRequest with the number of " + number + ".");
        }
        return pull;
    }

    static Map<String, @Nullable Object> some(DataFetchingEnvironment env) {
        require(env, "pull_requests=read");
        Predicate<GitHubPull> wanted = _ -> true;
        List<String> states = env.getArgument("states");
        if (states != null) {
            wanted = wanted.and(p -> states.contains(state(p)));
        }
        String head = env.getArgument("headRefName");
        if (head != null) {
            wanted = wanted.and(p -> p.headBranch().equals(head));
        }
        String base = env.getArgument("baseRefName");
        if (base != null) {
            wanted = wanted.and(p -> p.baseBranch().equals(base));
        }
        List<String> labels = env.getArgument("labels");
        if (labels != null) {
            wanted = wanted.and(p -> p.labels().stream().anyMatch(labels::contains));
        }
        Map<String, Object> order = env.getArgument("orderBy");
        var found =
                call(env).world().pulls().all().stream()
                        .filter(wanted)
                        .sorted(order(order == null ? Map.of() : order))
                        .toList();
        return GitHubGraphQlConnection.of(env, found, p -> String.valueOf(p.number()));
    }

    private static Comparator<GitHubPull> order(Map<String, Object> order) {
        var byUpdate = "UPDATED_AT".equals(order.get("field"));
        var ascending =
                Comparator.comparing(byUpdate ? GitHubPull::updatedAt : GitHubPull::createdAt)
                        .thenComparingInt(GitHubPull::number);
        return "DESC".equals(order.get("direction")) ? ascending.reversed() : ascending;
    }

    private static String state(GitHubPull pull) {
        return pull.open() ? "OPEN" : pull.merged().isPresent() ? "MERGED" : "CLOSED";
    }

    // ---- pull requests

    static void addTo(RuntimeWiring.Builder wiring) {
        new Fields<GitHubPull>("PullRequest")
                .with("id", (p, _) -> GitHubViews.nodeId("PullRequest", p.number()))
                .with("databaseId", (p, _) -> short32(p.id()))
                .with("number", (p, _) -> p.number())
                .with("title", (p, _) -> p.title())
                .with("body", (p, _) -> p.body())
                .with("isDraft", (p, _) -> p.draft())
                .with("url", (p, env) -> call(env).views().html("/pull/" + p.number()))
                .with("state", (p, _) -> state(p))
                .with("closed", (p, _) -> !p.open())
                .with("merged", (p, _) -> p.merged().isPresent())
                .with("createdAt", (p, _) -> p.createdAt())
                .with("updatedAt", (p, _) -> p.updatedAt())
                .with("closedAt", (p, _) -> p.closedAt())
                .with("mergedAt", (p, _) -> p.merged().map(GitHubPull.Merged::at))
                .with("author", (p, env) -> person(env, p.author()))
                .with("mergedBy", (p, env) -> p.merged().map(m -> person(env, m.by())))
                .with("baseRefName", (p, _) -> p.baseBranch())
                .with("baseRefOid", (p, _) -> p.baseSha().value())
                .with("baseRef", (p, env) -> ref(env, "refs/heads/" + p.baseBranch()))
                .with("headRefName", (p, _) -> p.headBranch())
                .with("headRefOid", (p, _) -> p.headSha().value())
                .with(
                        "headRef",
                        (p, env) ->
                                fork(p, env)
                                        ? Optional.empty()
                                        : ref(env, "refs/heads/" + p.headBranch()))
                .with("headRepositoryOwner", (p, env) -> person(env, p.headOwner()))
                .with("isCrossRepository", (p, env) -> fork(p, env))
                .with("mergeable", (p, env) -> call(env).world().pulls().mergeable(p))
                .with("mergeStateStatus", (p, env) -> call(env).world().pulls().mergeState(p))
                .with("reviewDecision", (p, env) -> call(env).world().pulls().decision(p))
                .with(
                        "mergeCommit",
                        (p, env) ->
                                p.merged().flatMap(m -> call(env).world().git().commit(m.sha())))
                .with(
                        "potentialMergeCommit",
                        (p, env) ->
                                p.open()
                                        ? call(env)
                                                .world()
                                                .pulls()
                                                .mergeCommit(p)
                                                .flatMap(c -> call(env).world().git().commit(c))
                                        : Optional.empty())
                .with("isInMergeQueue", (_, _) -> false)
                .with("mergeQueueEntry", (_, _) -> null)
                .with("autoMergeRequest", (_, _) -> null)
                .with(
                        "additions",
                        (p, env) -> files(p, env).stream().mapToInt(GitFileChange::additions).sum())
                .with(
                        "deletions",
                        (p, env) -> files(p, env).stream().mapToInt(GitFileChange::deletions).sum())
                .with("changedFiles", (p, env) -> files(p, env).size())
                .with("labels", GitHubGraphQlPulls::labels)
                .with(
                        "files",
                        (p, env) ->
                                GitHubGraphQlConnection.of(env, files(p, env), GitFileChange::path))
                .with(
                        "commits",
                        (p, env) ->
                                GitHubGraphQlConnection.of(
                                        env,
                                        call(env).world().pulls().commits(p).stream()
                                                .map(c -> Map.of("commit", c))
                                                .toList(),
                                        m -> Objects.requireNonNull(m.get("commit")).sha().value()))
                .with("reviews", GitHubGraphQlPulls::reviews)
                .with(
                        "comments",
                        (p, env) ->
                                GitHubGraphQlConnection.of(
                                        env,
                                        call(env).world().issues().comments(p.number()),
                                        c -> String.valueOf(c.id())))
                .with("statusCheckRollup", (p, env) -> rollup(env, p.headSha()))
                .addTo(wiring);
        texts(wiring);
        checks(wiring);
    }

    private static Object person(DataFetchingEnvironment env, String login) {
        return call(env).world().accounts().person(login);
    }

    private static boolean fork(GitHubPull pull, DataFetchingEnvironment env) {
        return !pull.headOwner().equals(call(env).world().settings().owner());
    }

    private static List<GitFileChange> files(GitHubPull pull, DataFetchingEnvironment env) {
        return call(env).world().pulls().files(pull);
    }

    private static Object labels(GitHubPull pull, DataFetchingEnvironment env) {
        var labels = pull.labels().stream().map(call(env).world().issues()::labelled).toList();
        return GitHubGraphQlConnection.of(env, labels, Label::name);
    }

    private static Object reviews(GitHubPull pull, DataFetchingEnvironment env) {
        List<String> states = env.getArgument("states");
        var reviews =
                call(env).world().pulls().reviews(pull.number()).stream()
                        .filter(r -> states == null || states.contains(r.verdict().name()))
                        .toList();
        return GitHubGraphQlConnection.of(env, reviews, r -> String.valueOf(r.id()));
    }

    private static void texts(RuntimeWiring.Builder wiring) {
        new Fields<Label>("Label")
                .with("id", (l, _) -> GitHubViews.nodeId("Label", l.id()))
                .with("name", (l, _) -> l.name())
                .with("color", (l, _) -> l.color())
                .with("description", (l, _) -> l.description())
                .addTo(wiring);
        new Fields<GitFileChange>("PullRequestChangedFile")
                .with("path", (f, _) -> f.path())
                .with("additions", (f, _) -> f.additions())
                .with("deletions", (f, _) -> f.deletions())
                .with(
                        "changeType",
                        (f, _) ->
                                switch (f.status()) {
                                    case "added" -> "ADDED";
                                    case "removed" -> "DELETED";
                                    case "renamed" -> "RENAMED";
                                    default -> "MODIFIED";
                                })
                .addTo(wiring);
        new Fields<Review>("PullRequestReview")
                .with("id", (r, _) -> GitHubViews.nodeId("PullRequestReview", r.id()))
                .with("author", (r, env) -> person(env, r.login()))
                .with("body", (r, _) -> r.body())
                .with("state", (r, _) -> r.verdict())
                .with("submittedAt", (r, _) -> r.at())
                .with("commit", (r, env) -> call(env).world().git().commit(r.sha()))
                .addTo(wiring);
        new Fields<Comment>("IssueComment")
                .with("id", (c, _) -> GitHubViews.nodeId("IssueComment", c.id()))
                .with("databaseId", (c, _) -> short32(c.id()))
                .with("author", (c, env) -> person(env, c.author()))
                .with("body", (c, _) -> c.body())
                .with("createdAt", (c, _) -> c.createdAt())
                .with("updatedAt", (c, _) -> c.updatedAt())
                .addTo(wiring);
    }

    // ---- what is said about a commit

    static Optional<RollupView> rollup(DataFetchingEnvironment env, CommitSha sha) {
        return call(env).world().checks().rollup(sha).map(state -> new RollupView(sha, state));
    }

    private static void checks(RuntimeWiring.Builder wiring) {
        new Fields<RollupView>("StatusCheckRollup")
                .with(
                        "id",
                        (r, _) ->
                                GitHubViews.nodeId("StatusCheckRollup", r.sha().value().hashCode()))
                .with("state", (r, _) -> r.state())
                .with("contexts", GitHubGraphQlPulls::contexts)
                .addTo(wiring);
        new Fields<Check>("CheckRun")
                .with("id", (c, _) -> GitHubViews.nodeId("CheckRun", c.id()))
                .with("databaseId", (c, _) -> short32(c.id()))
                .with("name", (c, _) -> c.name())
                .with("status", (c, _) -> c.status())
                .with("conclusion", (c, _) -> c.conclusion())
                .with(
                        "detailsUrl",
                        (c, env) ->
                                call(env)
                                        .views()
                                        .html(
                                                c.run()
                                                                .map(r ->
                                                                        "/actions/runs/"
                                                                                + r
                                                                                + "/job/")
                                                                .orElse("/runs/")
                                                        + c.id()))
                .with("startedAt", (c, _) -> c.startedAt())
                .with("completedAt", (c, _) -> c.completedAt())
                .with("checkSuite", (c, _) -> new SuiteView(c))
                .addTo(wiring);
        new Fields<SuiteView>("CheckSuite")
                .with("id", (s, _) -> GitHubViews.nodeId("CheckSuite", suite(s)))
                .with("databaseId", (s, _) -> short32(suite(s)))
                .with(
                        "workflowRun",
                        (s, env) ->
                                s.check().run().flatMap(r -> call(env).world().actions().run(r)))
                .addTo(wiring);
        new Fields<GitHubRun>("WorkflowRun")
                .with("id", (r, _) -> GitHubViews.nodeId("WorkflowRun", r.id()))
                .with("databaseId", (r, _) -> short32(r.id()))
                .with("runNumber", (r, _) -> r.number())
                .with("event", (r, _) -> r.event())
                .with("url", (r, env) -> call(env).views().html("/actions/runs/" + r.id()))
                .with("workflow", (r, _) -> r)
                .addTo(wiring);
        new Fields<GitHubRun>("Workflow")
                .with("id", (r, _) -> GitHubViews.nodeId("Workflow", r.workflow()))
                .with("databaseId", (r, _) -> short32(r.workflow()))
                .with("name", (r, _) -> r.name())
                .addTo(wiring);
        new Fields<CommitStatus>("StatusContext")
                .with("id", (s, _) -> GitHubViews.nodeId("StatusContext", s.id()))
                .with("context", (s, _) -> s.context())
                .with("state", (s, _) -> s.state())
                .with("description", (s, _) -> s.description())
                .with("targetUrl", (s, _) -> s.targetUrl().isEmpty() ? null : s.targetUrl())
                .with("createdAt", (s, _) -> s.at())
                .addTo(wiring);
    }

    private static long suite(SuiteView view) {
        return GitHubCheckRoutes.suite(view.check());
    }

    /// Check runs are null, each with an error, for a token that may not read checks.
    private static Object contexts(RollupView rollup, DataFetchingEnvironment env) {
        var call = call(env);
        var checks = call.world().checks().latestChecks(rollup.sha());
        var statuses = call.world().checks().latestStatuses(rollup.sha());
        var all = new ArrayList<Object>(checks);
        all.addAll(statuses);
        var page =
                new LinkedHashMap<String, @Nullable Object>(
                        GitHubGraphQlConnection.of(env, all, GitHubGraphQlPulls::key));
        page.put("checkRunCount", checks.size());
        page.put("statusContextCount", statuses.size());
        if (call.token().allows("checks", Access.READ)) {
            return page;
        }
        var nodes = new ArrayList<@Nullable Object>();
        var errors = new ArrayList<GraphQLError>();
        if (page.get("nodes") instanceof List<?> found) {
            for (var node : found) {
                if (node instanceof Check) {
                    errors.add(
                            GraphqlErrorBuilder.newError(env)
                                    .message("%s", GitHubRoutes.inaccessible(call.token()))
                                    .path(
                                            env.getExecutionStepInfo()
                                                    .getPath()
                                                    .segment("nodes")
                                                    .segment(nodes.size()))
                                    .extensions(Map.of("type", "FORBIDDEN"))
                                    .build());
                }
                nodes.add(node instanceof Check ? null : node);
            }
        }
        page.put("nodes", nodes);
        return DataFetcherResult.newResult().data(page).errors(errors).build();
    }

    private static String key(Object context) {
        return switch (context) {
            case Check check -> "check " + check.id();
            case CommitStatus status -> "status " + status.context();
            default -> throw new IllegalStateException();
        };
    }
}
