package dev.slipway.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.domain.RepositoryName;
import dev.slipway.http.RawServer;
import dev.slipway.http.RawServer.Reply;
import dev.slipway.http.Transport;
import dev.slipway.http.Wire;
import dev.slipway.http.Worlds;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The adapter against answers as GitHub's interface description has them.
class HttpGitHubTest {
    private static final CommitSha HEAD = new CommitSha("a".repeat(40));
    private static final String NO_CHECKS =
            "{\"message\":\"Resource not accessible by personal access token\",\"status\":\"403\"}";

    @Test
    void anUnchangedListCostsTwoConditionalRequests() {
        with(
                HttpGitHubTest::answering,
                (gitHub, server) -> {
                    var first = gitHub.openPullRequests();
                    int calls = server.count();

                    var second = gitHub.openPullRequests();

                    assertThat(second).isEqualTo(first);
                    assertThat(first).hasSize(1);
                    assertThat(first.getFirst().checks().state()).isEqualTo(Checks.State.PASSING);
                    assertThat(calls).isEqualTo(3);
                    assertThat(server.received().subList(calls, server.count()))
                            .hasSize(2)
                            .allMatch(r -> r.headers().containsKey("if-none-match"));
                });
    }

    @Test
    void checksThatCannotBeReadAreNeverGreen() {
        with(
                r ->
                        r.target().equals("/graphql")
                                ? r.body().contains("statusCheckRollup")
                                        ? Reply.of(
                                                200,
                                                "{\"data\":{\"repository\":null},\"errors\":[{\"type\":\"FORBIDDEN\",\"path\":[\"repository\",\"pullRequests\",\"nodes\",0,\"statusCheckRollup\",\"contexts\",\"nodes\",0],\"message\":\"Resource not accessible by personal access token\"}]}")
                                        : Reply.of(
                                                200,
                                                list(
                                                        node(
                                                                "\"commits\":{\"nodes\":[{\"commit\":{\"status\":null}}]}")))
                                : r.target().contains("/actions/runs")
                                        ? Reply.of(200, "{\"total_count\":0,\"workflow_runs\":[]}")
                                        : answering(r),
                (gitHub, _) -> {
                    var checks = gitHub.openPullRequests().getFirst().checks();

                    assertThat(checks.state()).isEqualTo(Checks.State.UNKNOWN);
                    assertThat(checks.doubt()).contains("the token cannot read check runs");
                });
    }

    @Test
    void aNumberThatIsNoPullRequestIsLeftOutAndTheOthersStay() {
        with(
                r ->
                        r.target().equals("/graphql")
                                ? Reply.of(
                                        200,
                                        """
                                        {"data": {"repository": {"p7": {"number": 7}, "p9001": null}},
                                         "errors": [{"type": "NOT_FOUND", "path": ["repository", "p9001"],
                                           "message": "Could not resolve to a PullRequest with the number of 9001."}]}
                                        """)
                                : answering(r),
                (gitHub, _) ->
                        assertThat(
                                        gitHub.existing(
                                                List.of(
                                                        new PullRequestNumber(9001),
                                                        new PullRequestNumber(7))))
                                .containsExactly(new PullRequestNumber(7)));
    }

    @Test
    void anErrorAtOnePullRequestLeavesTheOthers() {
        var rollup = "\"statusCheckRollup\":null";
        with(
                r ->
                        r.target().equals("/graphql")
                                ? Reply.of(
                                        200,
                                        list(node(rollup) + "," + node(rollup))
                                                .replaceFirst(
                                                        "\\{\"data\"",
                                                        "{\"errors\":[{\"path\":[\"repository\",\"pullRequests\",\"nodes\",1,\"statusCheckRollup\"],\"message\":\"timeout\"}],\"data\""))
                                : answering(r),
                (gitHub, _) -> {
                    var pulls = gitHub.openPullRequests();

                    assertThat(pulls.get(0).checks().state()).isEqualTo(Checks.State.NONE);
                    assertThat(pulls.get(1).checks().state()).isEqualTo(Checks.State.UNKNOWN);
                    assertThat(pulls.get(1).checks().doubt()).contains("timeout");
                });
    }

