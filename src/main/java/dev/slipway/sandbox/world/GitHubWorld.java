package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// One repository at GitHub with all that belongs to it: real Git, pull requests, checks, runs,
/// deployments, comments, people and their tokens. Everything is kept in one directory and is there
/// again when that is opened the next time. Safe for many threads.
public final class GitHubWorld implements AutoCloseable {
    private final GitHubCore core;
    private final GitHubTable<GitHubSettings> settings;
    private final GitHubAccounts accounts;
    private final GitHubRefs refs;
    private final GitHubChecks checks;
    private final GitHubPulls pulls;
    private final GitHubActions actions;
    private final GitHubDeployments deployments;
    private final GitHubApprovals approvals;
    private final GitHubIssues issues;
    private final AtomicInteger atLeast = new AtomicInteger(1);
    private final GitHubQuota quota;

    /// Opens the world in `directory`, or makes one with an empty repository there.
    ///
    /// @param initial the repository when it is made; ignored when the world exists
    public static GitHubWorld open(
            Path directory, GitHubSettings initial, Pace pace, InstantSource clock) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var log = GitHubLog.open(directory.resolve("github.jsonl"));
        var settings = new GitHubTable<>(log, "settings", GitHubSettings.class, GitHubSettings::id);
        if (settings.all().isEmpty()) {
            settings.put(initial);
        }
        var branch = settings.all().getFirst().defaultBranch();
        var git = GitRepository.at(directory.resolve("repository.git"), branch);
        var world = new GitHubWorld(directory, new GitHubCore(git, log, pace, clock), settings);
        world.pulls.pullRefs().catchUp();
        return world;
    }

    private GitHubWorld(Path directory, GitHubCore core, GitHubTable<GitHubSettings> settings) {
        this.core = core;
        this.settings = settings;
        accounts = new GitHubAccounts(core);
        quota = new GitHubQuota(core);
        refs = new GitHubRefs(core);
        checks = new GitHubChecks(core);
        issues = new GitHubIssues(core, accounts, this::nextNumber);
        pulls = new GitHubPulls(core, refs, checks, accounts, this::settings, this::nextNumber);
        actions =
                new GitHubActions(
                        core, checks, directory.resolve("logs"), () -> settings().defaultBranch());
        deployments =
                new GitHubDeployments(
                        core, refs, checks, accounts, () -> settings().defaultBranch());
        approvals = new GitHubApprovals(core, actions, deployments);
    }

    private int nextNumber() {
        return Math.max(Math.max(pulls.highest(), issues.highest()) + 1, atLeast.get());
    }

    /// Numbers the next issue or pull request `number`, or higher when that is taken; for building a
    /// world with a past.
    public void numberFrom(int number) {
        atLeast.set(number);
    }

    /// The repository and its rules.
    public GitHubSettings settings() {
        return settings.all().getFirst();
    }

    /// Changes the rules. Id, owner, name and default branch stay what they are.
    public void settings(GitHubSettings changed) {
        var now = settings();
        if (changed.id() != now.id() || !changed.fullName().equals(now.fullName())) {
            throw new IllegalArgumentException("a repository cannot become another one");
        }
        core.change(() -> settings.put(changed));
    }

    /// The Git repository itself, for reading, and for building a world before anybody listens. What
    /// is written here past [#refs()] and [#push] is seen by pull requests on the next opening only.
    public GitRepository git() {
        return core.git;
    }

    /// Merging and comparing.
    public GitMerges merges() {
        return core.merges;
    }

    /// Moving refs by name.
    public GitHubRefs refs() {
        return refs;
    }

    /// People and tokens.
    public GitHubAccounts accounts() {
        return accounts;
    }

    /// Pull requests and reviews.
    public GitHubPulls pulls() {
        return pulls;
    }

    /// Check runs and commit statuses.
    public GitHubChecks checks() {
        return checks;
    }

    /// Workflows, runs, jobs.
    public GitHubActions actions() {
        return actions;
    }

    /// Environments, secrets, deployments.
    public GitHubDeployments deployments() {
        return deployments;
    }

    /// Who let runs into protected environments.
    public GitHubApprovals approvals() {
        return approvals;
    }

    /// Issues, comments, labels, releases.
    public GitHubIssues issues() {
        return issues;
    }

    /// What tokens may still ask.
    public GitHubQuota quota() {
        return quota;
    }

    /// Commits on top of a branch and pushes it, as `git push` would: pull requests follow and
    /// listeners hear of it. A branch that is not there is made from the default branch.
    ///
    /// @param head a branch, or `owner:branch` for one of a fork
    public CommitSha push(String head, String login, GitChange change) {
        return core.change(() -> {
            var ref = headRef(head);
            var parent =
                    core.git
                            .ref(ref)
                            .map(CommitSha::new)
                            .or(() -> core.git.branch(settings().defaultBranch()));
            var sha = core.git.writer().commit(parent, change);
            return push(head, login, sha);
        });
    }

    /// Pushes a commit that is in the repository already, by force if need be.
    ///
    /// @param head a branch, or `owner:branch` for one of a fork
    public CommitSha push(String head, String login, CommitSha commit) {
        return core.change(() -> {
            accounts.person(login);
            refs.move(
                    List.of(
                            new GitRefChange(
                                    headRef(head), Optional.empty(), commit.value(), true)),
                    login);
            return commit;
        });
    }

    private String headRef(String head) {
        var colon = head.indexOf(':');
        return pulls.pullRefs()
                .headRef(
                        colon < 0 ? settings().owner() : head.substring(0, colon),
                        head.substring(colon + 1));
    }

    /// Now, by the clock of this world, to the second.
    public Instant now() {
        return core.now();
    }

    /// Tells `listener` of everything that happens from now on, in order, on a thread of its own.
    /// The listener may change the world.
    public void listen(Consumer<GitHubEvent> listener) {
        core.listen(listener);
    }

    /// Ends what runs in the background and closes the files. Everything is kept already.
    @Override
    public void close() {
        core.close();
    }
}
