package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A pull request.
///
/// @param id its number among all things at GitHub
/// @param headOwner owner of the repository its branch is in; another one for a fork
/// @param baseSha tip of the base branch when the head last moved
/// @param merged present when it was merged
/// @param tested the last test merge that was finished; may be about an older head or base
public record GitHubPull(
        int number,
        long id,
        String title,
        String body,
        String author,
        String headOwner,
        String headBranch,
        CommitSha headSha,
        String baseBranch,
        CommitSha baseSha,
        boolean draft,
        boolean open,
        List<String> labels,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> closedAt,
        Optional<Merged> merged,
        Optional<TestMerge> tested) {

    /// How it was merged.
    ///
    /// @param sha the commit on the base branch
    public record Merged(CommitSha sha, String by, Instant at) {}

    /// The outcome of merging `head` into `base` for a try.
    ///
    /// @param commit the test merge, empty when they conflict
    public record TestMerge(CommitSha head, CommitSha base, Optional<CommitSha> commit) {}

    /// A review of a pull request.
    public record Review(
            long id,
            int pull,
            String login,
            Verdict verdict,
            String body,
            CommitSha sha,
            Instant at) {}

    /// What a review says.
    public enum Verdict {
        APPROVED,
        CHANGES_REQUESTED,
        COMMENTED,
        DISMISSED
    }

    public GitHubPull {
        labels = List.copyOf(labels);
    }

    GitHubPull says(String newTitle, String newBody, List<String> newLabels, Instant at) {
        return new GitHubPull(
                number,
                id,
                newTitle,
                newBody,
                author,
                headOwner,
                headBranch,
                headSha,
                baseBranch,
                baseSha,
                draft,
                open,
                newLabels,
                createdAt,
                at,
                closedAt,
                merged,
                tested);
    }

    GitHubPull at(CommitSha head, String branch, CommitSha base, Instant at) {
        return new GitHubPull(
                number,
                id,
                title,
                body,
                author,
                headOwner,
                headBranch,
                head,
                branch,
                base,
                draft,
                open,
                labels,
                createdAt,
                at,
                closedAt,
                merged,
                tested);
    }

    GitHubPull is(boolean aDraft, boolean isOpen, Optional<Merged> how, Instant at) {
        return new GitHubPull(
                number,
                id,
                title,
                body,
                author,
                headOwner,
                headBranch,
                headSha,
                baseBranch,
                baseSha,
                aDraft,
                isOpen,
                labels,
                createdAt,
                at,
                isOpen ? Optional.empty() : closedAt.or(() -> Optional.of(at)),
                how,
                tested);
    }

    GitHubPull with(TestMerge test) {
        return new GitHubPull(
                number,
                id,
                title,
                body,
                author,
                headOwner,
                headBranch,
                headSha,
                baseBranch,
                baseSha,
                draft,
                open,
                labels,
                createdAt,
                updatedAt,
                closedAt,
                merged,
                Optional.of(test));
    }
}
