package dev.slipway.github;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.github.Checks.Source;
import dev.slipway.github.Checks.State;
import dev.slipway.github.OpenPullRequest.Mergeable;
import dev.slipway.github.OpenPullRequest.ReviewDecision;
import dev.slipway.http.Answer;
import dev.slipway.http.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The GraphQL query for all open pull requests: two points per hundred of them.
final class OpenPullRequestQuery {
    private static final String ROLLUP =
            """
            statusCheckRollup{state contexts(first:50){totalCount nodes{__typename
              ... on CheckRun{name status conclusion detailsUrl startedAt completedAt
                checkSuite{workflowRun{databaseId}}}
              ... on StatusContext{context state targetUrl createdAt}}}}
            """;

    /// What a token that cannot read check runs may read.
    private static final String STATUSES =
            """
            commits(last:1){nodes{commit{status{contexts{context state targetUrl createdAt}}}}}
            """;

    private final GitHubApi api;

    private final List<String> paths;

    /// @param paths whose names in Git each head is to tell
    OpenPullRequestQuery(GitHubApi api, List<String> paths) {
        this.api = api;
        this.paths = List.copyOf(paths);
    }

    private String query(String checks) {
        var names = new StringBuilder();
        var fields = new StringBuilder();
        for (int i = 0; i < paths.size(); i++) {
            names.append(",$p").append(i).append(":String!");
            fields.append(" p").append(i).append(":file(path:$p").append(i).append("){oid}");
        }
        var head = paths.isEmpty() ? "" : "headRef{target{... on Commit{oid" + fields + "}}}";
        return """
        query OpenPullRequests($owner:String!,$repo:String!,$first:Int!,$after:String%s){
          rateLimit{cost limit remaining used resetAt}
          repository(owner:$owner,name:$repo){
            pullRequests(states:[OPEN],first:$first,after:$after,
              orderBy:{field:UPDATED_AT,direction:DESC}){
              totalCount pageInfo{hasNextPage endCursor}
              nodes{id number title isDraft url createdAt updatedAt author{login}
                baseRefName headRefName headRefOid isCrossRepository headRepositoryOwner{login}
                mergeable reviewDecision mergeQueueEntry{position}
                autoMergeRequest{mergeMethod} labels(first:20){nodes{name}}
                %s
                %s}}}}
        """
                .formatted(names, checks, head);
    }

    /// The checks of some pull requests could not be read for want of a permission.
    static final class ChecksForbidden extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// One page.
    private record Page(List<OpenPullRequest> pullRequests, int open, Optional<String> next) {}

    /// The newest pull requests, as far as they were read.
    ///
    /// @param list last updated first
    /// @param open how many are open
    /// @param whole whether these are all
    record Newest(List<OpenPullRequest> list, int open, boolean whole) {
        OpenPullRequest last() {
            return list.getLast();
        }

        Set<CommitSha> heads() {
            return list.stream().map(OpenPullRequest::headSha).collect(Collectors.toSet());
        }

        Newest map(UnaryOperator<OpenPullRequest> change) {
            return new Newest(list.stream().map(change).toList(), open, whole);
        }
    }

    /// Pull requests with all their checks, page by page until there are `enough`.
    ///
    /// @throws ChecksForbidden when the token cannot read check runs
    Newest withChecks(Predicate<Newest> enough) {
        return read(query(ROLLUP), true, enough);
    }

    /// Pull requests with their commit statuses only, which never makes them green.
    Newest withStatuses(Predicate<Newest> enough) {
        return read(query(STATUSES), false, enough);
    }

    private Newest read(String query, boolean rollup, Predicate<Newest> enough) {
        var list = new ArrayList<OpenPullRequest>();
        var variables = new HashMap<String, Object>();
        variables.put("owner", api.name().owner());
        variables.put("repo", api.name().name());
        variables.put("first", GitHubApi.PAGE);
        for (int i = 0; i < paths.size(); i++) {
            variables.put("p" + i, paths.get(i));
        }
        while (true) {
            var call = api.graphQl("OpenPullRequests", query, variables);
            var page = api.transport().read(call, a -> page(a, rollup));
            list.addAll(page.pullRequests());
            var end = page.next().isEmpty() || list.size() >= 10_000;
            var read = new Newest(List.copyOf(list), page.open(), end);
            if (end || enough.test(read)) {
                return read;
            }
            variables.put("after", page.next().get());
        }
    }

    private Page page(Answer answer, boolean rollup) {
        var json = answer.json();
        var errors = json.listOrNone("errors");
        if (rollup && errors.stream().anyMatch(OpenPullRequestQuery::forbidsChecks)) {
            throw new ChecksForbidden();
        }
        var list =
                json.find("data")
                        .flatMap(d -> d.find("repository"))
                        .flatMap(r -> r.find("pullRequests"));
        if (list.isEmpty()) {
            throw new dev.slipway.domain.FailureException(
                    GitHubApi.failureIn(json, false)
                            .orElseThrow(() -> new Json.Unreadable("it has no pull requests")));
        }
        var troubled = troubledNodes(errors);
        var nodes = list.get().list("nodes");
        var result = new ArrayList<OpenPullRequest>();
        for (int i = 0; i < nodes.size(); i++) {
            var checks =
                    troubled.containsKey(i)
                            ? Checks.unknown(troubled.get(i))
                            : rollup ? rollup(nodes.get(i)) : statuses(nodes.get(i));
            result.add(pullRequest(nodes.get(i), checks));
        }
        var info = list.get().get("pageInfo");
        return new Page(
                List.copyOf(result),
                list.get().integer("totalCount"),
                info.flag("hasNextPage") ? info.maybeText("endCursor") : Optional.empty());
    }

