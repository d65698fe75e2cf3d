package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import dev.slipway.sandbox.world.GitHubPull.TestMerge;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Tries whether open pull requests merge, some time after they or their base changed, as GitHub
/// does; what it finds out is kept with the pull request.
final class GitHubTestMerges {
    /// How long a test merge takes at GitHub.
    private static final Duration TIME = Duration.ofSeconds(2);

    private final GitHubCore core;
    private final GitHubAccounts accounts;
    private final GitHubTable<GitHubPull> pulls;

    GitHubTestMerges(GitHubCore core, GitHubAccounts accounts, GitHubTable<GitHubPull> pulls) {
        this.core = core;
        this.accounts = accounts;
        this.pulls = pulls;
    }

    /// The test merge of what head and base are now; empty while GitHub has not finished it.
    Optional<TestMerge> of(GitHubPull pull) {
        return pull.tested()
                .filter(t -> t.head().equals(pull.headSha()))
                .filter(t ->
                        !pull.open()
                                || core.git
                                        .branch(pull.baseBranch())
                                        .equals(Optional.of(t.base())));
    }

    /// Tries them once GitHub comes to it.
    void later(List<GitHubPull> changed) {
        var numbersOf = changed.stream().map(GitHubPull::number).toList();
        core.later(
                TIME,
                () -> {
                    for (var number : numbersOf) {
                        core.change(() -> {
                            now(pulls.get(number).stream().toList());
                            return number;
                        });
                    }
                });
    }

    /// Tries those that are open and have no test merge of what they are now.
    void now(List<GitHubPull> candidates) {
        for (var pull : candidates) {
            var base = core.git.branch(pull.baseBranch());
            if (!pull.open() || base.isEmpty() || of(pull).isPresent()) {
                continue;
            }
            var commit =
                    core.merges
                            .tree(base.get(), pull.headSha())
                            .map(tree -> commit(pull, base.get(), tree));
            commit.ifPresent(c -> core.git.setRef(GitHubPullRefs.ref(pull, "merge"), c.value()));
            pulls.put(pull.with(new TestMerge(pull.headSha(), base.get(), commit)));
        }
    }

    private CommitSha commit(GitHubPull pull, CommitSha base, String tree) {
        var author = accounts.person(pull.author()).person();
        return core.git
                .writer()
                .commit(
                        tree,
                        List.of(base, pull.headSha()),
                        "Merge " + pull.headSha() + " into " + base,
                        author,
                        core.now(),
                        GitHubPulls.GITHUB,
                        core.now());
    }
}
