package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import dev.slipway.sandbox.world.GitHubRun.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Environments, the names of secrets, and the record of what was deployed where.
public final class GitHubDeployments {
    private final GitHubCore core;
    private final GitHubRefs refs;
    private final GitHubChecks checks;
    private final GitHubAccounts accounts;
    private final Supplier<String> defaultBranch;
    private final GitHubTable<Environment> environments;
    private final GitHubTable<SecretName> secrets;
    private final GitHubTable<Deployment> deployments;
    private final GitHubTable<DeploymentStatus> statuses;

    /// A place to deploy to.
    ///
    /// @param waitMinutes minutes a job waits before it may use it
    /// @param reviewers logins of whom one has to agree
    /// @param preventSelfReview whether who started a run may not be the one who agrees
    public record Environment(
            long id,
            String name,
            int waitMinutes,
            List<String> reviewers,
            boolean preventSelfReview,
            Instant createdAt) {
        public Environment {
            reviewers = List.copyOf(reviewers);
        }
    }

    /// A secret, of which nobody can read more than the name.
    ///
    /// @param environment empty for one of the repository
    public record SecretName(
            long id,
            Optional<String> environment,
            String name,
            Instant createdAt,
            Instant updatedAt) {}

    /// That something was deployed.
    ///
    /// @param payload JSON text
    public record Deployment(
            long id,
            CommitSha sha,
            String ref,
            String task,
            String environment,
            String description,
            String payload,
            String creator,
            boolean passing,
            boolean production,
            Instant createdAt,
            Instant updatedAt) {}

    /// What became of a deployment.
    public record DeploymentStatus(
            long id,
            long deployment,
            State state,
            String creator,
            String description,
            String logUrl,
            String environmentUrl,
            String environment,
            Instant at) {}

    /// How a deployment is.
    public enum State {
        ERROR,
        FAILURE,
        INACTIVE,
        IN_PROGRESS,
        QUEUED,
        PENDING,
        SUCCESS
    }

    /// A deployment to be recorded.
    ///
    /// @param autoMerge whether the default branch is merged into `ref` first when it is ahead
    /// @param contexts names that must be green; empty means all there are
    /// @param passing whether the environment is gone some day
    public record Recording(
            String ref,
            String task,
            boolean autoMerge,
            Optional<List<String>> contexts,
            String payload,
            String environment,
            String description,
            boolean passing,
            boolean production,
            String creator) {}

    /// What came of it.
    public sealed interface Recorded {
        /// It is recorded.
        record Done(Deployment deployment) implements Recorded {}

        /// Nothing is recorded; the branch was brought up to date instead.
        record MergedFirst(String message) implements Recorded {}
    }

    GitHubDeployments(
            GitHubCore core,
            GitHubRefs refs,
            GitHubChecks checks,
            GitHubAccounts accounts,
            Supplier<String> defaultBranch) {
        this.core = core;
        this.refs = refs;
        this.checks = checks;
        this.accounts = accounts;
        this.defaultBranch = defaultBranch;
        this.environments = core.table("environment", Environment.class, Environment::id);
        this.secrets = core.table("secret", SecretName.class, SecretName::id);
        this.deployments = core.table("deployment", Deployment.class, Deployment::id);
        this.statuses =
                core.table("deployment-status", DeploymentStatus.class, DeploymentStatus::id);
    }

    // ---- environments and secrets

    /// Environments by age.
    public List<Environment> environments() {
        return environments.all();
    }

    /// The environment of this name.
    public Optional<Environment> environment(String name) {
        return environments.where(e -> e.name().equals(name)).stream().findFirst();
    }

    /// Makes or changes an environment whose reviewers may agree to runs of their own.
    public Environment environment(String name, int waitMinutes, List<String> reviewers) {
        return environment(name, waitMinutes, reviewers, false);
    }

    /// Makes or changes an environment.
    public Environment environment(
            String name, int waitMinutes, List<String> reviewers, boolean preventSelfReview) {
        return core.change(() -> {
            var old = environment(name);
            return environments.put(
                    new Environment(
                            old.map(Environment::id).orElseGet(core::nextId),
                            name,
                            waitMinutes,
                            reviewers,
                            preventSelfReview,
                            old.map(Environment::createdAt).orElseGet(core::now)));
        });
    }

    /// Notes that a secret was set.
    ///
    /// @param environment empty for one of the repository
    public SecretName secret(Optional<String> environment, String name) {
        return core.change(() -> {
            var old = secrets(environment).stream().filter(s -> s.name().equals(name)).findFirst();
            return secrets.put(
                    new SecretName(
                            old.map(SecretName::id).orElseGet(core::nextId),
                            environment,
                            name,
                            old.map(SecretName::createdAt).orElseGet(core::now),
                            core.now()));
        });
    }

    /// Notes that a secret was removed.
    public void removeSecret(Optional<String> environment, String name) {
        core.change(() -> {
            secrets(environment).stream()
                    .filter(s -> s.name().equals(name))
                    .forEach(s -> secrets.remove(s.id()));
            return name;
        });
    }

    /// The names of the secrets of an environment, or of the repository.
    public List<SecretName> secrets(Optional<String> environment) {
        return secrets.where(s -> s.environment().equals(environment));
    }

