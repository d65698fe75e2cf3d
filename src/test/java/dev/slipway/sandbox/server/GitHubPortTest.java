package dev.slipway.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.domain.Secret;
import dev.slipway.github.Checks;
import dev.slipway.github.CommitStatus;
import dev.slipway.github.DeploymentStatus;
import dev.slipway.github.GitHub;
import dev.slipway.github.MergeMethod;
import dev.slipway.github.OpenPullRequest;
import dev.slipway.github.RefUpdate;
import dev.slipway.http.Wire;
import dev.slipway.sandbox.world.Fault;
import dev.slipway.sandbox.world.GitHubActions;
import dev.slipway.sandbox.world.GitHubChecks.StatusState;
import dev.slipway.sandbox.world.GitHubPull;
import dev.slipway.sandbox.world.GitHubRun;
import dev.slipway.sandbox.world.GitHubToken;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The port to GitHub against the sandbox's GitHub: what each method gives, and how each kind of
/// failure arrives.
class GitHubPortTest {
    private static final String CI = ".github/workflows/ci.yml";

    @TempDir Path home;
    private GitHubFixture fixture;
    private GitHub full;
    private GitHub releases;

    @BeforeEach
    void start() {
        fixture = new GitHubFixture(home);
        fixture.world.push(
                "main",
                "mona",
                fixture.change("ci")
                        .with(CI, "name: CI\non: [push, workflow_dispatch]\njobs: {}\n"));
        full = Ports.gitHub(fixture, "full");
        releases = Ports.gitHub(fixture, "releases");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static <T> T change(Supplier<T> call) {
        return Wire.during(Wire.Listener.NONE, call);
    }

    private static void act(Runnable call) {
        Wire.during(Wire.Listener.NONE, call);
    }

    private static Failure failing(Runnable call) {
        return catchThrowableOfType(FailureException.class, call::run).failure();
    }

    private GitHubRun run(GitHubPull pull, GitHubRun.Conclusion end) {
        var run =
                fixture.world
                        .actions()
                        .start(
                                new GitHubActions.Start(
                                        CI,
                                        "pull_request",
                                        pull.headBranch(),
                                        pull.headSha(),
                                        "CI",
                                        "mona"));
        fixture.world
                .actions()
                .job(run.id(), "build", GitHubRun.Status.COMPLETED, Optional.of(end), List.of());
        return fixture.world
                .actions()
                .report(run.id(), GitHubRun.Status.COMPLETED, Optional.of(end));
    }

    private void status(GitHubPull pull, StatusState state) {
        fixture.world.checks().status(pull.headSha(), "deploy", state, "", "", "mona");
    }

    private static Checks listed(GitHub gitHub) {
        return gitHub.openPullRequests().getFirst().checks();
    }

    @Test
    void aTokenThatCannotReadChecksReadsRunsAndStatusesInstead() {
        var pull = fixture.pull("topic", "src/b.txt", "b\n");
        run(pull, GitHubRun.Conclusion.SUCCESS);
        status(pull, StatusState.SUCCESS);

        for (var checks : List.of(releases.checks(pull.headSha()), listed(releases))) {
            assertThat(checks.state()).isEqualTo(Checks.State.PASSING);
            assertThat(checks.source()).isEqualTo(Checks.Source.RUNS_AND_STATUSES);
            assertThat(checks.all())
                    .extracting(Checks.Check::name)
                    .containsExactlyInAnyOrder("CI", "deploy");
        }
        assertThat(full.checks(pull.headSha()).source())
                .isEqualTo(Checks.Source.CHECKS_AND_STATUSES);
    }

    @Test
    void whatFailsIsRedForThatTokenToo() {
        var pull = fixture.pull("topic", "src/b.txt", "b\n");
        run(pull, GitHubRun.Conclusion.SUCCESS);
        status(pull, StatusState.FAILURE);
        assertThat(releases.checks(pull.headSha()).state()).isEqualTo(Checks.State.FAILING);
        assertThat(listed(releases).state()).isEqualTo(Checks.State.FAILING);

        var other = fixture.pull("other", "src/c.txt", "c\n");
        run(other, GitHubRun.Conclusion.FAILURE);
        assertThat(releases.checks(other.headSha()).state()).isEqualTo(Checks.State.FAILING);
        assertThat(releases.openPullRequests())
                .extracting(OpenPullRequest::number, p -> p.checks().state())
                .contains(
                        org.assertj.core.groups.Tuple.tuple(
                                new PullRequestNumber(other.number()), Checks.State.FAILING));
    }

    @Test
    void aTokenThatCanReadNeitherKnowsNothing() {
        fixture.world
                .accounts()
                .grant(
                        Secret.of("narrow"),
                        GitHubToken.fineGrained(
                                "mona",
                                Map.of(
                                        "contents", GitHubToken.Access.READ,
                                        "pull_requests", GitHubToken.Access.READ,
                                        "statuses", GitHubToken.Access.READ)));
        var pull = fixture.pull("topic", "src/b.txt", "b\n");
        run(pull, GitHubRun.Conclusion.SUCCESS);
        status(pull, StatusState.SUCCESS);
        var narrow = Ports.gitHub(fixture, "narrow");

        assertThat(narrow.checks(pull.headSha()).state()).isEqualTo(Checks.State.UNKNOWN);
        assertThat(listed(narrow).state()).isEqualTo(Checks.State.UNKNOWN);
    }

    @Test
    void listsAreReadToTheirEnd() {
        var pull = fixture.pull("topic", "src/b.txt", "b\n");
        var number = new PullRequestNumber(pull.number());
        IntStream.range(0, 130)
                .forEach(i ->
                        fixture.post(
                                "/repos/acme/shop/issues/" + pull.number() + "/comments",
                                Map.of("body", "comment " + i)));

        assertThat(full.comments(number))
                .hasSize(130)
                .last()
                .satisfies(c -> {
                    assertThat(c.body()).isEqualTo("comment 129");
                });
    }

    @Test
    void whatDidNotChangeIsNotCountedAgainstTheBudget() {
        var number = new PullRequestNumber(fixture.pull("topic", "src/b.txt", "b\n").number());
        // The test merge is a change of its own.
        await().until(() -> full.pullRequest(number).orElseThrow().mergeable().isPresent());
        var first = full.openPullRequests();
        var used = used();
        assertThat(used()).as("asking for the budget is free").isEqualTo(used);

        var again = full.openPullRequests();

        assertThat(again).isEqualTo(first);
        assertThat(used()).isEqualTo(used);
    }

    private int used() {
        return fixture.get("/rate_limit")
                .json()
                .path("resources")
                .path("core")
                .path("used")
                .intValue();
    }

    @Test
    void everyChangeIsSeenByTheReadingThatObservesIt() {
        var pull = fixture.pull("topic", "src/b.txt", "b\n");
        var number = new PullRequestNumber(pull.number());

        var comment = change(() -> releases.createComment(number, "hello"));
        change(() -> releases.updateComment(comment.id(), "hello again"));
        assertThat(releases.comments(number))
                .singleElement()
                .satisfies(c -> assertThat(c.body()).isEqualTo("hello again"));

        change(() ->
                releases.createStatus(
                        pull.headSha(),
                        "slipway/held",
                        CommitStatus.State.FAILURE,
                        "held",
                        Optional.empty()));
        assertThat(releases.statuses(pull.headSha()))
                .extracting(CommitStatus::context, CommitStatus::state)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "slipway/held", CommitStatus.State.FAILURE));

