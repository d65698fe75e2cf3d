package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import dev.slipway.sandbox.world.CiRun.Job;
import dev.slipway.sandbox.world.GitHubRun.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Continuous integration of a sandbox: does for real what the workflows of a repository would do.
///
/// A push to the base branch uploads a version of each Worker, marked with its commit, and deploys
/// nothing. A pull request gets a Neon branch, migrated as drizzle-kit does, Workers and DNS names,
/// and loses them when it is closed. Drafts and forks get none.
public final class CiActor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CiActor.class);
    private static final String WORKFLOWS = ".github/workflows/";
    static final String CHECKS = WORKFLOWS + "ci.yml";
    static final String PREVIEW = WORKFLOWS + "preview.yml";
    static final String VERSIONS = WORKFLOWS + "versions.yml";
    static final String CLEANUP = WORKFLOWS + "cleanup.yml";

    private static final String BUILD_ERROR = "Error: Could not resolve \"./index\".";

    private final GitHubWorld github;
    private final CloudflareWorld cloudflare;
    private final CiBuild build;
    private final CiPreviews previews;
    private final Scene scene;
    private final Pace pace;
    private final AtomicReference<CiHabits> habits;
    private final Faults faults;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// @param habits what it does wrong at first
    /// @param faults what goes wrong beside that while it is switched on
    public CiActor(
            GitHubWorld github,
            CloudflareWorld cloudflare,
            CiBuild build,
            CiPreviews previews,
            Scene scene,
            Pace pace,
            CiHabits habits,
            Faults faults) {
        this.github = github;
        this.cloudflare = cloudflare;
        this.build = build;
        this.previews = previews;
        this.scene = scene;
        this.pace = pace;
        this.habits = new AtomicReference<>(habits);
        this.faults = faults;
    }

    private CiTrouble trouble() {
        return new CiTrouble(habits(), faults.ofBuilds());
    }

    /// What it does wrong by habit.
    public CiHabits habits() {
        return habits.get();
    }

    /// Changes what it does wrong, from the next job on.
    public void habits(CiHabits changed) {
        habits.set(changed);
    }

    /// Listens from now on, and carries out what an earlier end of the program interrupted.
    public void begin() {
        github.listen(this::heard);
        for (var run : github.actions().runs().reversed()) {
            if (run.status() != Status.COMPLETED && !habits().lost().contains(run.id())) {
                later(run);
            }
        }
    }

    private void heard(GitHubEvent event) {
        switch (event) {
            case GitHubEvent.Pushed pushed -> {
                if (pushed.branch().equals(scene.stack().branch())) {
                    start(CHECKS, "push", pushed.branch(), pushed.after(), pushed.actor());
                    start(VERSIONS, "push", pushed.branch(), pushed.after(), pushed.actor());
                }
            }
            case GitHubEvent.PullOpened opened -> build(opened.pull(), opened.actor());
            case GitHubEvent.PullReopened reopened -> build(reopened.pull(), reopened.actor());
            case GitHubEvent.PullSynchronized moved -> build(moved.pull(), moved.actor());
            case GitHubEvent.PullReady ready -> preview(ready.pull(), ready.actor());
            case GitHubEvent.PullClosed closed -> {
                cancel(closed.pull().headBranch(), closed.actor());
                if (!trouble().leaks() && ours(closed.pull())) {
                    start(
                            CLEANUP,
                            "pull_request",
                            closed.pull().headBranch(),
                            closed.pull().headSha(),
                            closed.actor());
                }
            }
            case GitHubEvent.WorkflowDispatched dispatched -> later(dispatched.run());
            case GitHubEvent.RunAgain again -> later(again.run());
            case GitHubEvent.RefMoved _, GitHubEvent.RunCancelled _ -> {}
        }
    }

    private void build(GitHubPull pull, String actor) {
        cancel(pull.headBranch(), actor);
        start(CHECKS, "pull_request", pull.headBranch(), pull.headSha(), actor);
        preview(pull, actor);
    }

    private void preview(GitHubPull pull, String actor) {
        if (!pull.draft() && ours(pull)) {
            start(PREVIEW, "pull_request", pull.headBranch(), pull.headSha(), actor);
        }
    }

    /// A newer push makes what runs for the older one pointless.
    private void cancel(String branch, String actor) {
        for (var run : github.actions().runs()) {
            if (run.branch().equals(branch)
                    && run.event().equals("pull_request")
                    && run.status() != Status.COMPLETED) {
                github.actions().cancel(run.id(), actor);
            }
        }
    }

    private void start(String path, String event, String branch, CommitSha sha, String actor) {
        var title = github.git().commit(sha).map(GitCommit::title).orElse(sha.brief());
        later(
                github.actions()
                        .start(new GitHubActions.Start(path, event, branch, sha, title, actor)));
    }

    private void later(GitHubRun run) {
        threads.execute(() -> {
            try {
                new CiRun(github.actions(), run).carryOut(stages(run));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.error("run {} of {} broke", run.id(), run.path(), e);
            }
        });
    }

    private List<List<Job>> stages(GitHubRun run) {
        return switch (run.path()) {
            case VERSIONS -> List.of(versions(run.sha()));
            case PREVIEW -> preview(run);
            case CLEANUP -> List.of(cleanup(run));
            default -> List.of(checks(run));
        };
    }

    private List<Job> checks(GitHubRun run) {
        var jobs =
                new ArrayList<>(
                        List.of(
                                CiRun.plain("lint", lasts(2)),
                                CiRun.plain("typecheck", lasts(3)),
                                CiRun.plain("unit tests", lasts(4))));
        if (pull(run).map(this::ours).orElse(true)) {
            jobs.add(
                    new Job(
                            "build",
                            lasts(3),
                            print -> {
                                var failed = trouble().failsAny();
                                print.accept(failed ? BUILD_ERROR : "Built.");
                                return !failed;
                            }));
        }
        return jobs;
    }

    private List<Job> versions(CommitSha commit) {
        return scene.workers().stream()
                .map(worker ->
                        new Job(
                                uploading(worker),
                                lasts(3),
                                print -> upload(worker, commit, print)))
                .toList();
    }

    /// The name of the job that uploads a version of `worker`.
    static String uploading(CiWorker worker) {
        return "upload " + worker.names().name();
    }

    private boolean upload(CiWorker worker, CommitSha commit, Consumer<String> print) {
        var name = worker.names().name();
        var trouble = trouble();
        if (trouble.fails(name)) {
            print.accept(BUILD_ERROR);
            return false;
        }
        if (trouble.loses(name)) {
            print.accept("Nothing changed in " + worker.folder() + ", skipped.");
            return true;
        }
        var script = worker.names().script();
        var upload = build.upload(worker, commit, trouble.weakness(name));
        var version = cloudflare.workers().upload(script, upload);
        print.accept("Uploaded " + script + ", version " + version.id());
        if (trouble.deploys()) {
            cloudflare.workers().deploy(script, version.id());
            print.accept("Deployed " + script + " to 100 %");
        }
        return true;
    }

    private List<List<Job>> preview(GitHubRun run) {
        var pull = pull(run);
        if (pull.isEmpty()) {
            return List.of();
        }
        int number = pull.get().number();
        var database =
                new Job(
                        "database",
                        lasts(2),
                        print -> {
                            previews.branch(number);
                            var outcome = previews.migrate(number, run.sha());
                            outcome.applied().forEach(name -> print.accept("applied " + name));
                            outcome.failure()
                                    .ifPresent(stop ->
                                            print.accept(
                                                    "Error in "
                                                            + stop.migration()
                                                            + ", statement "
                                                            + stop.statement()
                                                            + ": "
                                                            + stop.message()));
                            return outcome.failure().isEmpty();
                        });
        var workers =
                scene.workers().stream()
                        .map(worker ->
                                new Job(
                                        worker.names().name(),
                                        lasts(3),
                                        print -> {
                                            if (trouble().fails(worker.names().name())) {
                                                print.accept(BUILD_ERROR);
                                                return false;
                                            }
                                            var version =
                                                    previews.worker(worker, number, run.sha());
                                            print.accept("Deployed " + version.id());
                                            return true;
                                        }))
                        .toList();
        var names =
                new Job(
                        "dns",
                        lasts(1),
                        _ -> {
                            previews.names(number);
                            return true;
                        });
        return List.of(List.of(database), workers, List.of(names));
    }

    private List<Job> cleanup(GitHubRun run) {
        return List.of(
                new Job(
                        "cleanup",
                        lasts(2),
                        print -> {
                            // A pull request that was opened again meanwhile keeps its preview.
                            github.pulls().all().stream()
                                    .filter(p -> p.headBranch().equals(run.branch()) && !p.open())
                                    .forEach(p -> {
                                        previews.remove(p.number());
                                        print.accept("Removed preview " + p.number());
                                    });
                            return true;
                        }));
    }

    private Optional<GitHubPull> pull(GitHubRun run) {
        return run.event().equals("pull_request")
                ? github.pulls().open().stream()
                        .filter(p -> p.headBranch().equals(run.branch()))
                        .findFirst()
                : Optional.empty();
    }

    private boolean ours(GitHubPull pull) {
        return pull.headOwner().equals(scene.owner());
    }

    private Duration lasts(int seconds) {
        return pace.of(Duration.ofMillis((long) (seconds * 1000 * trouble().slowness())));
    }

    /// Stops at once; what runs is carried out anew the next time.
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
