package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import dev.slipway.sandbox.world.GitHubRun.Conclusion;
import dev.slipway.sandbox.world.GitHubRun.Job;
import dev.slipway.sandbox.world.GitHubRun.Status;
import dev.slipway.sandbox.world.GitHubRun.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Workflows, their runs, jobs and logs. Runs nothing by itself: whoever plays CI listens for
/// events, starts runs and reports on their jobs here.
public final class GitHubActions {
    private final GitHubCore core;
    private final GitHubChecks checks;
    private final Path logs;
    private final Supplier<String> defaultBranch;
    private final GitHubTable<GitHubWorkflow> workflows;
    private final GitHubTable<GitHubRun> runs;
    private final GitHubTable<Job> jobs;

    /// A run to be started.
    ///
    /// @param path the workflow's file
    /// @param event why
    /// @param branch the head branch
    /// @param sha the head commit
    public record Start(
            String path, String event, String branch, CommitSha sha, String title, String actor) {}

    GitHubActions(GitHubCore core, GitHubChecks checks, Path logs, Supplier<String> defaultBranch) {
        this.core = core;
        this.checks = checks;
        this.logs = logs;
        this.defaultBranch = defaultBranch;
        this.workflows = core.table("workflow", GitHubWorkflow.class, GitHubWorkflow::id);
        this.runs = core.table("run", GitHubRun.class, GitHubRun::id);
        this.jobs = core.table("job", Job.class, Job::id);
    }

    // ---- workflows

    /// The workflows on the default branch, by path.
    public List<GitHubWorkflow> workflows() {
        return core.change(() -> {
            var tip = core.git.branch(defaultBranch.get());
            var found = new ArrayList<GitHubWorkflow>();
            tip.flatMap(t -> core.git.at(t, GitHubWorkflow.FOLDER))
                    .filter(e -> e.type().equals("tree"))
                    .map(e -> core.git.tree(e.sha(), false))
                    .orElse(List.of())
                    .forEach(e -> {
                        if (e.path().endsWith(".yml") || e.path().endsWith(".yaml")) {
                            found.add(
                                    known(
                                            GitHubWorkflow.FOLDER + "/" + e.path(),
                                            core.git.blob(e.sha()).orElseThrow()));
                        }
                    });
            return found;
        });
    }

    /// A workflow by id or by the name of its file, deleted ones by id only.
    public Optional<GitHubWorkflow> workflow(String idOrFile) {
        var present = workflows();
        return present.stream()
                .filter(w -> w.file().equals(idOrFile) || w.path().equals(idOrFile))
                .findFirst()
                .or(() ->
                        workflows.where(w -> String.valueOf(w.id()).equals(idOrFile)).stream()
                                .findFirst());
    }

    private GitHubWorkflow known(String path, byte[] file) {
        var name = GitHubWorkflow.Source.of(file).name().orElse(path);
        var old = workflows.where(w -> w.path().equals(path)).stream().findFirst();
        if (old.isPresent() && old.get().name().equals(name)) {
            return old.get();
        }
        return workflows.put(
                new GitHubWorkflow(
                        old.map(GitHubWorkflow::id).orElseGet(core::nextId),
                        path,
                        name,
                        old.map(GitHubWorkflow::createdAt).orElseGet(core::now)));
    }

    // ---- runs

    /// A run of this id.
    public Optional<GitHubRun> run(long id) {
        return runs.get(id);
    }

    /// Every run, newest first.
    public List<GitHubRun> runs() {
        return runs.all().reversed();
    }

    /// Makes a queued run.
    public GitHubRun start(Start start) {
        return start(start, Map.of());
    }

    private GitHubRun start(Start start, Map<String, String> inputs) {
        return core.change(() -> {
            var file = core.git.file(start.sha(), start.path()).orElse(new byte[0]);
            var workflow = known(start.path(), file);
            var now = core.now();
            var number = runs.where(r -> r.workflow() == workflow.id()).size() + 1;
            return runs.put(
                    new GitHubRun(
                            core.nextId(),
                            workflow.id(),
                            workflow.path(),
                            workflow.name(),
                            start.title(),
                            start.event(),
                            start.branch(),
                            start.sha(),
                            number,
                            1,
                            Status.QUEUED,
                            Optional.empty(),
                            start.actor(),
                            now,
                            now,
                            now,
                            inputs));
        });
    }

    /// Says how far a run is.
    ///
    /// @param end present exactly when it is completed
    public GitHubRun report(long id, Status status, Optional<Conclusion> end) {
        return core.change(() -> {
            var run = existing(id);
            return runs.put(run.is(status, end, run.attempt(), core.now()));
        });
    }

