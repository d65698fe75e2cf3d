package dev.slipway.sandbox.world;

import dev.slipway.sandbox.world.GitHubRun.Conclusion;
import dev.slipway.sandbox.world.GitHubRun.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out one run: its stages one after the other, the jobs of a stage at the same time. A
/// failed job fails the run and stops nothing else.
final class CiRun {
    private static final Logger LOG = LoggerFactory.getLogger(CiRun.class);
    private final GitHubActions actions;
    private final GitHubRun run;

    /// One job.
    ///
    /// @param lasts how long it takes beside its work
    record Job(String name, Duration lasts, Work work) {}

    /// What a job does.
    interface Work {
        /// Does it and prints to the job's log.
        ///
        /// @return whether it went well
        boolean done(Consumer<String> print) throws Exception;
    }

    CiRun(GitHubActions actions, GitHubRun run) {
        this.actions = actions;
        this.run = run;
    }

    /// A job that only takes its time.
    static Job plain(String name, Duration lasts) {
        return new Job(name, lasts, _ -> true);
    }

    void carryOut(List<List<Job>> stages) throws InterruptedException {
        actions.report(run.id(), Status.IN_PROGRESS, Optional.empty());
        for (var stage : stages) {
            for (var job : stage) {
                actions.job(run.id(), job.name(), Status.QUEUED, Optional.empty(), List.of());
            }
        }
        var good = true;
        for (var stage : stages) {
            good &= together(stage);
        }
        if (goesOn()) {
            actions.report(
                    run.id(),
                    Status.COMPLETED,
                    Optional.of(good ? Conclusion.SUCCESS : Conclusion.FAILURE));
        }
    }

    private boolean together(List<Job> jobs) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = jobs.stream().map(j -> threads.submit(() -> alone(j))).toList();
            var good = true;
            try {
                for (Future<Boolean> one : running) {
                    good &= one.get();
                }
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException("a job of run " + run.id() + " broke", e);
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            }
            return good;
        }
    }

    private boolean alone(Job job) throws InterruptedException {
        if (!goesOn()) {
            return false;
        }
        var id =
                actions.job(run.id(), job.name(), Status.IN_PROGRESS, Optional.empty(), List.of())
                        .id();
        Thread.sleep(job.lasts());
        if (!goesOn()) {
            return false;
        }
        var good = work(job, id);
        if (goesOn()) {
            actions.job(
                    run.id(),
                    job.name(),
                    Status.COMPLETED,
                    Optional.of(good ? Conclusion.SUCCESS : Conclusion.FAILURE),
                    List.of());
        }
        return good;
    }

    private boolean work(Job job, long id) throws InterruptedException {
        try {
            return job.work().done(line -> actions.print(id, line + "\n"));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.debug("job {} of run {} failed", job.name(), run.id(), e);
            actions.print(id, "Error: " + e.getMessage() + "\n");
            return false;
        }
    }

    /// False once somebody cancelled the run or started it anew.
    private boolean goesOn() {
        return actions.run(run.id())
                .filter(r -> r.attempt() == run.attempt() && r.status() != Status.COMPLETED)
                .isPresent();
    }
}