    @Test
    void withoutCheckRunsTheWorkflowRunsOfTheCommitSpeak() {
        with(
                r -> {
                    if (r.target().contains("/check-runs")) {
                        return Reply.of(403, NO_CHECKS);
                    }
                    if (r.target().contains("/actions/runs")) {
                        return Reply.of(
                                200,
                                "{\"workflow_runs\":["
                                        + run(1, "failure", "2026-11-21T09:00:00Z")
                                        + ","
                                        + run(2, "success", "2026-11-21T10:00:00Z")
                                        + "]}");
                    }
                    return Reply.of(
                            200,
                            "{\"state\":\"pending\",\"statuses\":[{\"context\":\"deploy\",\"state\":\"success\",\"created_at\":\"2026-11-21T10:00:00Z\"}]}");
                },
                (gitHub, server) -> {
                    var checks = gitHub.checks(HEAD);

                    assertThat(checks.state()).isEqualTo(Checks.State.PASSING);
                    assertThat(checks.source()).isEqualTo(Checks.Source.RUNS_AND_STATUSES);
                    assertThat(checks.all()).hasSize(2);
                    assertThat(checks.doubt()).isPresent();
                    assertThat(server.received())
                            .anyMatch(r -> r.target().contains("head_sha=" + HEAD.value()));
                });
    }

    @Test
    void withNothingReadableTheStateIsUnknown() {
        with(
                _ -> Reply.of(403, NO_CHECKS),
                (gitHub, _) ->
                        assertThat(gitHub.checks(HEAD).state()).isEqualTo(Checks.State.UNKNOWN));
    }

    @ParameterizedTest
    @CsvSource({
        "completed, success, PASSING",
        "completed, skipped, PASSING",
        "completed, neutral, PASSING",
        "completed, cancelled, FAILING",
        "completed, timed_out, FAILING",
        "completed, action_required, FAILING",
        "in_progress, , PENDING",
        "queued, , PENDING",
        "completed, brand_new_word, UNKNOWN"
    })
    void oneCheckRunDecides(String status, String conclusion, Checks.State state) {
        var value = conclusion == null ? "null" : "\"" + conclusion + "\"";
        with(
                r ->
                        Reply.of(
                                200,
                                r.target().contains("check-runs")
                                        ? "{\"check_runs\":[{\"name\":\"test\",\"status\":\"%s\",\"conclusion\":%s}]}"
                                                .formatted(status, value)
                                        : "{\"statuses\":[]}"),
                (gitHub, _) -> assertThat(gitHub.checks(HEAD).state()).isEqualTo(state));
    }

    @Test
    void aMergePinsItsHeadAndBelievesOnlyAMerge() {
        with(
                r ->
                        Reply.of(
                                200,
                                r.number() == 1
                                        ? "{\"sha\":\""
                                                + HEAD
                                                + "\",\"merged\":true,\"message\":\"ok\"}"
                                        : "{\"message\":\"?\"}"),
                (gitHub, server) -> {
                    assertThat(merge(gitHub)).isEqualTo(HEAD);
                    assertThat(server.received().getFirst().body())
                            .contains("\"sha\":\"" + HEAD + "\"", "\"merge_method\":\"squash\"");
                    var failure = catchThrowableOfType(FailureException.class, () -> merge(gitHub));
                    assertThat(failure.failure()).isInstanceOf(Failure.Unknown.class);
                });
    }

