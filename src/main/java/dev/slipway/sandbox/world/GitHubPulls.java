package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import dev.slipway.sandbox.world.GitHubPull.Merged;
import dev.slipway.sandbox.world.GitHubPull.Review;
import dev.slipway.sandbox.world.GitHubPull.TestMerge;
import dev.slipway.sandbox.world.GitHubPull.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// Pull requests: what they are, what their state follows from, and how they end.
public final class GitHubPulls {
    /// Who signs what is merged with a button.
    static final GitPerson GITHUB = new GitPerson("GitHub", "noreply@github.com");

    private final GitHubCore core;
    private final GitHubRefs refs;
    private final GitHubChecks checks;
    private final GitHubAccounts accounts;
    private final Supplier<GitHubSettings> settings;
    private final Supplier<Integer> numbers;
    private final GitHubTable<GitHubPull> pulls;
    private final GitHubPullRefs pullRefs;
    private final GitHubReviews reviews;
    private final GitHubTestMerges tests;
    private final GitHubMergeCommits commits;

    /// Ways to merge.
    public enum Method {
        MERGE,
        SQUASH,
        REBASE
    }

    /// Whether head and base go together.
    public enum Mergeable {
        MERGEABLE,
        CONFLICTING,
        /// The test merge is not finished.
        UNKNOWN
    }

    /// What a merge would meet.
    public enum MergeState {
        BLOCKED,
        CLEAN,
        DIRTY,
        DRAFT,
        UNKNOWN,
        UNSTABLE
    }

    /// What the reviews come to; only where reviews are required.
    public enum Decision {
        APPROVED,
        CHANGES_REQUESTED,
        REVIEW_REQUIRED
    }

    /// A pull request to be opened.
    ///
    /// @param head a branch, or `owner:branch` for one of a fork
    public record Opening(
            String title, String body, String author, String head, String base, boolean draft) {}

    /// A merge to be done.
    ///
    /// @param sha what the head must be; empty merges whatever it is
    /// @param title first line of the commit, empty for GitHub's own
    /// @param message rest of the commit, empty for GitHub's own
    public record Merging(
            Method method,
            Optional<CommitSha> sha,
            Optional<String> title,
            Optional<String> message) {
        /// With a merge commit, head pinned.
        public static Merging pinned(CommitSha sha) {
            return new Merging(Method.MERGE, Optional.of(sha), Optional.empty(), Optional.empty());
        }
    }

    GitHubPulls(
            GitHubCore core,
            GitHubRefs refs,
            GitHubChecks checks,
            GitHubAccounts accounts,
            Supplier<GitHubSettings> settings,
            Supplier<Integer> numbers) {
        this.core = core;
        this.refs = refs;
        this.checks = checks;
        this.accounts = accounts;
        this.settings = settings;
        this.numbers = numbers;
        this.pulls = core.table("pull", GitHubPull.class, GitHubPull::number);
        this.reviews = new GitHubReviews(core, checks, accounts, settings);
        this.tests = new GitHubTestMerges(core, accounts, pulls);
        this.commits = new GitHubMergeCommits(core, accounts);
        pullRefs = new GitHubPullRefs(core, pulls, tests, settings);
        refs.follow(pullRefs::follow);
    }

    /// The pull request of this number.
    public Optional<GitHubPull> get(int number) {
        return pulls.get(number);
    }

    /// All of them by number.
    public List<GitHubPull> all() {
        return pulls.all();
    }

    /// The open ones by number.
    public List<GitHubPull> open() {
        return pulls.where(GitHubPull::open);
    }

    int highest() {
        return (int) pulls.highest();
    }

    /// Whether head and base go together, as far as GitHub has found out.
    public Mergeable mergeable(GitHubPull pull) {
        return tests.of(pull)
                .map(t -> t.commit().isPresent() ? Mergeable.MERGEABLE : Mergeable.CONFLICTING)
                .orElse(Mergeable.UNKNOWN);
    }

    /// The merge commit once merged; until then the test merge, when there is one.
    public Optional<CommitSha> mergeCommit(GitHubPull pull) {
        return pull.merged().map(Merged::sha).or(() -> pull.tested().flatMap(TestMerge::commit));
    }

