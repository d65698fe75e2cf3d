package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import dev.slipway.sandbox.world.GitHubRun.Conclusion;
import dev.slipway.sandbox.world.GitHubRun.Status;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Runs of continuous integration that were over before a world began.
final class Past {
    static final List<String> CHECKS = List.of("lint", "typecheck", "unit tests", "build");

    private final GitHubActions actions;

    Past(GitHubActions actions) {
        this.actions = actions;
    }

    /// The jobs of a preview of these Workers.
    static List<String> preview(List<CiWorker> workers) {
        var jobs = new LinkedHashSet<String>();
        jobs.add("database");
        workers.forEach(worker -> jobs.add(worker.names().name()));
        jobs.add("dns");
        return List.copyOf(jobs);
    }

    /// The jobs that upload versions of these Workers.
    static List<String> versions(List<CiWorker> workers) {
        return workers.stream().map(worker -> CiActor.uploading(worker)).toList();
    }

    /// A run for a pull request that is over.
    ///
    /// @param failed names of the jobs that failed
    GitHubRun ran(String path, GitHubPull pull, List<String> jobs, Set<String> failed) {
        return ran(actions.start(of(path, pull)), jobs, failed);
    }

    /// A run for a push that is over and went well.
    GitHubRun ran(String path, Pushed pushed, List<String> jobs) {
        return ran(
                actions.start(
                        new GitHubActions.Start(
                                path,
                                "push",
                                pushed.branch(),
                                pushed.head(),
                                pushed.title(),
                                pushed.author())),
                jobs,
                Set.of());
    }

    /// What somebody pushed.
    record Pushed(String branch, CommitSha head, String title, String author) {}

    private GitHubRun ran(GitHubRun run, List<String> jobs, Set<String> failed) {
        for (var job : jobs) {
            end(run, job, !failed.contains(job));
        }
        return actions.report(
                run.id(),
                Status.COMPLETED,
                Optional.of(failed.isEmpty() ? Conclusion.SUCCESS : Conclusion.FAILURE));
    }

    /// A run that is not over.
    ///
    /// @param done jobs that went well
    /// @param running jobs at work
    /// @param waiting jobs that have not begun
    GitHubRun runs(
            String path,
            GitHubPull pull,
            List<String> done,
            List<String> running,
            List<String> waiting) {
        var run = actions.start(of(path, pull));
        done.forEach(job -> end(run, job, true));
        for (var job : running) {
            actions.job(run.id(), job, Status.IN_PROGRESS, Optional.empty(), List.of());
        }
        for (var job : waiting) {
            actions.job(run.id(), job, Status.QUEUED, Optional.empty(), List.of());
        }
        return actions.report(run.id(), Status.IN_PROGRESS, Optional.empty());
    }

    private static GitHubActions.Start of(String path, GitHubPull pull) {
        return new GitHubActions.Start(
                path,
                "pull_request",
                pull.headBranch(),
                pull.headSha(),
                pull.title(),
                pull.author());
    }

    private void end(GitHubRun run, String job, boolean good) {
        actions.job(
                run.id(),
                job,
                Status.COMPLETED,
                Optional.of(good ? Conclusion.SUCCESS : Conclusion.FAILURE),
                List.of());
    }
}
