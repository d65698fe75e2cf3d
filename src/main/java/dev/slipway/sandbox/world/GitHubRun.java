package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One run of a workflow.
///
/// @param workflow id of the workflow
/// @param path its file, for example `.github/workflows/ci.yml`
/// @param name the workflow's name
/// @param title what people see
/// @param event `push`, `pull_request`, `workflow_dispatch`, …
/// @param number counts runs of the workflow from 1
/// @param attempt counts from 1
/// @param conclusion present exactly when completed
/// @param inputs of a dispatch
public record GitHubRun(
        long id,
        long workflow,
        String path,
        String name,
        String title,
        String event,
        String branch,
        CommitSha sha,
        int number,
        int attempt,
        Status status,
        Optional<Conclusion> conclusion,
        String actor,
        Instant createdAt,
        Instant startedAt,
        Instant updatedAt,
        Map<String, String> inputs) {

    /// How far a run, a job or a check is.
    public enum Status {
        REQUESTED,
        WAITING,
        PENDING,
        QUEUED,
        IN_PROGRESS,
        COMPLETED
    }

    /// How it ended.
    public enum Conclusion {
        SUCCESS,
        FAILURE,
        NEUTRAL,
        CANCELLED,
        SKIPPED,
        TIMED_OUT,
        ACTION_REQUIRED,
        STARTUP_FAILURE,
        STALE;

        /// Whether it does not stand in the way of a merge.
        public boolean passes() {
            return this == SUCCESS || this == NEUTRAL || this == SKIPPED;
        }
    }

    /// A job of a run; it is also a check run of the same id on the run's commit.
    public record Job(
            long id,
            long run,
            int attempt,
            String name,
            Status status,
            Optional<Conclusion> conclusion,
            Instant createdAt,
            Optional<Instant> startedAt,
            Optional<Instant> completedAt,
            List<Step> steps) {

        public Job {
            steps = List.copyOf(steps);
        }
    }

    /// A step of a job.
    public record Step(
            String name,
            int number,
            Status status,
            Optional<Conclusion> conclusion,
            Optional<Instant> startedAt,
            Optional<Instant> completedAt) {}

    public GitHubRun {
        inputs = Map.copyOf(inputs);
    }

    GitHubRun is(Status now, Optional<Conclusion> end, int nth, Instant at) {
        var started = nth == attempt && status != Status.QUEUED ? startedAt : at;
        return new GitHubRun(
                id, workflow, path, name, title, event, branch, sha, number, nth, now, end, actor,
                createdAt, started, at, inputs);
    }
}
