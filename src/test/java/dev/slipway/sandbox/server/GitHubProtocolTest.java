package dev.slipway.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.domain.Secret;
import dev.slipway.sandbox.world.GitHubChecks;
import dev.slipway.sandbox.world.GitHubQuota.Resource;
import dev.slipway.sandbox.world.GitHubRun.Conclusion;
import dev.slipway.sandbox.world.GitHubRun.Status;
import dev.slipway.sandbox.world.GitHubToken;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubProtocolTest {
    private static final String REPO = "/repos/acme/shop";

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

    @Test
    void whatHasNotChangedIsAnsweredWith304AndCostsNothing() {
        var first = github.get(REPO + "/pulls?state=open");
        var again = github.get(REPO + "/pulls?state=open", "If-None-Match", first.header("etag"));
        github.pull("feature", "b.txt", "b\n");
        var changed = github.get(REPO + "/pulls?state=open", "If-None-Match", first.header("etag"));

        assertThat(first.header("etag")).startsWith("W/\"");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.text()).isEmpty();
        assertThat(again.header("x-ratelimit-remaining"))
                .isEqualTo(first.header("x-ratelimit-remaining"));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(Integer.parseInt(changed.header("x-ratelimit-remaining")))
                .isEqualTo(Integer.parseInt(first.header("x-ratelimit-remaining")) - 1);
    }

    @Test
    void aReadingTokenIsToldWhichPermissionItLacks() {
        github.pull("feature", "b.txt", "b\n");
        var main = github.main();

        var merge = github.send("reader", "PUT", REPO + "/pulls/1/merge", null);
        var comment =
                github.send("reader", "POST", REPO + "/issues/1/comments", Map.of("body", "hi"));
        var mutation =
                github.graphql(
                        "reader",
                        "mutation($i: UpdateRefsInput!){updateRefs(input:$i){clientMutationId}}",
                        Map.of(
                                "i",
                                Map.of(
                                        "repositoryId",
                                        github.get(REPO).json().path("node_id").asString(),
                                        "refUpdates",
                                        java.util.List.of(
                                                Map.of(
                                                        "name",
                                                        "refs/heads/main",
                                                        "afterOid",
                                                        "0".repeat(40))))));

        assertThat(github.send("reader", "GET", REPO + "/pulls/1", null).status()).isEqualTo(200);
        assertThat(merge.status()).isEqualTo(403);
        assertThat(merge.header("X-Accepted-GitHub-Permissions")).isEqualTo("contents=write");
        assertThat(merge.json().path("message").asString())
                .isEqualTo("Resource not accessible by personal access token");
        assertThat(comment.header("X-Accepted-GitHub-Permissions"))
                .isEqualTo("issues=write; pull_requests=write");
        assertThat(mutation.json().at("/errors/0/type").asString()).isEqualTo("FORBIDDEN");
        assertThat(github.main()).isEqualTo(main);
    }

    @Test
    void aFineGrainedTokenCannotReadChecksButRunsAndStatuses() {
        var sha = github.main();
        var run =
                github.world
                        .actions()
                        .start(
                                new dev.slipway.sandbox.world.GitHubActions.Start(
                                        ".github/workflows/ci.yml",
                                        "push",
                                        "main",
                                        sha,
                                        "first",
                                        "mona"));
        github.world.actions().report(run.id(), Status.COMPLETED, Optional.of(Conclusion.SUCCESS));
        github.world
                .actions()
                .job(
                        run.id(),
                        "build",
                        Status.COMPLETED,
                        Optional.of(Conclusion.SUCCESS),
                        java.util.List.of());
        github.world
                .checks()
                .status(sha, "deploy", GitHubChecks.StatusState.SUCCESS, "", "", "mona");

        var fine = github.send("releases", "GET", REPO + "/commits/" + sha + "/check-runs", null);
        var classic = github.get(REPO + "/commits/main/check-runs");
        var runs =
                github.send("releases", "GET", REPO + "/actions/runs?head_sha=" + sha, null).json();
        var status = github.send("releases", "GET", REPO + "/commits/main/status", null).json();

        assertThat(fine.status()).isEqualTo(403);
        assertThat(classic.json().at("/check_runs/0/name").asString()).isEqualTo("build");
        assertThat(classic.json().at("/check_runs/0/app/slug").asString())
                .isEqualTo("github-actions");
        assertThat(runs.at("/workflow_runs/0/conclusion").asString()).isEqualTo("success");
        assertThat(status.path("state").asString()).isEqualTo("success");
    }

    @Test
    void whoeverAsksMustSayWhoTheyAre() throws Exception {
        var unknown = github.send("nobody", "GET", "/user", null);
        github.world
                .accounts()
                .grant(
                        Secret.of("old"),
                        GitHubToken.classic("mona").until(Instant.parse("2020-01-01T00:00:00Z")));
        var expired = github.send("old", "GET", "/user", null);
        var raw = new StringBuilder();
        try (var socket = new Socket("127.0.0.1", github.server.address().getPort())) {
            socket.getOutputStream()
                    .write(
                            ("GET /user HTTP/1.1\r\nHost: x\r\nAuthorization: token full\r\n"
                                            + "Connection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            raw.append(
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        }

        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.json().path("message").asString()).isEqualTo("Bad credentials");
        assertThat(expired.status()).isEqualTo(401);
        assertThat(raw.toString()).startsWith("HTTP/1.1 403").contains("User-Agent");
    }

    @Test
    void theLimitsAreGitHubs() {
        github.world.quota().limit(Resource.CORE, 2);
        github.get("/user");
        github.get("/user");
        var spent = github.get("/user");
        var free = github.get("/rate_limit");
        github.world.quota().limit(Resource.CORE, 5000);
        github.world.quota().refuseFor(Duration.ofMinutes(5));
        var hurried = github.get("/user");

        assertThat(spent.status()).isEqualTo(403);
        assertThat(spent.header("x-ratelimit-remaining")).isEqualTo("0");
        assertThat(spent.json().path("message").asString()).contains("API rate limit exceeded");
        assertThat(Long.parseLong(spent.header("x-ratelimit-reset")))
                .isGreaterThanOrEqualTo(Instant.now().getEpochSecond());
        assertThat(free.status()).isEqualTo(200);
        assertThat(free.json().at("/resources/core/remaining").intValue()).isZero();
        assertThat(hurried.status()).isEqualTo(403);
        assertThat(hurried.json().path("message").asString()).contains("secondary rate limit");
        assertThat(Integer.parseInt(hurried.header("retry-after"))).isBetween(290, 300);
    }

    @Test
    void theSameIsFoundUnderEveryAddress() {
        github.world.push("feat/a+b", "mona", github.change("x").with("d/e.txt", "e\n"));
        var id = github.get(REPO).json().path("id").asString();

        assertThat(github.get("/api/v3" + REPO).json().path("full_name").asString())
                .isEqualTo("acme/shop");
        assertThat(github.get("/repositories/" + id + "/branches").json().size()).isEqualTo(2);
        for (var path :
                java.util.List.of(
                        "/git/ref/heads/feat/a+b",
                        "/git/ref/heads%2Ffeat%2Fa%2Bb",
                        "/branches/feat%2Fa+b",
                        "/commits/feat/a+b/status",
                        "/commits/heads%2Ffeat%2Fa+b",
                        "/contents/d%2Fe.txt?ref=feat%2Fa%2Bb",
                        "/contents/d/e.txt?ref=feat/a%2Bb",
                        "/compare/main...feat%2Fa+b")) {
            assertThat(github.get(REPO + path).status()).as(path).isEqualTo(200);
        }
        assertThat(github.get(REPO + "/").status()).isEqualTo(404);
        assertThat(github.get(REPO + "/pulls/").status()).isEqualTo(404);
        assertThat(github.get("/repos/acme/other").status()).isEqualTo(404);
        assertThat(
                        github.get(REPO + "/commits/main", "Accept", "application/vnd.github.sha")
                                .text())
                .isEqualTo(github.main().value());
    }

    @Test
    void pagesAreFollowedByTheirLinks() {
        for (int i = 0; i < 5; i++) {
            github.world.push("b" + i, "mona", github.main());
        }
        var first = github.get(REPO + "/branches?per_page=4");
        var link = first.header("link");
        var next = link.substring(link.indexOf('<') + 1, link.indexOf(">; rel=\"next\""));
        var second = github.get(next.substring(github.server.address().toString().length()));

        assertThat(first.json().size()).isEqualTo(4);
        assertThat(next).contains("/repositories/").contains("page=2");
        assertThat(second.json().size()).isEqualTo(2);
        assertThat(second.header("link")).contains("rel=\"prev\"").doesNotContain("rel=\"next\"");
        assertThat(github.get(REPO + "/branches").header("link")).isEmpty();
    }

    @Test
    void aBodyThatIsNoJsonObjectIsSaidToBeOne() {
        var array = github.send("full", "POST", REPO + "/issues", java.util.List.of());
        var number = github.post(REPO + "/issues", Map.of("title", 7));
        var version = github.get(REPO, "X-GitHub-Api-Version", "1999-01-01");

        assertThat(array.status()).isEqualTo(400);
        assertThat(array.json().path("message").asString())
                .isEqualTo("Body should be a JSON object");
        assertThat(number.status()).isEqualTo(422);
        assertThat(version.status()).isEqualTo(400);
        assertThat(github.get(REPO).header("x-github-api-version-selected"))
                .isEqualTo("2022-11-28");
        assertThat(github.get(REPO).header("x-github-request-id")).isNotEmpty();
    }
}
