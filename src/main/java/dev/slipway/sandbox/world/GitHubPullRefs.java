package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import dev.slipway.sandbox.world.GitHubPull.Merged;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Holds open pull requests against the refs they are of: a head that moves is their new head, one that is
/// deleted closes them, and a base that contains their head has merged them.
final class GitHubPullRefs {
    private final GitHubCore core;
    private final GitHubTable<GitHubPull> pulls;
    private final GitHubTestMerges tests;
    private final Supplier<GitHubSettings> settings;

    /// The pull request whose merge moves the base branch just now, zero when none does.
    private final AtomicInteger underMerge = new AtomicInteger();

    GitHubPullRefs(
            GitHubCore core,
            GitHubTable<GitHubPull> pulls,
            GitHubTestMerges tests,
            Supplier<GitHubSettings> settings) {
        this.core = core;
        this.pulls = pulls;
        this.tests = tests;
        this.settings = settings;
    }

    /// Catches up with what Git holds, after the world was closed in the middle of something.
    void catchUp() {
        core.change(() -> {
            for (var pull : pulls.where(GitHubPull::open)) {
                core.git
                        .ref(headRef(pull))
                        .map(CommitSha::new)
                        .filter(tip -> !tip.equals(pull.headSha()))
                        .ifPresent(tip -> headMoved(pull, tip, pull.author()));
            }
            for (var pull : pulls.where(GitHubPull::open)) {
                mergedByPush(pull, pull.author());
            }
            tests.now(pulls.where(GitHubPull::open));
            return true;
        });
    }

    /// Moves the base branch of a pull request, which is then not taken for merged by a push.
    void merging(int number, Runnable move) {
        underMerge.set(number);
        try {
            move.run();
        } finally {
            underMerge.set(0);
        }
    }

    /// A ref moved.
    void follow(GitHubRefs.Moved ref) {
        var waiting = new ArrayList<GitHubPull>();
        for (var pull : pulls.where(GitHubPull::open)) {
            if (pull.number() == underMerge.get()) {
                continue;
            }
            if (ref.name().equals(headRef(pull))) {
                if (ref.after().equals(GitRefChange.ABSENT)) {
                    end(pull, Optional.empty(), ref.actor());
                } else {
                    waiting.add(headMoved(pull, new CommitSha(ref.after()), ref.actor()));
                }
            } else if (ref.name().equals("refs/heads/" + pull.baseBranch())
                    && !ref.after().equals(GitRefChange.ABSENT)
                    && !mergedByPush(pull, ref.actor())) {
                waiting.add(pull);
            }
        }
        if (!waiting.isEmpty()) {
            tests.later(waiting);
        }
    }

    private GitHubPull headMoved(GitHubPull pull, CommitSha head, String actor) {
        var moved = pulls.put(pull.at(head, pull.baseBranch(), base(pull), core.now()));
        core.git.setRef(ref(pull, "head"), head.value());
        core.emit(new GitHubEvent.PullSynchronized(moved, pull.headSha(), actor));
        return moved;
    }

    private boolean mergedByPush(GitHubPull pull, String actor) {
        var tip = core.git.branch(pull.baseBranch());
        if (tip.isEmpty() || !core.git.contains(tip.get(), pull.headSha())) {
            return false;
        }
        end(pull, Optional.of(new Merged(tip.get(), actor, core.now())), actor);
        return true;
    }

    /// Closes it, merged or not.
    GitHubPull end(GitHubPull pull, Optional<Merged> how, String actor) {
        var ended = pulls.put(pull.is(pull.draft(), false, how, core.now()));
        core.emit(new GitHubEvent.PullClosed(ended, actor));
        return ended;
    }

    /// The tip of its base branch; where it was last, when that is gone.
    CommitSha base(GitHubPull pull) {
        return core.git.branch(pull.baseBranch()).orElse(pull.baseSha());
    }

    /// The branch its head is on.
    String headRef(GitHubPull pull) {
        return headRef(pull.headOwner(), pull.headBranch());
    }

    String headRef(String owner, String branch) {
        return owner.equalsIgnoreCase(settings.get().owner())
                ? "refs/heads/" + branch
                : GitHubRefs.FORKS + owner + "/" + branch;
    }

    /// The ref GitHub keeps of it: of its head, or of its test merge.
    static String ref(GitHubPull pull, String which) {
        return "refs/pull/" + pull.number() + "/" + which;
    }
}
