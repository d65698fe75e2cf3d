package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import java.util.Optional;

/// Something that happened in a world of GitHub, told after it is done and in order.
public sealed interface GitHubEvent {
    /// A ref was made, moved or deleted.
    ///
    /// @param before object id, [GitRefChange#ABSENT] when it was made
    /// @param after object id, [GitRefChange#ABSENT] when it was deleted
    record RefMoved(String name, String before, String after, String actor)
            implements GitHubEvent {}

    /// A branch of the repository got a new tip; a merge is one too.
    ///
    /// @param before empty for a new branch
    record Pushed(String branch, Optional<CommitSha> before, CommitSha after, String actor)
            implements GitHubEvent {}

    /// A pull request was opened.
    record PullOpened(GitHubPull pull, String actor) implements GitHubEvent {}

    /// A closed pull request was opened again.
    record PullReopened(GitHubPull pull, String actor) implements GitHubEvent {}

    /// The head of an open pull request moved.
    record PullSynchronized(GitHubPull pull, CommitSha before, String actor)
            implements GitHubEvent {}

    /// A draft was marked ready.
    record PullReady(GitHubPull pull, String actor) implements GitHubEvent {}

    /// A pull request was closed; `pull.merged()` says whether by a merge.
    record PullClosed(GitHubPull pull, String actor) implements GitHubEvent {}

    /// A workflow was dispatched. The run exists and is queued; whoever plays CI carries it out.
    record WorkflowDispatched(GitHubRun run) implements GitHubEvent {}

    /// A finished run is to be carried out once more; it is queued with the next attempt.
    record RunAgain(GitHubRun run, boolean failedJobsOnly) implements GitHubEvent {}

    /// A run was cancelled by a person.
    record RunCancelled(GitHubRun run, String actor) implements GitHubEvent {}
}