    @Test
    void refsMoveTogetherOrNotAtAll() {
        with(
                r ->
                        switch (r.number()) {
                            case 1 ->
                                    Reply.of(
                                            200,
                                            "{\"id\":1,\"node_id\":\"R_1\",\"full_name\":\"acme/shop\",\"html_url\":\"https://x\",\"default_branch\":\"main\",\"private\":false}");
                            case 2 ->
                                    Reply.of(
                                            200,
                                            "{\"data\":{\"updateRefs\":{\"clientMutationId\":null}}}");
                            default ->
                                    Reply.of(
                                            200,
                                            "{\"data\":{\"updateRefs\":null},\"errors\":[{\"type\":\"UNPROCESSABLE\",\"message\":\"beforeOid is stale\"}]}");
                        },
                (gitHub, server) -> {
                    var updates =
                            List.of(
                                    RefUpdate.create("refs/slipway/production", "b".repeat(40)),
                                    RefUpdate.advance(
                                            "refs/tags/x", "c".repeat(40), "d".repeat(40)));

                    Wire.during(Wire.Listener.NONE, () -> gitHub.updateRefs(updates));

                    assertThat(server.received().get(1).body())
                            .contains(
                                    "\"beforeOid\":\"" + "0".repeat(40) + "\"",
                                    "\"repositoryId\":\"R_1\"");
                    var failure =
                            catchThrowableOfType(
                                    FailureException.class,
                                    () ->
                                            Wire.during(
                                                    Wire.Listener.NONE,
                                                    () -> gitHub.updateRefs(updates)));
                    assertThat(failure.failure())
                            .isInstanceOfSatisfying(
                                    Failure.Refused.class,
                                    f -> assertThat(f.code()).isEqualTo("UNPROCESSABLE"));
                });
    }

    @Test
    void mergedPullRequestsAreReadFromTheSubjects() {
        var commit =
                "{\"sha\":\"%s\",\"parents\":[],\"commit\":{\"message\":\"%s\",\"tree\":{\"sha\":\"t\"},\"author\":{\"name\":\"a\"},\"committer\":{\"date\":\"2026-11-21T10:00:00Z\"}}}";
        var commits =
                String.join(
                        ",",
                        commit.formatted(
                                "1".repeat(40), "Merge pull request #7 from acme/x\\n\\nTitle"),
                        commit.formatted("2".repeat(40), "Add a thing (#12)"),
                        commit.formatted("3".repeat(40), "See (#9) for why"));
        with(
                _ ->
                        Reply.of(
                                200,
                                "{\"ahead_by\":3,\"behind_by\":0,\"merge_base_commit\":{\"sha\":\""
                                        + HEAD
                                        + "\"},\"commits\":["
                                        + commits
                                        + "]}"),
                (gitHub, server) -> {
                    var comparison = gitHub.compare(HEAD.value(), "b".repeat(40));
                    gitHub.compare(HEAD.value(), "b".repeat(40));

                    assertThat(comparison.pullRequests())
                            .containsExactly(new PullRequestNumber(7), new PullRequestNumber(12));
                    assertThat(comparison.complete()).isTrue();
                    assertThat(server.count()).isEqualTo(1);
                });
    }

    @Test
    void aTruncatedTreeIsNotTakenForAWholeOne() {
        with(
                _ -> Reply.of(200, "{\"sha\":\"x\",\"tree\":[],\"truncated\":true}"),
                (gitHub, _) ->
                        assertThat(
                                        catchThrowableOfType(
                                                        FailureException.class,
                                                        () -> gitHub.tree("a".repeat(40)))
                                                .failure())
                                .isInstanceOf(Failure.BadAnswer.class));
    }