    /// What a merge would meet now.
    public MergeState mergeState(GitHubPull pull) {
        return switch (mergeable(pull)) {
            case UNKNOWN -> MergeState.UNKNOWN;
            case CONFLICTING -> MergeState.DIRTY;
            case MERGEABLE -> {
                if (pull.draft()) {
                    yield MergeState.DRAFT;
                }
                if (reviews.obstacle(pull).isPresent()) {
                    yield MergeState.BLOCKED;
                }
                var said = checks.rollup(pull.headSha());
                var green = said.isEmpty() || said.get() == GitHubChecks.Rollup.SUCCESS;
                yield green ? MergeState.CLEAN : MergeState.UNSTABLE;
            }
        };
    }

    /// What the reviews come to; empty where none is required.
    public Optional<Decision> decision(GitHubPull pull) {
        return reviews.decision(pull);
    }

    /// Reviews in the order they were given.
    public List<Review> reviews(int number) {
        return reviews.of(number);
    }

    /// What the pull request changes, against where it left the base branch.
    public List<GitFileChange> files(GitHubPull pull) {
        return core.merges.files(fork(pull), pull.headSha());
    }

    /// Its commits, oldest first.
    public List<GitCommit> commits(GitHubPull pull) {
        return core.git.log(pull.headSha(), fork(pull), 250).reversed();
    }

    private Optional<CommitSha> fork(GitHubPull pull) {
        return core.merges.ancestor(pull.baseSha(), pull.headSha());
    }

    /// Opens a pull request.
    ///
    /// @throws GitHubRefusal 422 when a branch is missing, nothing differs or there is one already
    public GitHubPull open(Opening opening) {
        return core.change(() -> {
            var colon = opening.head().indexOf(':');
            var owner = colon < 0 ? settings.get().owner() : opening.head().substring(0, colon);
            var branch = opening.head().substring(colon + 1);
            var base =
                    core.git
                            .branch(opening.base())
                            .orElseThrow(
                                    () -> GitHubRefusal.invalid("PullRequest", "base", "invalid"));
            var head =
                    core.git
                            .ref(pullRefs.headRef(owner, branch))
                            .map(CommitSha::new)
                            .orElseThrow(
                                    () -> GitHubRefusal.invalid("PullRequest", "head", "invalid"));
            if (core.git.contains(base, head)) {
                throw GitHubRefusal.custom(
                        "PullRequest",
                        "head",
                        "No commits between " + opening.base() + " and " + opening.head());
            }
            var twin =
                    pulls.where(p ->
                            p.open()
                                    && p.headOwner().equals(owner)
                                    && p.headBranch().equals(branch)
                                    && p.baseBranch().equals(opening.base()));
            if (!twin.isEmpty()) {
                throw GitHubRefusal.custom(
                        "PullRequest",
                        "head",
                        "A pull request already exists for " + owner + ":" + branch + ".");
            }
            accounts.person(opening.author());
            var now = core.now();
            var pull =
                    pulls.put(
                            new GitHubPull(
                                    numbers.get(),
                                    core.nextId(),
                                    opening.title(),
                                    opening.body(),
                                    opening.author(),
                                    owner,
                                    branch,
                                    head,
                                    opening.base(),
                                    base,
                                    opening.draft(),
                                    true,
                                    List.of(),
                                    now,
                                    now,
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty()));
            core.git.setRef(GitHubPullRefs.ref(pull, "head"), head.value());
            core.emit(new GitHubEvent.PullOpened(pull, pull.author()));
            tests.later(List.of(pull));
            return pull;
        });
    }

    /// Changes title, text and labels.
    public GitHubPull edit(int number, String title, String body, List<String> labels) {
        return core.change(() -> pulls.put(existing(number).says(title, body, labels, core.now())));
    }

    /// Aims a pull request at another base branch.
    public GitHubPull retarget(int number, String branch) {
        return core.change(() -> {
            var pull = existing(number);
            var base =
                    core.git
                            .branch(branch)
                            .orElseThrow(
                                    () -> GitHubRefusal.invalid("PullRequest", "base", "invalid"));
            var moved = pulls.put(pull.at(pull.headSha(), branch, base, core.now()));
            tests.later(List.of(moved));
            return moved;
        });
    }

    /// Makes it a draft or ready.
    public GitHubPull draft(int number, boolean draft, String actor) {
        return core.change(() -> {
            var pull = existing(number);
            if (pull.draft() == draft) {
                return pull;
            }
            var changed = pulls.put(pull.is(draft, pull.open(), pull.merged(), core.now()));
            if (!draft) {
                core.emit(new GitHubEvent.PullReady(changed, actor));
            }
            return changed;
        });
    }