    // ---- deployments

    /// Deployments, newest first.
    public List<Deployment> deployments() {
        return deployments.all().reversed();
    }

    /// A deployment of this id.
    public Optional<Deployment> deployment(long id) {
        return deployments.get(id);
    }

    /// Records a deployment.
    ///
    /// @throws GitHubRefusal 422 without such a ref, 409 when the merge conflicts or a context is
    ///     not green
    public Recorded record(Recording wanted) {
        return core.change(() -> {
            var sha =
                    core.git
                            .resolve(wanted.ref())
                            .orElseThrow(() ->
                                    new GitHubRefusal(422, "No ref found for: " + wanted.ref()));
            if (wanted.autoMerge()) {
                var merged = bringUpToDate(wanted, sha);
                if (merged.isPresent()) {
                    return merged.get();
                }
            }
            mustBeGreen(wanted, sha);
            if (environment(wanted.environment()).isEmpty()) {
                environment(wanted.environment(), 0, List.of());
            }
            accounts.person(wanted.creator());
            var now = core.now();
            return new Recorded.Done(
                    deployments.put(
                            new Deployment(
                                    core.nextId(),
                                    sha,
                                    wanted.ref(),
                                    wanted.task(),
                                    wanted.environment(),
                                    wanted.description(),
                                    wanted.payload(),
                                    wanted.creator(),
                                    wanted.passing(),
                                    wanted.production(),
                                    now,
                                    now)));
        });
    }

    private Optional<Recorded> bringUpToDate(Recording wanted, CommitSha sha) {
        var branch = core.git.branch(wanted.ref());
        var base = core.git.branch(defaultBranch.get());
        if (branch.isEmpty() || base.isEmpty() || core.git.contains(sha, base.get())) {
            return Optional.empty();
        }
        var what = defaultBranch.get() + " into " + wanted.ref();
        var tree =
                core.merges
                        .tree(sha, base.get())
                        .orElseThrow(() -> new GitHubRefusal(409, "Conflict merging " + what));
        var person = accounts.person(wanted.creator()).person();
        var commit =
                core.git
                        .writer()
                        .commit(
                                tree,
                                List.of(sha, base.get()),
                                "Merge " + what,
                                person,
                                core.now(),
                                person,
                                core.now());
        refs.update("refs/heads/" + wanted.ref(), commit.value(), false, wanted.creator());
        return Optional.of(new Recorded.MergedFirst("Auto-merged " + what + " on deployment."));
    }

    private void mustBeGreen(Recording wanted, CommitSha sha) {
        var all =
                checks.rollup(sha).stream().anyMatch(s -> s != GitHubChecks.Rollup.SUCCESS)
                        && wanted.contexts().isEmpty();
        var named =
                wanted.contexts().orElse(List.of()).stream()
                        .anyMatch(name -> !checks.green(sha, name));
        if (all || named) {
            var running =
                    checks.latestChecks(sha).stream().anyMatch(c -> c.status() != Status.COMPLETED);
            throw new GitHubRefusal(
                    409,
                    "Conflict: Commit status checks "
                            + (running ? "are pending" : "failed")
                            + " for "
                            + wanted.ref()
                            + ".");
        }
    }

    /// Says what became of a deployment.
    ///
    /// @param autoInactive whether earlier successful ones of the environment become inactive
    public DeploymentStatus status(
            long deployment,
            State state,
            String creator,
            String description,
            String logUrl,
            String environmentUrl,
            boolean autoInactive) {
        return core.change(() -> {
            var of = deployments.get(deployment).orElseThrow(GitHubRefusal::notFound);
            var status =
                    statuses.put(
                            new DeploymentStatus(
                                    core.nextId(),
                                    deployment,
                                    state,
                                    creator,
                                    description,
                                    logUrl,
                                    environmentUrl,
                                    of.environment(),
                                    core.now()));
            if (state == State.SUCCESS && autoInactive) {
                for (var other :
                        deployments.where(d ->
                                d.environment().equals(of.environment())
                                        && d.id() < deployment
                                        && !d.passing()
                                        && !d.production()
                                        && latest(d.id()).equals(Optional.of(State.SUCCESS)))) {
                    status(other.id(), State.INACTIVE, creator, "", "", "", false);
                }
            }
            return status;
        });
    }

    /// What was said about a deployment, newest first.
    public List<DeploymentStatus> statuses(long deployment) {
        return statuses.where(s -> s.deployment() == deployment).reversed();
    }

    private Optional<State> latest(long deployment) {
        return statuses(deployment).stream().findFirst().map(DeploymentStatus::state);
    }

    /// Forgets a deployment.
    ///
    /// @throws GitHubRefusal 422 when it is active and not the only one
    public void delete(long id) {
        core.change(() -> {
            if (deployments.get(id).isEmpty()) {
                throw GitHubRefusal.notFound();
            }
            var active = !latest(id).equals(Optional.of(State.INACTIVE));
            if (active && deployments.all().size() > 1) {
                throw new GitHubRefusal(
                        422, "We cannot delete an active deployment unless it is the only one.");
            }
            statuses(id).forEach(s -> statuses.remove(s.id()));
            deployments.remove(id);
            return id;
        });
    }
}