        var merged =
                change(() ->
                        releases.merge(
                                number, pull.headSha(), MergeMethod.SQUASH, Optional.empty()));
        assertThat(releases.pullRequest(number).orElseThrow().merged()).isPresent();
        assertThat(releases.ref("refs/heads/main").orElseThrow().sha()).isEqualTo(merged.value());
        assertThat(releases.compare(pull.baseSha().value(), merged.value()).commits()).isNotEmpty();

        var tag = change(() -> releases.createTagObject("production-r1", "release", merged));
        act(() -> releases.createRef("refs/tags/production-r1", tag));
        assertThat(releases.tags()).extracting(t -> t.name()).containsExactly("production-r1");
        assertThat(releases.tagObject(tag).orElseThrow().message()).contains("release");

        act(() -> releases.createRef("refs/heads/kept", merged.value()));
        var next = object(merged);
        act(() ->
                releases.updateRefs(
                        List.of(
                                RefUpdate.advance(
                                        "refs/heads/kept", merged.value(), next.value()))));
        assertThat(releases.refs("refs/heads/")).extracting(r -> r.sha()).contains(next.value());
        assertThat(releases.file("README.md", next).map(String::new)).contains("kept\n");
    }

    private CommitSha object(CommitSha parent) {
        var tree = change(() -> releases.createTree(Map.of("README.md", "kept\n")));
        return change(() -> releases.createCommit("keep", tree, List.of(parent))).sha();
    }

    @Test
    void whatIsNotThereIsEmpty() {
        var nobody = new CommitSha("b".repeat(40));

        assertThat(full.pullRequest(new PullRequestNumber(4711))).isEmpty();
        assertThat(full.commit(nobody)).isEmpty();
        assertThat(full.ref("refs/heads/none")).isEmpty();
        assertThat(full.run(4711)).isEmpty();
        assertThat(full.tagObject("b".repeat(40))).isEmpty();
        assertThat(full.file("none.txt", fixture.main())).isEmpty();
        assertThat(full.refs("refs/heads/none")).isEmpty();
        assertThat(failing(() -> full.comments(new PullRequestNumber(4711))))
                .isInstanceOf(Failure.NotFound.class);
    }

    @Test
    void whatMustNotBeIsRefusedAndNothingMoves() {
        var pull = fixture.pull("topic", "src/b.txt", "b\n");
        var number = new PullRequestNumber(pull.number());
        var main = fixture.main();
        var old = new CommitSha("c".repeat(40));

        assertThat(
                        failing(() ->
                                change(() ->
                                        full.merge(
                                                number, old, MergeMethod.MERGE, Optional.empty()))))
                .isInstanceOf(Failure.Refused.class);
        assertThat(failing(() -> act(() -> full.createRef("refs/heads/main", main.value()))))
                .isInstanceOf(Failure.Refused.class);
        assertThat(
                        failing(() ->
                                act(() ->
                                        full.updateRefs(
                                                List.of(
                                                        RefUpdate.advance(
                                                                "refs/heads/main",
                                                                old.value(),
                                                                pull.headSha().value()))))))
                .isInstanceOf(Failure.Refused.class);
        assertThat(
                        failing(() ->
                                change(() ->
                                        Ports.gitHub(fixture, "reader")
                                                .createComment(number, "no"))))
                .isInstanceOf(Failure.Unauthorized.class);
        assertThat(failing(() -> Ports.gitHub(fixture, "stranger").repository()))
                .isInstanceOf(Failure.Unauthorized.class);
        assertThat(fixture.main()).isEqualTo(main);
        assertThat(full.comments(number)).isEmpty();
    }

    @Test
    void aLostAnswerIsUnknownAndSentOnce() {
        var pull = fixture.pull("topic", "src/b.txt", "b\n");
        var number = new PullRequestNumber(pull.number());

        for (var lost :
                List.of(
                        new Fault.LoseAnswer(comments()),
                        new Fault.Truncate(comments()),
                        new Fault.Answer(comments(), 502, "{}", Optional.empty()))) {
            fixture.faults.add(lost);
            assertThat(failing(() -> change(() -> full.createComment(number, "once"))).outcome())
                    .as(lost.toString())
                    .isEqualTo(Failure.Outcome.UNKNOWN);
        }

        assertThat(full.comments(number)).as("applied twice, once not").hasSize(2);
        fixture.faults.add(
                new Fault.Answer(comments(), 429, "{\"message\":\"slow down\"}", Optional.of(3)));
        assertThat(failing(() -> change(() -> full.createComment(number, "limited"))))
                .isInstanceOf(Failure.RateLimited.class);
    }

    private static Fault.Target comments() {
        return Fault.Target.next(1, "github", "POST", "/comments$");
    }

    @Test
    void deploymentsAreRecordedAndRead() {
        var sha = fixture.main();
        var made = change(() -> releases.createDeployment(sha, "production", "r1", Map.of(), true));
        change(() ->
                releases.createDeploymentStatus(
                        made.id(),
                        DeploymentStatus.State.SUCCESS,
                        "done",
                        Optional.empty(),
                        Optional.empty()));

        assertThat(releases.deployments("production", sha))
                .extracting(d -> d.id())
                .containsExactly(made.id());
        assertThat(releases.deploymentStatuses(made.id()))
                .singleElement()
                .satisfies(s -> assertThat(s.state()).isEqualTo(DeploymentStatus.State.SUCCESS));
        assertThat(releases.deployments("staging")).isEmpty();
    }
}