    private static boolean forbidsChecks(Json error) {
        return error.someText("type").filter("FORBIDDEN"::equals).isPresent()
                && path(error).contains("statusCheckRollup");
    }

    /// Which nodes an error speaks of, with what it says.
    private static Map<Integer, String> troubledNodes(List<Json> errors) {
        var result = new HashMap<Integer, String>();
        for (var error : errors) {
            var path = path(error);
            int nodes = path.indexOf("nodes");
            // What lies at a path is asked for again by itself where it is not told.
            if (path.contains("headRef")) {
                continue;
            }
            if (nodes >= 0 && nodes + 1 < path.size() && path.get(nodes + 1).matches("\\d{1,6}")) {
                result.putIfAbsent(
                        Integer.parseInt(path.get(nodes + 1)),
                        error.someText("message").orElse("GitHub gave no reason"));
            }
        }
        return result;
    }

    private static List<String> path(Json error) {
        return error.listOrNone("path").stream().map(Json::word).toList();
    }

    private static Checks rollup(Json node) {
        var rollup = node.find("statusCheckRollup");
        if (rollup.isEmpty()) {
            return new Checks(
                    State.NONE, List.of(), 0, Source.CHECKS_AND_STATUSES, Optional.empty());
        }
        var contexts = rollup.get().get("contexts");
        var all = contexts.list("nodes").stream().map(CheckWords::context).toList();
        var state =
                switch (rollup.get().text("state")) {
                    case "SUCCESS" -> State.PASSING;
                    case "FAILURE", "ERROR" -> State.FAILING;
                    case "PENDING", "EXPECTED" -> State.PENDING;
                    default -> State.UNKNOWN;
                };
        return new Checks(
                state,
                all,
                contexts.integer("totalCount"),
                Source.CHECKS_AND_STATUSES,
                Optional.empty());
    }

    private static Checks statuses(Json node) {
        var all =
                node.get("commits").list("nodes").stream()
                        .flatMap(c -> c.get("commit").find("status").stream())
                        .flatMap(s -> s.list("contexts").stream())
                        .map(CheckWords::statusContext)
                        .toList();
        return new Checks(
                State.UNKNOWN,
                all,
                all.size(),
                Source.RUNS_AND_STATUSES,
                Optional.of("the token cannot read check runs"));
    }

    /// The names of what lies at the paths, where the head's branch is there and where it was.
    private Optional<Map<String, String>> objects(Json node) {
        var commit = node.find("headRef").flatMap(ref -> ref.find("target"));
        if (paths.isEmpty()
                || commit.flatMap(c -> c.someText("oid"))
                        .filter(node.text("headRefOid")::equals)
                        .isEmpty()) {
            return Optional.empty();
        }
        var result = new HashMap<String, String>();
        for (var path : paths) {
            commit.flatMap(c -> c.find("p" + paths.indexOf(path)))
                    .ifPresent(entry -> result.put(path, entry.text("oid")));
        }
        return Optional.of(result);
    }

    private OpenPullRequest pullRequest(Json node, Checks checks) {
        return new OpenPullRequest(
                new PullRequestNumber(node.integer("number")),
                node.text("id"),
                node.text("title"),
                node.uri("url"),
                node.find("author").map(a -> a.text("login")),
                node.flag("isDraft"),
                node.time("createdAt"),
                node.time("updatedAt"),
                node.text("baseRefName"),
                node.text("headRefName"),
                node.sha("headRefOid"),
                node.flag("isCrossRepository"),
                node.find("headRepositoryOwner").map(o -> o.text("login")),
                switch (node.text("mergeable")) {
                    case "MERGEABLE" -> Mergeable.MERGEABLE;
                    case "CONFLICTING" -> Mergeable.CONFLICTING;
                    default -> Mergeable.UNKNOWN;
                },
                node.maybeText("reviewDecision").map(OpenPullRequestQuery::decision),
                node.find("mergeQueueEntry").map(e -> e.integer("position")),
                node.find("autoMergeRequest").isPresent(),
                node.find("labels").map(l -> l.list("nodes")).orElse(List.of()).stream()
                        .map(l -> l.text("name"))
                        .toList(),
                checks,
                objects(node));
    }

    private static ReviewDecision decision(String word) {
        return switch (word) {
            case "APPROVED" -> ReviewDecision.APPROVED;
            case "CHANGES_REQUESTED" -> ReviewDecision.CHANGES_REQUESTED;
            case "REVIEW_REQUIRED" -> ReviewDecision.REVIEW_REQUIRED;
            default -> ReviewDecision.UNKNOWN;
        };
    }
}