    /// Starts a workflow by hand. Listeners hear of it and carry it out.
    ///
    /// @throws GitHubRefusal 404 without such a workflow, 422 when it cannot be dispatched, the ref
    ///     is missing or the inputs do not fit
    public GitHubRun dispatch(
            String idOrFile, String ref, Map<String, String> inputs, String actor) {
        return core.change(() -> {
            var workflow = workflow(idOrFile).orElseThrow(GitHubRefusal::notFound);
            var sha =
                    core.git
                            .resolve(ref)
                            .orElseThrow(() -> new GitHubRefusal(422, "No ref found for: " + ref));
            var file = core.git.file(sha, workflow.path()).orElse(new byte[0]);
            var declared =
                    GitHubWorkflow.Source.of(file)
                            .dispatch()
                            .orElseThrow(() ->
                                    new GitHubRefusal(
                                            422,
                                            "Workflow does not have 'workflow_dispatch' trigger"));
            for (var given : inputs.keySet()) {
                if (!declared.containsKey(given)) {
                    throw new GitHubRefusal(422, "Unexpected inputs provided: [\"" + given + "\"]");
                }
            }
            declared.forEach((input, required) -> {
                if (required && !inputs.containsKey(input)) {
                    throw new GitHubRefusal(422, "Required input '" + input + "' not provided");
                }
            });
            var branch = ref.replaceFirst("^refs/(heads|tags)/", "");
            var run =
                    start(
                            new Start(
                                    workflow.path(),
                                    "workflow_dispatch",
                                    branch,
                                    sha,
                                    workflow.name(),
                                    actor),
                            inputs);
            core.emit(new GitHubEvent.WorkflowDispatched(run));
            return run;
        });
    }

    /// Queues a finished run once more. Listeners carry it out.
    ///
    /// @throws GitHubRefusal 403 while it runs
    public GitHubRun again(long id, boolean failedJobsOnly) {
        return core.change(() -> {
            var run = existing(id);
            if (run.status() != Status.COMPLETED) {
                throw new GitHubRefusal(
                        403, "This workflow run is not completed and cannot be rerun");
            }
            var next =
                    runs.put(
                            run.is(Status.QUEUED, Optional.empty(), run.attempt() + 1, core.now()));
            core.emit(new GitHubEvent.RunAgain(next, failedJobsOnly));
            return next;
        });
    }

    /// Cancels a run and its unfinished jobs.
    ///
    /// @throws GitHubRefusal 409 when it is finished
    public GitHubRun cancel(long id, String actor) {
        return core.change(() -> {
            var run = existing(id);
            if (run.status() == Status.COMPLETED) {
                throw new GitHubRefusal(409, "Cannot cancel a workflow run that is completed.");
            }
            var end = Optional.of(Conclusion.CANCELLED);
            for (var job : jobs(id)) {
                if (job.status() != Status.COMPLETED) {
                    job(id, job.name(), Status.COMPLETED, end, job.steps());
                }
            }
            var ended = report(id, Status.COMPLETED, end);
            core.emit(new GitHubEvent.RunCancelled(ended, actor));
            return ended;
        });
    }

    // ---- jobs

    /// Says how far a job of a run's current attempt is; the first word about a name makes the job.
    ///
    /// @param end present exactly when it is completed
    public Job job(
            long run, String name, Status status, Optional<Conclusion> end, List<Step> steps) {
        return core.change(() -> {
            var of = existing(run);
            var now = core.now();
            var old =
                    jobs
                            .where(j ->
                                    j.run() == run
                                            && j.attempt() == of.attempt()
                                            && j.name().equals(name))
                            .stream()
                            .findFirst();
            var begun = status == Status.IN_PROGRESS || status == Status.COMPLETED;
            var job =
                    jobs.put(
                            new Job(
                                    old.map(Job::id).orElseGet(core::nextId),
                                    run,
                                    of.attempt(),
                                    name,
                                    status,
                                    end,
                                    old.map(Job::createdAt).orElse(now),
                                    old.flatMap(Job::startedAt)
                                            .or(() -> begun ? Optional.of(now) : none()),
                                    end.map(_ -> now),
                                    steps));
            checks.put(
                    new GitHubChecks.Check(
                            job.id(),
                            of.sha(),
                            name,
                            GitHubChecks.ACTIONS,
                            status,
                            end,
                            job.startedAt(),
                            job.completedAt(),
                            "",
                            Optional.of(run)));
            return job;
        });
    }

    private static Optional<Instant> none() {
        return Optional.empty();
    }

    /// The jobs of a run's current attempt, in the order they were made.
    public List<Job> jobs(long run) {
        var attempt = run(run).map(GitHubRun::attempt).orElse(0);
        return jobs.where(j -> j.run() == run && j.attempt() == attempt);
    }

    /// A job of this id.
    public Optional<Job> job(long id) {
        return jobs.get(id);
    }

    /// Adds to what a job has printed.
    public void print(long job, String text) {
        core.change(() -> {
            try {
                Files.createDirectories(logs);
                Files.writeString(
                        logs.resolve(job + ".txt"),
                        text,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
                return job;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /// What a job has printed.
    public String printed(long job) {
        try {
            return Files.readString(logs.resolve(job + ".txt"));
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private GitHubRun existing(long id) {
        return runs.get(id).orElseThrow(GitHubRefusal::notFound);
    }
}
