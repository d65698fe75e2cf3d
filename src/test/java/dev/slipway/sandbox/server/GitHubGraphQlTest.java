package dev.slipway.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.sandbox.world.GitHubActions;
import dev.slipway.sandbox.world.GitHubChecks;
import dev.slipway.sandbox.world.GitHubPulls.Mergeable;
import dev.slipway.sandbox.world.GitHubQuota.Resource;
import dev.slipway.sandbox.world.GitHubRun.Conclusion;
import dev.slipway.sandbox.world.GitHubRun.Status;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class GitHubGraphQlTest {
    private static final String OPEN_PULL_REQUESTS =
            """
            query OpenPullRequests($owner:String!,$repo:String!,$first:Int!,$after:String){
              rateLimit{cost limit remaining used resetAt nodeCount}
              repository(owner:$owner,name:$repo){
                id nameWithOwner defaultBranchRef{name target{oid}}
                mergeQueue{id entries(first:1){totalCount}}
                pullRequests(states:[OPEN],first:$first,after:$after,
                    orderBy:{field:UPDATED_AT,direction:DESC}){
                  totalCount pageInfo{hasNextPage endCursor}
                  nodes{ id databaseId number title isDraft url createdAt updatedAt
                    author{__typename login avatarUrl(size:48)}
                    baseRefName headRefName headRefOid isCrossRepository headRepositoryOwner{login}
                    mergeable mergeStateStatus reviewDecision
                    isInMergeQueue mergeQueueEntry{state position}
                    autoMergeRequest{mergeMethod enabledAt}
                    labels(first:20){nodes{name color}}
                    statusCheckRollup{state contexts(first:50){
                      totalCount checkRunCount statusContextCount
                      nodes{__typename
                        ... on CheckRun{databaseId name status conclusion detailsUrl startedAt
                          completedAt checkSuite{workflowRun{
                            databaseId runNumber event workflow{name databaseId}}}}
                        ... on StatusContext{context state targetUrl createdAt}}}}}}}}
            """;

    @TempDir Path home;
    private GitHubFixture github;

    @BeforeEach
    void start() {
        github = new GitHubFixture(home);
    }

    @AfterEach
    void stop() {
        github.close();
    }

    private JsonNode open(String token, int first, String after) {
        var variables = new HashMap<String, Object>();
        variables.put("owner", "acme");
        variables.put("repo", "shop");
        variables.put("first", first);
        variables.put("after", after);
        return github.graphql(token, OPEN_PULL_REQUESTS, variables).json();
    }

    private void checked() {
        var pull = github.pull("feature", "b.txt", "b\n");
        github.world.pulls().edit(1, "Add b", "", List.of("expand"));
        var run =
                github.world
                        .actions()
                        .start(
                                new GitHubActions.Start(
                                        ".github/workflows/ci.yml",
                                        "pull_request",
                                        "feature",
                                        pull.headSha(),
                                        "Add b",
                                        "mona"));
        github.world
                .actions()
                .job(
                        run.id(),
                        "build",
                        Status.COMPLETED,
                        Optional.of(Conclusion.SUCCESS),
                        List.of());
        github.world
                .checks()
                .status(
                        pull.headSha(),
                        "deploy",
                        GitHubChecks.StatusState.PENDING,
                        "soon",
                        "http://127.0.0.1/",
                        "mona");
        await().until(() -> github.world.pulls().mergeable(pull(1)) == Mergeable.MERGEABLE);
    }

    private dev.slipway.sandbox.world.GitHubPull pull(int number) {
        return github.world.pulls().get(number).orElseThrow();
    }

    @Test
    void openPullRequestsComeWithAllThatIsSaidAboutThemInOneCall() {
        checked();

        var answer = open("full", 50, null);

        assertThat(answer.has("errors")).as(answer.toString()).isFalse();
        assertThat(answer.at("/data/rateLimit/cost").intValue()).isEqualTo(1);
        assertThat(answer.at("/data/rateLimit/nodeCount").intValue())
                .isEqualTo(1 + 50 + 1000 + 2500);
        var repository = answer.at("/data/repository");
        assertThat(repository.at("/defaultBranchRef/name").asString()).isEqualTo("main");
        assertThat(repository.at("/defaultBranchRef/target/oid").asString())
                .isEqualTo(github.main().value());
        assertThat(repository.path("mergeQueue").isNull()).isTrue();
        var pull = repository.at("/pullRequests/nodes/0");
        assertThat(pull.path("number").intValue()).isEqualTo(1);
        assertThat(pull.at("/author/__typename").asString()).isEqualTo("User");
        assertThat(pull.path("headRefOid").asString()).isEqualTo(pull(1).headSha().value());
        assertThat(pull.path("mergeable").asString()).isEqualTo("MERGEABLE");
        assertThat(pull.path("mergeStateStatus").asString()).isEqualTo("UNSTABLE");
        assertThat(pull.path("reviewDecision").isNull()).isTrue();
        assertThat(pull.at("/labels/nodes/0/name").asString()).isEqualTo("expand");
        var rollup = pull.path("statusCheckRollup");
        assertThat(rollup.path("state").asString()).isEqualTo("PENDING");
        assertThat(rollup.at("/contexts/checkRunCount").intValue()).isEqualTo(1);
        assertThat(rollup.at("/contexts/nodes/0/__typename").asString()).isEqualTo("CheckRun");
        assertThat(rollup.at("/contexts/nodes/0/conclusion").asString()).isEqualTo("SUCCESS");
        assertThat(rollup.at("/contexts/nodes/0/checkSuite/workflowRun/event").asString())
                .isEqualTo("pull_request");
        assertThat(rollup.at("/contexts/nodes/1/context").asString()).isEqualTo("deploy");
    }

    @Test
    void checksThatATokenMayNotReadAreNullWithAnErrorEach() {
        checked();

        var answer = open("releases", 50, null);

        var contexts =
                answer.at("/data/repository/pullRequests/nodes/0/statusCheckRollup/contexts");
        assertThat(contexts.at("/nodes/0").isNull()).isTrue();
        assertThat(contexts.at("/nodes/1/context").asString()).isEqualTo("deploy");
        assertThat(answer.at("/errors/0/type").asString()).isEqualTo("FORBIDDEN");
        assertThat(answer.at("/errors/0/path"))
                .hasToString(
                        "[\"repository\",\"pullRequests\",\"nodes\",0,\"statusCheckRollup\","
                                + "\"contexts\",\"nodes\",0]");
    }

    @Test
    void pagesFollowTheirCursors() {
        for (int i = 0; i < 5; i++) {
            github.pull("b" + i, i + ".txt", "x\n");
        }
        var first = open("full", 3, null).at("/data/repository/pullRequests");
        var second =
                open("full", 3, first.at("/pageInfo/endCursor").asString())
                        .at("/data/repository/pullRequests");

        assertThat(first.path("totalCount").intValue()).isEqualTo(5);
        assertThat(first.at("/pageInfo/hasNextPage").booleanValue()).isTrue();
        assertThat(second.at("/pageInfo/hasNextPage").booleanValue()).isFalse();
        assertThat(second.path("nodes").size()).isEqualTo(2);
        assertThat(open("full", 3, "nonsense").at("/errors/0/type").asString())
                .isEqualTo("INVALID_CURSOR_ARGUMENTS");
    }

    @Test
    void aFolderIsReadWithItsFilesInOneCall() {
        var answer =
                github.graphql(
                                "full",
                                """
                                {repository(owner:"acme",name:"shop"){ it: object(expression:"main:src"){
                                  ... on Tree{entries{name type object{... on Blob{text byteSize}}}}}}}
                                """,
                                Map.of())
                        .json();

        assertThat(answer.at("/data/repository/it/entries/0/name").asString()).isEqualTo("a.txt");
        assertThat(answer.at("/data/repository/it/entries/0/object/text").asString())
                .isEqualTo("1\n2\n3\n");
    }

    @Test
    void whatIsWrongWithAQueryIsSaidWithStatus200() {
        github.world.quota().limit(Resource.GRAPHQL, 3);
        var unknown = github.graphql("full", "{viewer{login wishes}}", Map.of());
        var unbounded =
                github.graphql(
                        "full",
                        "{repository(owner:\"acme\",name:\"shop\"){pullRequests{totalCount}}}",
                        Map.of());
        var absent =
                github.graphql("full", "{repository(owner:\"acme\",name:\"none\"){id}}", Map.of());
        var spent = github.graphql("full", "{viewer{login}}", Map.of());
        var broken = github.graphql("full", "{viewer{", Map.of());

        assertThat(unknown.status()).isEqualTo(200);
        assertThat(unknown.json().at("/errors/0/message").asString()).contains("wishes");
        assertThat(unbounded.json().at("/errors/0/type").asString())
                .isEqualTo("MISSING_PAGINATION_BOUNDARIES");
        assertThat(absent.json().at("/errors/0/type").asString()).isEqualTo("NOT_FOUND");
        assertThat(absent.json().at("/data/repository").isNull()).isTrue();
        assertThat(spent.status()).isEqualTo(200);
        assertThat(spent.json().at("/errors/0/type").asString()).isEqualTo("RATE_LIMITED");
        assertThat(spent.header("x-ratelimit-remaining")).isEqualTo("0");
        assertThat(spent.header("x-ratelimit-resource")).isEqualTo("graphql");
        assertThat(broken.json().has("errors")).isTrue();
    }
}
