package dev.slipway.release;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.domain.RefusedException;
import dev.slipway.github.Commit;
import dev.slipway.github.GitHub;
import dev.slipway.github.PullRequest;
import dev.slipway.stack.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a [Target] is at GitHub now.
///
/// @param pullRequest present for a pull request
/// @param commit what will be shipped: the head of the pull request, or the commit itself
/// @param base head of the base branch
/// @param tree sha of the tree that will be on the base branch: of GitHub's test merge, or of the
///     commit; empty while GitHub computes it
record Subject(
        Optional<PullRequest> pullRequest,
        CommitSha commit,
        CommitSha base,
        Optional<String> tree) {
    /// How often GitHub is asked again for a test merge it has not computed.
    private static final int AGAIN = 8;

    private static final Duration PAUSE = Duration.ofMillis(500);

    /// Asks GitHub.
    ///
    /// @throws RefusedException when the repository has no such pull request or commit
    /// @throws dev.slipway.domain.FailureException when GitHub cannot be asked about it
    static Subject read(GitHub gitHub, Stack stack, Target target) {
        var base =
                new CommitSha(
                        gitHub.ref("refs/heads/" + stack.branch())
                                .orElseThrow(() -> lacks(stack, "branch " + stack.branch()))
                                .sha());
        return switch (target) {
            case Target.OfPullRequest(var number) -> {
                var pullRequest = computed(gitHub, stack, number);
                yield new Subject(
                        Optional.of(pullRequest),
                        pullRequest.headSha(),
                        base,
                        merged(gitHub, pullRequest, base).map(Commit::tree));
            }
            case Target.OfCommit(var sha) -> {
                var commit =
                        gitHub.commit(sha).orElseThrow(() -> lacks(stack, "commit " + sha.brief()));
                yield new Subject(Optional.empty(), commit.sha(), base, Optional.of(commit.tree()));
            }
        };
    }

    /// The test merge is computed after it was asked for, usually within a second or two; whoever asks
    /// once learns nothing after every push to the base branch.
    private static PullRequest computed(GitHub gitHub, Stack stack, PullRequestNumber number) {
        for (int again = 0; ; again++) {
            var pullRequest =
                    gitHub.pullRequest(number)
                            .orElseThrow(() -> lacks(stack, "pull request " + number));
            boolean open = pullRequest.state() == PullRequest.State.OPEN;
            if (!open || pullRequest.mergeable().isPresent() || again == AGAIN) {
                return pullRequest;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return pullRequest;
            }
        }
    }

    private static RefusedException lacks(Stack stack, String what) {
        return new RefusedException(
                stack.repository() + " has no " + what + ". Nothing was changed.");
    }

    /// GitHub's test merge. It counts only when it was made of this head and this base.
    private static Optional<Commit> merged(GitHub gitHub, PullRequest pullRequest, CommitSha base) {
        return Optional.of(pullRequest)
                .filter(pr -> pr.state() == PullRequest.State.OPEN)
                .flatMap(PullRequest::mergeCommit)
                .flatMap(gitHub::commit)
                .filter(merge -> merge.parents().equals(List.of(base, pullRequest.headSha())));
    }
}
