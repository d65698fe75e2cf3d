package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import dev.slipway.sandbox.world.GitHubRun.Conclusion;
import dev.slipway.sandbox.world.GitHubRun.Status;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// What is said about commits: check runs by apps and commit statuses by anyone.
public final class GitHubChecks {
    /// The app that runs workflows.
    public static final String ACTIONS = "github-actions";

    private final GitHubCore core;
    private final GitHubTable<Check> checks;
    private final GitHubTable<CommitStatus> statuses;

    /// One check run.
    ///
    /// @param app slug of the app that made it
    /// @param run the workflow run whose job it is, when it is one
    public record Check(
            long id,
            CommitSha sha,
            String name,
            String app,
            Status status,
            Optional<Conclusion> conclusion,
            Optional<Instant> startedAt,
            Optional<Instant> completedAt,
            String summary,
            Optional<Long> run) {}

    /// One commit status; the newest of a context counts.
    public record CommitStatus(
            long id,
            CommitSha sha,
            String context,
            StatusState state,
            String description,
            String targetUrl,
            String creator,
            Instant at) {}

    /// What a commit status says.
    public enum StatusState {
        ERROR,
        FAILURE,
        PENDING,
        SUCCESS
    }

    /// All of it in one word.
    public enum Rollup {
        ERROR,
        EXPECTED,
        FAILURE,
        PENDING,
        SUCCESS
    }

    GitHubChecks(GitHubCore core) {
        this.core = core;
        this.checks = core.table("check", Check.class, Check::id);
        this.statuses = core.table("status", CommitStatus.class, CommitStatus::id);
    }

    /// Says something about `sha` in the name of an app: makes the check of this name, or changes
    /// the one there is.
    ///
    /// @param end present exactly when it is completed
    public Check set(
            CommitSha sha, String name, String app, Status status, Optional<Conclusion> end) {
        return core.change(() -> {
            var now = core.now();
            var old =
                    checks
                            .where(c ->
                                    c.sha().equals(sha)
                                            && c.name().equals(name)
                                            && c.app().equals(app)
                                            && c.run().isEmpty())
                            .stream()
                            .findFirst();
            var started = status == Status.QUEUED ? Optional.<Instant>empty() : Optional.of(now);
            return checks.put(
                    new Check(
                            old.map(Check::id).orElseGet(core::nextId),
                            sha,
                            name,
                            app,
                            status,
                            end,
                            old.flatMap(Check::startedAt).or(() -> started),
                            end.map(_ -> now),
                            "",
                            Optional.empty()));
        });
    }

    Check put(Check check) {
        return checks.put(check);
    }

    /// Says something about `sha` under a context.
    public CommitStatus status(
            CommitSha sha,
            String context,
            StatusState state,
            String description,
            String targetUrl,
            String creator) {
        return core.change(() ->
                statuses.put(
                        new CommitStatus(
                                core.nextId(),
                                sha,
                                context,
                                state,
                                description,
                                targetUrl,
                                creator,
                                core.now())));
    }

    /// A check by its id.
    public Optional<Check> check(long id) {
        return checks.get(id);
    }

    /// Every check of a commit, newest first.
    public List<Check> checks(CommitSha sha) {
        return checks.where(c -> c.sha().equals(sha)).reversed();
    }

    /// The newest check of each name and app, newest first.
    public List<Check> latestChecks(CommitSha sha) {
        var latest = new LinkedHashMap<String, Check>();
        checks(sha).forEach(c -> latest.putIfAbsent(c.app() + "/" + c.name(), c));
        return List.copyOf(latest.values());
    }

    /// Every status of a commit, newest first.
    public List<CommitStatus> statuses(CommitSha sha) {
        return statuses.where(s -> s.sha().equals(sha)).reversed();
    }

    /// The newest status of each context, by context.
    public List<CommitStatus> latestStatuses(CommitSha sha) {
        var latest = new LinkedHashMap<String, CommitStatus>();
        statuses(sha).forEach(s -> latest.putIfAbsent(s.context(), s));
        return latest.values().stream()
                .sorted(Comparator.comparing(CommitStatus::context))
                .toList();
    }

    /// All that is said about a commit in one word; empty when nothing is.
    public Optional<Rollup> rollup(CommitSha sha) {
        return rollup(latestChecks(sha), latestStatuses(sha));
    }

    private static Optional<Rollup> rollup(
            Collection<Check> checks, Collection<CommitStatus> statuses) {
        if (checks.isEmpty() && statuses.isEmpty()) {
            return Optional.empty();
        }
        var failed =
                checks.stream().anyMatch(c -> c.conclusion().map(e -> !e.passes()).orElse(false))
                        || statuses.stream().anyMatch(s -> s.state() == StatusState.FAILURE);
        if (failed) {
            return Optional.of(Rollup.FAILURE);
        }
        if (statuses.stream().anyMatch(s -> s.state() == StatusState.ERROR)) {
            return Optional.of(Rollup.ERROR);
        }
        var running =
                checks.stream().anyMatch(c -> c.status() != Status.COMPLETED)
                        || statuses.stream().anyMatch(s -> s.state() == StatusState.PENDING);
        return Optional.of(running ? Rollup.PENDING : Rollup.SUCCESS);
    }

    /// Whether the newest check or status of this name is green.
    boolean green(CommitSha sha, String name) {
        var byName = latestChecks(sha).stream().filter(c -> c.name().equals(name)).toList();
        var byContext = latestStatuses(sha).stream().filter(s -> s.context().equals(name)).toList();
        return rollup(byName, byContext).equals(Optional.of(Rollup.SUCCESS));
    }
}
