package dev.slipway.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.domain.CommitSha;
import dev.slipway.sandbox.world.GitHubPull;
import dev.slipway.sandbox.world.GitHubPulls;
import dev.slipway.sandbox.world.GitHubPulls.Mergeable;
import dev.slipway.sandbox.world.Pace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubPullsOverHttpTest {
    private static final String REPO = "/repos/acme/shop";

    @TempDir Path home;
    @TempDir Path elsewhere;
    private GitHubFixture github;

    @AfterEach
    void stop() {
        if (github != null) {
            github.close();
        }
    }

    private GitHubFixture start() {
        github = new GitHubFixture(home);
        return github;
    }

    private GitHubPull settled(GitHubPull pull) {
        await().until(() -> github.world.pulls().mergeable(now(pull)) != Mergeable.UNKNOWN);
        return now(pull);
    }

    private GitHubPull now(GitHubPull pull) {
        return github.world.pulls().get(pull.number()).orElseThrow();
    }

    @Test
    void aPinnedMergeIsTheTestMergeForEverybodyWhoClones() throws Exception {
        start();
        var pull = settled(github.pull("feature", "src/b.txt", "b\n"));
        var shown = github.get(REPO + "/pulls/" + pull.number()).json();
        var test = shown.path("merge_commit_sha").asString();
        var testTree = github.get(REPO + "/git/commits/" + test).json().at("/tree/sha").asString();

        var answer =
                github.send(
                        "releases",
                        "PUT",
                        REPO + "/pulls/" + pull.number() + "/merge",
                        Map.of("sha", pull.headSha().value()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("merged").booleanValue()).isTrue();
        var sha = answer.json().path("sha").asString();
        var clone = elsewhere.resolve("clone");
        try (var git =
                Git.cloneRepository()
                        .setURI(home.resolve("repository.git").toUri().toString())
                        .setDirectory(clone.toFile())
                        .call()) {
            var tip = git.log().setMaxCount(1).call().iterator().next();
            assertThat(tip.name()).isEqualTo(sha);
            assertThat(tip.getParentCount()).isEqualTo(2);
            assertThat(tip.getParent(1).name()).isEqualTo(pull.headSha().value());
            assertThat(tip.getTree().name()).isEqualTo(testTree);
            assertThat(tip.getShortMessage()).isEqualTo("Merge pull request #1 from acme/feature");
        }
        assertThat(clone.resolve("src/b.txt")).hasContent("b");
        var after = github.get(REPO + "/pulls/" + pull.number()).json();
        assertThat(after.path("merged").booleanValue()).isTrue();
        assertThat(after.path("state").asString()).isEqualTo("closed");
        assertThat(after.at("/merged_by/login").asString()).isEqualTo("mona");
        assertThat(github.get(REPO + "/pulls/" + pull.number() + "/merge").status()).isEqualTo(204);
    }

    @Test
    void aMergePinnedToAnOlderHeadIsRefusedAndChangesNothing() {
        start();
        var pull = github.pull("feature", "src/b.txt", "b\n");
        var before = github.main();
        github.world.push("feature", "mona", github.change("more").with("src/c.txt", "c\n"));

        var answer =
                github.send(
                        "full",
                        "PUT",
                        REPO + "/pulls/1/merge",
                        Map.of("sha", pull.headSha().value()));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().path("message").asString()).contains("Head branch was modified");
        assertThat(github.main()).isEqualTo(before);
        assertThat(github.get(REPO + "/pulls/1").json().path("state").asString()).isEqualTo("open");
    }

    @Test
    void aConflictADraftAndAClosedOneAreNotMergeable() {
        start();
        var conflict = github.pull("left", "src/a.txt", "left\n");
        github.world.push("main", "mona", github.change("right").with("src/a.txt", "right\n"));
        settled(conflict);
        github.world.push("late", "mona", github.change("late").with("late.txt", "l\n"));
        var draft =
                github.world
                        .pulls()
                        .open(new GitHubPulls.Opening("Late", "", "mona", "late", "main", true));
        var closed = github.pull("gone", "gone.txt", "g\n");
        github.send("full", "PATCH", REPO + "/pulls/3", Map.of("state", "closed"));
        var main = github.main();

        var shown = github.get(REPO + "/pulls/" + conflict.number()).json();
        assertThat(shown.path("mergeable").booleanValue()).isFalse();
        assertThat(shown.path("mergeable_state").asString()).isEqualTo("dirty");
        assertThat(shown.path("merge_commit_sha").isNull()).isTrue();
        for (var pull : List.of(conflict, draft, closed)) {
            assertThat(
                            github.send(
                                            "full",
                                            "PUT",
                                            REPO + "/pulls/" + pull.number() + "/merge",
                                            null)
                                    .status())
                    .isEqualTo(405);
        }
        assertThat(github.main()).isEqualTo(main);
    }

    @Test
    void mergeableIsUnknownUntilTheTestMergeIsDone() {
        // At a hundredth of GitHub's pace the test merge is 200 s away.
        github = new GitHubFixture(home, new Pace(0.01));
        github.pull("feature", "src/b.txt", "b\n");

        var shown = github.get(REPO + "/pulls/1").json();

        assertThat(shown.path("mergeable").isNull()).isTrue();
        assertThat(shown.path("mergeable_state").asString()).isEqualTo("unknown");
        assertThat(github.world.git().ref("refs/pull/1/head")).isPresent();
        assertThat(github.world.git().ref("refs/pull/1/merge")).isEmpty();
    }

    @Test
    void squashAndRebaseKeepTheTreeAndTheLineStraight() {
        start();
        var squashed = settled(github.pull("one", "one.txt", "1\n"));
        var first =
                github.send(
                        "full", "PUT", REPO + "/pulls/1/merge", Map.of("merge_method", "squash"));
        github.pull("two", "two.txt", "2\n");
        github.world.push("two", "mona", github.change("again").with("two.txt", "22\n"));
        github.world.push("main", "mona", github.change("between").with("three.txt", "3\n"));
        var second =
                github.send(
                        "full", "PUT", REPO + "/pulls/2/merge", Map.of("merge_method", "rebase"));

        assertThat(first.status()).isEqualTo(200);
        var squash =
                github.world
                        .git()
                        .commit(new CommitSha(first.json().path("sha").asString()))
                        .orElseThrow();
        assertThat(squash.parents()).hasSize(1);
        assertThat(squash.title()).isEqualTo("Add one.txt (#1)");
        assertThat(squashed.tested().orElseThrow().commit()).isPresent();
        assertThat(second.status()).isEqualTo(200);
        var log = github.get(REPO + "/commits?per_page=3").json();
        assertThat(log.valueStream().map(c -> c.at("/commit/message").asString()))
                .containsExactly("again", "add two.txt", "between");
        assertThat(
                        github.get(
                                        REPO + "/contents/two.txt",
                                        "Accept",
                                        "application/vnd.github.raw")
                                .text())
                .isEqualTo("22\n");
    }

    @Test
    void requiredReviewsAndChecksBlockUntilTheyAreThere() {
        start();
        github.world.settings(github.world.settings().requiring(1));
        settled(github.pull("feature", "b.txt", "b\n"));

        var early = github.send("full", "PUT", REPO + "/pulls/1/merge", null);
        var own = github.post(REPO + "/pulls/1/reviews", Map.of("event", "APPROVE", "body", "me"));
        github.world.pulls().review(1, "hubot", GitHubPull.Verdict.APPROVED, "fine");
        var reviews = github.get(REPO + "/pulls/1/reviews").json();
        var late = github.send("full", "PUT", REPO + "/pulls/1/merge", null);

        assertThat(early.status()).isEqualTo(405);
        assertThat(early.json().path("message").asString()).contains("approving review");
        assertThat(own.status()).isEqualTo(422);
        assertThat(reviews.at("/0/state").asString()).isEqualTo("APPROVED");
        assertThat(late.status()).isEqualTo(200);
    }

    @Test
    void aForkIsSeenAsOneAndItsBranchIsNotOurs() {
        start();
        github.world.push("octocat:patch", "octocat", github.change("p").with("p.txt", "p\n"));
        var opened =
                github.post(
                        REPO + "/pulls",
                        Map.of("title", "Patch", "head", "octocat:patch", "base", "main"));

        assertThat(opened.status()).isEqualTo(201);
        assertThat(opened.json().at("/head/repo/full_name").asString()).isEqualTo("octocat/shop");
        assertThat(opened.json().at("/head/repo/fork").booleanValue()).isTrue();
        assertThat(github.get(REPO + "/branches/patch").status()).isEqualTo(404);
        assertThat(github.get(REPO + "/git/matching-refs/forks").json().size()).isZero();
        assertThat(github.get(REPO + "/pulls/1/files").json().at("/0/filename").asString())
                .isEqualTo("p.txt");
    }

    @Test
    void openingWhatCannotBeAPullRequestIsRefusedWithAReason() {
        start();
        github.pull("feature", "b.txt", "b\n");
        github.world.push("same", "mona", github.main());

        var twice =
                github.post(
                        REPO + "/pulls", Map.of("title", "x", "head", "feature", "base", "main"));
        var nothing =
                github.post(REPO + "/pulls", Map.of("title", "x", "head", "same", "base", "main"));
        var missing = github.post(REPO + "/pulls", Map.of("head", "feature", "base", "main"));

        assertThat(twice.status()).isEqualTo(422);
        assertThat(twice.json().at("/errors/0/message").asString())
                .isEqualTo("A pull request already exists for acme:feature.");
        assertThat(nothing.json().at("/errors/0/message").asString())
                .isEqualTo("No commits between main and same");
        assertThat(missing.json().path("message").asString()).contains("\"title\" wasn't supplied");
    }

    @Test
    void anUpdatedBranchContainsItsBase() {
        start();
        var pull = github.pull("feature", "b.txt", "b\n");
        github.world.push("main", "mona", github.change("on").with("on.txt", "on\n"));

        var answer = github.send("full", "PUT", REPO + "/pulls/1/update-branch", null);

        assertThat(answer.status()).isEqualTo(202);
        var compared = github.get(REPO + "/compare/main...feature").json();
        assertThat(compared.path("status").asString()).isEqualTo("ahead");
        assertThat(now(pull).headSha()).isNotEqualTo(pull.headSha());
    }
}
