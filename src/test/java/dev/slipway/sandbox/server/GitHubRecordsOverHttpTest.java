package dev.slipway.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.sandbox.world.Fault;
import dev.slipway.sandbox.world.GitHubActions;
import dev.slipway.sandbox.world.GitHubEvent;
import dev.slipway.sandbox.world.GitHubRun.Conclusion;
import dev.slipway.sandbox.world.GitHubRun.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubRecordsOverHttpTest {
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
    void aDeploymentIsRecordedWithWhatBecameOfIt() {
        var made =
                github.post(
                        REPO + "/deployments",
                        Map.of(
                                "ref",
                                "main",
                                "auto_merge",
                                false,
                                "required_contexts",
                                List.of(),
                                "payload",
                                Map.of("release", "r1"),
                                "environment",
                                "production"));
        var id = made.json().path("id").asString();
        var status =
                github.post(
                        REPO + "/deployments/" + id + "/statuses",
                        Map.of("state", "success", "description", "r1"));
        var second =
                github.post(
                        REPO + "/deployments",
                        Map.of("ref", "main", "required_contexts", List.of()));
        var wrong =
                github.post(REPO + "/deployments/" + id + "/statuses", Map.of("state", "splendid"));
        var nowhere = github.post(REPO + "/deployments", Map.of("ref", "nowhere"));

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().at("/payload/release").asString()).isEqualTo("r1");
        assertThat(made.json().path("production_environment").booleanValue()).isTrue();
        assertThat(status.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(github.get(REPO + "/deployments?environment=production").json().size())
                .isEqualTo(2);
        assertThat(github.get(REPO + "/deployments/" + id + "/statuses").json().at("/0/state"))
                .hasToString("\"success\"");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(nowhere.status()).isEqualTo(422);
        assertThat(github.get(REPO + "/environments").json().at("/environments/0/name").asString())
                .isEqualTo("production");
        assertThat(github.send("full", "DELETE", REPO + "/deployments/" + id, null).status())
                .isEqualTo(422);
    }

    @Test
    void aDeploymentOfARedOrOutdatedBranchIsRefusedOrBroughtUpToDate() {
        github.world.push("feature", "mona", github.change("f").with("f.txt", "f\n"));
        github.world.push("main", "mona", github.change("m").with("m.txt", "m\n"));
        var outdated = github.post(REPO + "/deployments", Map.of("ref", "feature"));
        var sha = github.world.git().branch("feature").orElseThrow();
        github.post(REPO + "/statuses/" + sha, Map.of("state", "failure", "context", "ci"));
        var red = github.post(REPO + "/deployments", Map.of("ref", "feature"));

        assertThat(outdated.status()).isEqualTo(202);
        assertThat(github.world.git().contains(sha, github.main())).isTrue();
        assertThat(red.status()).isEqualTo(409);
        assertThat(github.get(REPO + "/deployments").json().size()).isZero();
    }

    @Test
    void aStickyCommentIsWrittenFoundAndChanged() {
        github.pull("feature", "b.txt", "b\n");
        var made =
                github.post(
                        REPO + "/issues/1/comments", Map.of("body", "<!-- slipway:pr -->\none"));
        var id = made.json().path("id").asString();
        github.send("full", "PATCH", REPO + "/issues/comments/" + id, Map.of("body", "two"));

        assertThat(made.status()).isEqualTo(201);
        var listed = github.get(REPO + "/issues/1/comments").json();
        assertThat(listed.size()).isEqualTo(1);
        assertThat(listed.at("/0/body").asString()).isEqualTo("two");
        assertThat(listed.at("/0/user/login").asString()).isEqualTo("mona");
        assertThat(github.post(REPO + "/issues/9/comments", Map.of("body", "x")).status())
                .isEqualTo(404);
        assertThat(github.post(REPO + "/issues/1/comments", Map.of()).status()).isEqualTo(422);
    }

    @Test
    void issuesLabelsAndReleasesAreThere() {
        github.post(REPO + "/labels", Map.of("name", "bug", "color", "ff0000"));
        var issue =
                github.post(
                        REPO + "/issues", Map.of("title", "It broke", "labels", List.of("bug")));
        var twice = github.post(REPO + "/labels", Map.of("name", "Bug"));
        var release = github.post(REPO + "/releases", Map.of("tag_name", "v1", "name", "One"));

        assertThat(issue.status()).isEqualTo(201);
        assertThat(twice.json().at("/errors/0/code").asString()).isEqualTo("already_exists");
        assertThat(github.get(REPO + "/issues?labels=bug").json().size()).isEqualTo(1);
        assertThat(release.status()).isEqualTo(201);
        assertThat(github.get(REPO + "/releases/latest").json().path("tag_name").asString())
                .isEqualTo("v1");
        assertThat(github.world.git().ref("refs/tags/v1")).isPresent();
    }

    @Test
    void aDispatchedWorkflowIsQueuedAndWhoPlaysCiHearsOfIt() {
        github.world.push(
                "main",
                "mona",
                github.change("ci")
                        .with(
                                ".github/workflows/upload.yml",
                                """
                                name: Upload
                                on:
                                  workflow_dispatch:
                                    inputs:
                                      sha: {required: true, type: string}
                                jobs: {}
                                """)
                        .with(".github/workflows/ci.yml", "name: CI\non: push\njobs: {}\n"));
        var heard = new CopyOnWriteArrayList<GitHubEvent>();
        github.world.listen(heard::add);
        var path = REPO + "/actions/workflows/upload.yml/dispatches";

        var plain = github.post(path, Map.of("ref", "main", "inputs", Map.of("sha", "1")));
        var detailed =
                github.post(
                        path,
                        Map.of(
                                "ref",
                                "main",
                                "inputs",
                                Map.of("sha", "2"),
                                "return_run_details",
                                true));
        var missing = github.post(path, Map.of("ref", "main"));
        var unexpected =
                github.post(path, Map.of("ref", "main", "inputs", Map.of("sha", "1", "x", "2")));
        var other =
                github.post(REPO + "/actions/workflows/ci.yml/dispatches", Map.of("ref", "main"));

        assertThat(plain.status()).isEqualTo(204);
        assertThat(detailed.status()).isEqualTo(200);
        var id = detailed.json().path("workflow_run_id").asLong();
        assertThat(missing.json().path("message").asString()).contains("'sha' not provided");
        assertThat(unexpected.status()).isEqualTo(422);
        assertThat(other.json().path("message").asString()).contains("workflow_dispatch");
        await().untilAsserted(() ->
                assertThat(heard)
                        .filteredOn(GitHubEvent.WorkflowDispatched.class::isInstance)
                        .hasSize(2));
        var run = github.get(REPO + "/actions/runs/" + id).json();
        assertThat(run.path("status").asString()).isEqualTo("queued");
        assertThat(run.path("run_number").intValue()).isEqualTo(2);
        assertThat(github.get(REPO + "/actions/workflows").json().path("total_count").intValue())
                .isEqualTo(2);
    }

    @Test
    void theLogOfAFinishedJobIsFetchedThroughALinkOfItsOwn() {
        var run =
                github.world
                        .actions()
                        .start(
                                new GitHubActions.Start(
                                        ".github/workflows/ci.yml",
                                        "push",
                                        "main",
                                        github.main(),
                                        "first",
                                        "mona"));
        var job =
                github.world
                        .actions()
                        .job(run.id(), "build", Status.IN_PROGRESS, Optional.empty(), List.of());
        github.world.actions().print(job.id(), "one\n");
        var early = github.get(REPO + "/actions/jobs/" + job.id() + "/logs");
        github.world.actions().print(job.id(), "two\n");
        github.world
                .actions()
                .job(
                        run.id(),
                        "build",
                        Status.COMPLETED,
                        Optional.of(Conclusion.FAILURE),
                        List.of());
        var late = github.get(REPO + "/actions/jobs/" + job.id() + "/logs");

        assertThat(early.status()).isEqualTo(404);
        assertThat(late.status()).isEqualTo(302);
        var link = late.header("location").substring(github.server.address().toString().length());
        assertThat(github.send("nobody", "GET", link, null).text()).isEqualTo("one\ntwo\n");
        assertThat(
                        github.get(REPO + "/actions/runs/" + run.id() + "/jobs")
                                .json()
                                .at("/jobs/0/conclusion")
                                .asString())
                .isEqualTo("failure");
    }

    @Test
    void whatHappensIsToldInOrder() {
        var heard = new CopyOnWriteArrayList<String>();
        github.world.listen(e -> heard.add(e.getClass().getSimpleName()));
        github.pull("feature", "b.txt", "b\n");
        github.world.push("feature", "mona", github.change("c").with("c.txt", "c\n"));
        github.send("full", "PUT", REPO + "/pulls/1/merge", null);

        await().untilAsserted(() ->
                assertThat(heard)
                        .containsExactly(
                                "RefMoved",
                                "Pushed",
                                "PullOpened",
                                "RefMoved",
                                "Pushed",
                                "PullSynchronized",
                                "RefMoved",
                                "Pushed",
                                "PullClosed"));
    }

    @Test
    void aLostAnswerLeavesTheMergeDone() {
        github.pull("feature", "b.txt", "b\n");
        github.faults.add(new Fault.LoseAnswer(Fault.Target.next(1, "github", "PUT", "/merge$")));

        Assertions.assertThatThrownBy(
                        () -> github.send("full", "PUT", REPO + "/pulls/1/merge", null))
                .isInstanceOf(java.io.UncheckedIOException.class);

        assertThat(github.get(REPO + "/pulls/1").json().path("merged").booleanValue()).isTrue();
    }

    @Test
    void aWorldIsAsItWasWhenItIsOpenedAgain() {
        github.pull("feature", "b.txt", "b\n");
        github.post(REPO + "/issues/1/comments", Map.of("body", "still here"));
        github.world.deployments().secret(Optional.empty(), "CLOUDFLARE_API_TOKEN");
        await().until(() -> !github.get(REPO + "/pulls/1").json().path("mergeable").isNull());
        var pulls = github.get("/api/v3" + REPO + "/pulls?state=all").json();
        github.close();

        github = new GitHubFixture(home);

        var again = github.get("/api/v3" + REPO + "/pulls?state=all").json();
        assertThat(again.at("/0/head/sha")).isEqualTo(pulls.at("/0/head/sha"));
        assertThat(again.at("/0/merge_commit_sha")).isEqualTo(pulls.at("/0/merge_commit_sha"));
        assertThat(github.get(REPO + "/issues/1/comments").json().at("/0/body").asString())
                .isEqualTo("still here");
        assertThat(github.get(REPO + "/actions/secrets").json().at("/secrets/0/name").asString())
                .isEqualTo("CLOUDFLARE_API_TOKEN");
        assertThat(github.pull("next", "n.txt", "n\n").number()).isEqualTo(2);
    }
}
