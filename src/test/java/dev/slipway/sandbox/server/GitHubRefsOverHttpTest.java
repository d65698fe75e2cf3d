package dev.slipway.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubRefsOverHttpTest {
    private static final String REPO = "/repos/acme/shop";
    private static final String NOTHING = "0".repeat(40);
    private static final String UPDATE =
            """
            mutation($input: UpdateRefsInput!) {
              updateRefs(input: $input) { clientMutationId }
            }
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

    private String repositoryId() {
        return github.get(REPO).json().path("node_id").asString();
    }

    /// A commit with one JSON file, made as a lock is: blob, tree, commit.
    private String record(String text, List<String> parents) {
        var blob = github.post(REPO + "/git/blobs", Map.of("content", text, "encoding", "utf-8"));
        var tree =
                github.post(
                        REPO + "/git/trees",
                        Map.of(
                                "tree",
                                List.of(
                                        Map.of(
                                                "path", "lock.json",
                                                "mode", "100644",
                                                "type", "blob",
                                                "sha", blob.json().path("sha").asString()))));
        var commit =
                github.post(
                        REPO + "/git/commits",
                        Map.of(
                                "message", text,
                                "tree", tree.json().path("sha").asString(),
                                "parents", parents));
        assertThat(commit.status()).isEqualTo(201);
        return commit.json().path("sha").asString();
    }

    private static Map<String, Object> update(String name, String before, String after) {
        return Map.of("name", name, "beforeOid", before, "afterOid", after);
    }

    private GitHubFixture.Answer move(String repository, List<Map<String, Object>> updates) {
        return github.graphql(
                "releases",
                UPDATE,
                Map.of(
                        "input",
                        Map.of(
                                "repositoryId",
                                repository,
                                "refUpdates",
                                updates,
                                "clientMutationId",
                                "me")));
    }

    private long winners(List<Callable<Boolean>> claims) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long won = 0;
            for (var claim : threads.invokeAll(claims)) {
                won += claim.get() ? 1 : 0;
            }
            return won;
        }
    }

    @Test
    void ofTwentyClaimantsWhoCreateTheLockExactlyOneWins() throws Exception {
        var barrier = new CyclicBarrier(20);
        var claims = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 20; i++) {
            var mine = record("run " + i, List.of());
            claims.add(() -> {
                barrier.await();
                var answer =
                        github.post(
                                REPO + "/git/refs",
                                Map.of("ref", "refs/slipway/production", "sha", mine));
                assertThat(answer.status()).isIn(201, 422);
                return answer.status() == 201;
            });
        }

        assertThat(winners(claims)).isEqualTo(1);
        var lost =
                github.post(
                        REPO + "/git/refs",
                        Map.of("ref", "refs/slipway/production", "sha", github.main().value()));
        assertThat(lost.json().path("message").asString()).isEqualTo("Reference already exists");
    }

    @Test
    void ofTwentyClaimantsWhoCompareAndSetExactlyOneWins() throws Exception {
        var first = record("free", List.of());
        github.post(REPO + "/git/refs", Map.of("ref", "refs/slipway/production", "sha", first));
        var repository = repositoryId();
        var barrier = new CyclicBarrier(20);
        var claims = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 20; i++) {
            var mine = record("run " + i, List.of(first));
            claims.add(() -> {
                barrier.await();
                var answer =
                        move(repository, List.of(update("refs/slipway/production", first, mine)));
                assertThat(answer.status()).isEqualTo(200);
                return !answer.json().has("errors");
            });
        }

        assertThat(winners(claims)).isEqualTo(1);
        var tip = github.get(REPO + "/git/ref/slipway%2Fproduction").json().at("/object/sha");
        assertThat(github.get(REPO + "/git/commits/" + tip.asString()).json().at("/parents/0/sha"))
                .hasToString("\"" + first + "\"");
    }

    @Test
    void severalRefsMoveTogetherOrNotAtAll() {
        var repository = repositoryId();
        var one = record("one", List.of());
        var two = record("two", List.of(one));

        var both =
                move(
                        repository,
                        List.of(
                                update("refs/slipway/a", NOTHING, one),
                                update("refs/slipway/b", NOTHING, one)));
        var half =
                move(
                        repository,
                        List.of(
                                update("refs/slipway/a", one, two),
                                update("refs/slipway/b", two, one)));
        var deleted = move(repository, List.of(update("refs/slipway/b", one, NOTHING)));

        assertThat(both.json().at("/data/updateRefs/clientMutationId").asString()).isEqualTo("me");
        assertThat(half.json().at("/data/updateRefs").isNull()).isTrue();
        assertThat(half.json().at("/errors/0/type").asString()).isEqualTo("UNPROCESSABLE");
        assertThat(half.json().at("/errors/0/path/0").asString()).isEqualTo("updateRefs");
        assertThat(deleted.json().has("errors")).isFalse();
        assertThat(github.get(REPO + "/git/ref/slipway/a").json().at("/object/sha").asString())
                .isEqualTo(one);
        assertThat(github.get(REPO + "/git/ref/slipway/b").status()).isEqualTo(404);
    }

    @Test
    void losingCommitsNeedsForce() {
        var repository = repositoryId();
        var one = record("one", List.of());
        var other = record("other", List.of());
        move(repository, List.of(update("refs/slipway/a", NOTHING, one)));

        var graphql = move(repository, List.of(update("refs/slipway/a", one, other)));
        var rest = github.send("full", "PATCH", REPO + "/git/refs/slipway/a", Map.of("sha", other));
        var forced =
                github.send(
                        "full",
                        "PATCH",
                        REPO + "/git/refs/slipway/a",
                        Map.of("sha", other, "force", true));

        assertThat(graphql.json().at("/errors/0/message").asString()).contains("fast forward");
        assertThat(rest.status()).isEqualTo(422);
        assertThat(forced.status()).isEqualTo(200);
    }

    @Test
    void anAnnotatedTagIsARealOne() {
        var tag =
                github.post(
                        REPO + "/git/tags",
                        Map.of(
                                "tag", "production-r1",
                                "message", "slipway:12345678:tag",
                                "object", github.main().value(),
                                "type", "commit"));
        var id = tag.json().path("sha").asString();
        var ref =
                github.post(
                        REPO + "/git/refs", Map.of("ref", "refs/tags/production-r1", "sha", id));

        assertThat(tag.status()).isEqualTo(201);
        assertThat(ref.status()).isEqualTo(201);
        assertThat(ref.json().at("/object/type").asString()).isEqualTo("tag");
        assertThat(github.get(REPO + "/tags").json().at("/0/commit/sha").asString())
                .isEqualTo(github.main().value());
        assertThat(github.world.git().tag(id).orElseThrow().message())
                .isEqualTo("slipway:12345678:tag");
        assertThat(
                        github.get(REPO + "/git/matching-refs/tags/production-r")
                                .json()
                                .at("/0/object/sha")
                                .asString())
                .isEqualTo(id);
    }

    @Test
    void namesThatAreNoRefsAreRefused() {
        for (var name : List.of("slipway", "refs/slipway", "refs/pull/1/head", "refs/a b/c")) {
            assertThat(
                            github.post(
                                            REPO + "/git/refs",
                                            Map.of("ref", name, "sha", github.main().value()))
                                    .status())
                    .as(name)
                    .isEqualTo(422);
        }
        assertThat(
                        github.post(
                                        REPO + "/git/refs",
                                        Map.of("ref", "refs/heads/x", "sha", "1".repeat(40)))
                                .json()
                                .path("message")
                                .asString())
                .isEqualTo("Object does not exist");
    }

    @Test
    void aTreeIsReadInOneCallAndKeepsWhatItsBaseHad() {
        var base = github.world.git().treeOf(github.main().value()).orElseThrow();
        var made =
                github.post(
                        REPO + "/git/trees",
                        Map.of(
                                "base_tree",
                                base,
                                "tree",
                                List.of(
                                        Map.of(
                                                "path", "src/deep/new.txt",
                                                "mode", "100755",
                                                "type", "blob",
                                                "content", "n"))));

        var listed =
                github.get(
                                REPO
                                        + "/git/trees/"
                                        + made.json().path("sha").asString()
                                        + "?recursive=1")
                        .json();

        assertThat(listed.path("tree").valueStream().map(e -> e.path("path").asString()))
                .containsExactly("README.md", "src", "src/a.txt", "src/deep", "src/deep/new.txt");
        assertThat(listed.at("/tree/4/mode").asString()).isEqualTo("100755");
    }
}
