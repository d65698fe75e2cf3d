package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import dev.slipway.sandbox.world.GitHubPulls.Merging;
import dev.slipway.sandbox.world.GitHubPulls.Method;
import java.util.List;

/// Writes the commit a merge leaves on the base branch, by each of GitHub's three methods, and the one an
/// update leaves on the head branch.
final class GitHubMergeCommits {
    private final GitHubCore core;
    private final GitHubAccounts accounts;

    GitHubMergeCommits(GitHubCore core, GitHubAccounts accounts) {
        this.core = core;
        this.accounts = accounts;
    }

    /// The commit, which no branch names yet.
    ///
    /// @throws GitHubRefusal 405 when the two do not go together
    CommitSha write(GitHubPull pull, CommitSha base, Merging merging, String actor) {
        var now = core.now();
        var person = accounts.person(actor).person();
        if (merging.method() == Method.REBASE) {
            return core.merges
                    .rebased(base, pull.headSha(), person, now)
                    .orElseThrow(() -> new GitHubRefusal(405, "This branch can't be rebased"));
        }
        var tree =
                core.merges
                        .tree(base, pull.headSha())
                        .orElseThrow(() -> new GitHubRefusal(405, "Pull Request is not mergeable"));
        var squash = merging.method() == Method.SQUASH;
        var title =
                merging.title()
                        .orElse(
                                squash
                                        ? pull.title() + " (#" + pull.number() + ")"
                                        : "Merge pull request #"
                                                + pull.number()
                                                + " from "
                                                + pull.headOwner()
                                                + "/"
                                                + pull.headBranch());
        var text = merging.message().orElse(squash ? pull.body() : pull.title());
        var author = squash ? accounts.person(pull.author()).person() : person;
        return core.git
                .writer()
                .commit(
                        tree,
                        squash ? List.of(base) : List.of(base, pull.headSha()),
                        text.isBlank() ? title : title + "\n\n" + text,
                        author,
                        now,
                        GitHubPulls.GITHUB,
                        now);
    }

    /// Writes the commit that merges the base into the head.
    ///
    /// @throws GitHubRefusal 422 when they conflict
    CommitSha update(GitHubPull pull, CommitSha base, String actor) {
        var tree =
                core.merges
                        .tree(pull.headSha(), base)
                        .orElseThrow(() ->
                                new GitHubRefusal(422, "merge conflict between base and head"));
        var now = core.now();
        return core.git
                .writer()
                .commit(
                        tree,
                        List.of(pull.headSha(), base),
                        "Merge branch '" + pull.baseBranch() + "' into " + pull.headBranch(),
                        accounts.person(actor).person(),
                        now,
                        GitHubPulls.GITHUB,
                        now);
    }
}