    @Test
    void theReportOfATokenNamesWhatItLacksAndWhenItEnds() {
        with(
                r ->
                        switch (r.target().replaceAll("\\?.*", "")) {
                            case "/user" ->
                                    Reply.of(
                                            200,
                                            "{\"login\":\"ana\"}",
                                            "X-OAuth-Scopes",
                                            "repo, workflow",
                                            "github-authentication-token-expiration",
                                            "2026-12-31 23:59:59 UTC");
                            case "/repos/acme/shop" ->
                                    Reply.of(
                                            200,
                                            "{\"id\":1,\"node_id\":\"R_1\",\"full_name\":\"acme/shop\",\"html_url\":\"https://x\",\"default_branch\":\"main\",\"private\":true,\"permissions\":{\"pull\":true,\"push\":true,\"admin\":false}}");
                            case "/repos/acme/shop/deployments" -> Reply.of(403, NO_CHECKS);
                            default -> Reply.of(200, "{}");
                        },
                (gitHub, _) -> {
                    var report = gitHub.token();

                    assertThat(report.login()).isEqualTo("ana");
                    assertThat(report.kind()).isEqualTo(TokenReport.Kind.CLASSIC);
                    assertThat(report.scopes()).containsExactlyInAnyOrder("repo", "workflow");
                    assertThat(report.expires()).contains(Instant.parse("2026-12-31T23:59:59Z"));
                    assertThat(report.missing())
                            .extracting(TokenReport.Probe::permission)
                            .containsExactly("deployments=read");
                });
    }

    private static CommitSha merge(GitHub gitHub) {
        return Wire.during(
                Wire.Listener.NONE,
                () ->
                        gitHub.merge(
                                new PullRequestNumber(7),
                                HEAD,
                                MergeMethod.SQUASH,
                                Optional.empty()));
    }

    private static Reply answering(RawServer.Received request) {
        if (request.headers().containsKey("if-none-match")) {
            return Reply.of(304, "");
        }
        if (request.target().equals("/graphql")) {
            return Reply.of(
                    200,
                    list(
                            node(
                                    "\"statusCheckRollup\":{\"state\":\"SUCCESS\",\"contexts\":{\"totalCount\":1,\"nodes\":[{\"__typename\":\"CheckRun\",\"name\":\"test\",\"status\":\"COMPLETED\",\"conclusion\":\"SUCCESS\"}]}}")));
        }
        return request.target().contains("/actions/runs")
                ? Reply.of(200, "{\"workflow_runs\":[]}", "ETag", "W/\"runs\"")
                : Reply.of(200, "[]", "ETag", "W/\"pulls\"");
    }

    private static String list(String nodes) {
        return "{\"data\":{\"repository\":{\"pullRequests\":{\"totalCount\":1,\"pageInfo\":{\"hasNextPage\":false,\"endCursor\":null},\"nodes\":["
                + nodes
                + "]}}}}";
    }

    private static String node(String checks) {
        return """
        {"id":"PR_1","number":7,"title":"T","isDraft":false,"url":"https://x/7",
         "createdAt":"2026-11-21T09:00:00Z","updatedAt":"2026-11-21T10:00:00Z","author":null,
         "baseRefName":"main","headRefName":"f","headRefOid":"%s","isCrossRepository":false,
         "headRepositoryOwner":null,"mergeable":"MERGEABLE","reviewDecision":null,
         "mergeQueueEntry":null,"autoMergeRequest":null,"labels":{"nodes":[{"name":"db"}]},%s}
        """
                .formatted(HEAD, checks);
    }

    private static String run(long id, String conclusion, String at) {
        return """
        {"id":%d,"name":"CI","head_branch":"f","head_sha":"%s","path":".github/workflows/ci.yml",
         "display_title":"T","run_number":%d,"event":"pull_request","status":"completed",
         "conclusion":"%s","html_url":"https://x/%d","created_at":"%s","updated_at":"%s"}
        """
                .formatted(id, HEAD, id, conclusion, id, at, at);
    }

    private interface Body {
        void run(GitHub gitHub, RawServer server);
    }

    private static void with(Function<RawServer.Received, Reply> script, Body body) {
        try (var server = new RawServer(script)) {
            var transport = new Transport(Worlds.at(server.address()), InstantSource.system());
            body.run(new HttpGitHub(transport, new RepositoryName("acme", "shop")), server);
        }
    }
}
