package dev.slipway.sandbox.world;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who let a run into a protected environment. Whoever plays CI asks; a reviewer of the environment
/// decides.
public final class GitHubApprovals {
    private final GitHubCore core;
    private final GitHubActions actions;
    private final GitHubDeployments deployments;
    private final GitHubTable<Approval> approvals;

    /// How a question stands.
    public enum State {
        WAITING,
        APPROVED,
        REJECTED
    }

    /// Whether a run may use an environment.
    ///
    /// @param by login of who decided; empty while it waits
    public record Approval(
            long id,
            long run,
            String environment,
            State state,
            Optional<String> by,
            String comment,
            Instant at) {}

    GitHubApprovals(GitHubCore core, GitHubActions actions, GitHubDeployments deployments) {
        this.core = core;
        this.actions = actions;
        this.deployments = deployments;
        this.approvals = core.table("approval", Approval.class, Approval::id);
    }

    /// Lets a run wait for a protected environment.
    ///
    /// @throws GitHubRefusal 404 without such a run or environment
    public Approval ask(long run, String environment) {
        return core.change(() -> {
            if (actions.run(run).isEmpty() || deployments.environment(environment).isEmpty()) {
                throw GitHubRefusal.notFound();
            }
            return approvals.put(
                    new Approval(
                            core.nextId(),
                            run,
                            environment,
                            State.WAITING,
                            Optional.empty(),
                            "",
                            core.now()));
        });
    }

    /// Decides what waits.
    ///
    /// @throws GitHubRefusal 422 when nothing waits, or `login` is no reviewer of the environment or
    ///     started the run where that is forbidden
    public Approval decide(
            long run, String environment, boolean approved, String login, String comment) {
        return core.change(() -> {
            var waiting =
                    waiting(run).stream()
                            .filter(a -> a.environment().equals(environment))
                            .findFirst()
                            .orElseThrow(() ->
                                    new GitHubRefusal(
                                            422, "No pending deployment requests to approve"));
            var may =
                    deployments
                            .environment(environment)
                            .map(e -> e.reviewers().contains(login))
                            .orElse(false);
            if (!may) {
                throw new GitHubRefusal(422, "You are not a required reviewer");
            }
            if (deployments.environment(environment).orElseThrow().preventSelfReview()
                    && actions.run(run).orElseThrow().actor().equals(login)) {
                throw new GitHubRefusal(422, "You cannot approve a deployment you started");
            }
            return approvals.put(
                    new Approval(
                            waiting.id(),
                            run,
                            environment,
                            approved ? State.APPROVED : State.REJECTED,
                            Optional.of(login),
                            comment,
                            core.now()));
        });
    }

    /// What a run waits for.
    public List<Approval> waiting(long run) {
        return approvals.where(a -> a.run() == run && a.state() == State.WAITING);
    }

    /// What was decided for a run, newest first.
    public List<Approval> decided(long run) {
        return approvals.where(a -> a.run() == run && a.state() != State.WAITING).reversed();
    }
}