    /// Closes it without a merge; nothing happens to a closed one.
    public GitHubPull close(int number, String actor) {
        return core.change(() -> {
            var pull = existing(number);
            return pull.open() ? pullRefs.end(pull, Optional.empty(), actor) : pull;
        });
    }

    /// Opens a closed one again.
    ///
    /// @throws GitHubRefusal 422 when it was merged or its branch is gone
    public GitHubPull reopen(int number, String actor) {
        return core.change(() -> {
            var pull = existing(number);
            if (pull.open()) {
                return pull;
            }
            var tip = core.git.ref(pullRefs.headRef(pull)).map(CommitSha::new);
            if (pull.merged().isPresent() || tip.isEmpty()) {
                throw GitHubRefusal.invalid("PullRequest", "state", "invalid");
            }
            var again =
                    pulls.put(
                            pull.is(pull.draft(), true, Optional.empty(), core.now())
                                    .at(
                                            tip.get(),
                                            pull.baseBranch(),
                                            pullRefs.base(pull),
                                            core.now()));
            core.git.setRef(GitHubPullRefs.ref(again, "head"), tip.get().value());
            core.emit(new GitHubEvent.PullReopened(again, actor));
            tests.later(List.of(again));
            return again;
        });
    }

    /// Adds a review of what the head is now.
    public Review review(int number, String login, Verdict verdict, String body) {
        return core.change(() -> reviews.add(existing(number), login, verdict, body));
    }

    /// Merges a pull request into its base branch.
    ///
    /// @return the new tip of the base branch
    /// @throws GitHubRefusal 405 when it cannot be merged, 409 when its head is not the pinned one
    public CommitSha merge(int number, Merging merging, String actor) {
        return core.change(() -> {
            var pull = existing(number);
            RemoteRules.mergeable(pull.open(), pull.headSha(), merging.sha());
            if (pull.draft()) {
                throw new GitHubRefusal(405, "Pull Request is still a draft");
            }
            reviews.obstacle(pull)
                    .ifPresent(reason -> {
                        throw new GitHubRefusal(405, reason);
                    });
            if (!settings.get().merges().contains(merging.method())) {
                var way = merging.method().name().toLowerCase(Locale.ROOT);
                throw new GitHubRefusal(
                        405,
                        way.substring(0, 1).toUpperCase(Locale.ROOT)
                                + way.substring(1)
                                + " merges are not allowed on this repository.");
            }
            var base = pullRefs.base(pull);
            var sha = commits.write(pull, base, merging, actor);
            var now = core.now();
            // Git first: a kill in between leaves a merge that is recognised on the next opening.
            pullRefs.merging(
                    number,
                    () ->
                            refs.move(
                                    List.of(
                                            new GitRefChange(
                                                    "refs/heads/" + pull.baseBranch(),
                                                    Optional.of(base.value()),
                                                    sha.value(),
                                                    false)),
                                    actor));
            pullRefs.end(pull, Optional.of(new Merged(sha, actor, now)), actor);
            var own = pull.headOwner().equals(settings.get().owner());
            if (own && settings.get().deletesHead()) {
                refs.delete(pullRefs.headRef(pull), actor);
            }
            return sha;
        });
    }

    /// Merges the base branch into the head branch.
    ///
    /// @throws GitHubRefusal 422 when they conflict or there is nothing to merge
    public GitHubPull update(int number, String actor) {
        return core.change(() -> {
            var pull = existing(number);
            var base = pullRefs.base(pull);
            if (core.git.contains(pull.headSha(), base)) {
                throw new GitHubRefusal(422, "There are no new commits on the base branch.");
            }
            var merged = commits.update(pull, base, actor);
            refs.move(
                    List.of(
                            new GitRefChange(
                                    pullRefs.headRef(pull),
                                    Optional.empty(),
                                    merged.value(),
                                    false)),
                    actor);
            return existing(number);
        });
    }

    /// Where open pull requests and their refs meet.
    GitHubPullRefs pullRefs() {
        return pullRefs;
    }

    private GitHubPull existing(int number) {
        return pulls.get(number).orElseThrow(GitHubRefusal::notFound);
    }
}
