package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The world a person meets first: a shop with three Workers on `codex.test`, release r41 live,
/// twelve open pull requests in every state a preview can be in, six things nobody needs any more.
public final class DefaultWorld {
    /// The zone of its hostnames.
    public static final String ZONE = "codex.test";

    /// Names of previews that somebody tries, a good one and a broken one: their computes are awake.
    public static final List<String> TRIED =
            List.of("codex-preview-482." + ZONE, "codex-preview-479." + ZONE);

    private static final String OWNER = "codex";
    private static final String NAME = "codex";

    private final GitHubWorld github;
    private final CloudflareWorld cloudflare;
    private final WorldClock clock;
    private final Scene scene;
    private final CiBuild build;
    private final Production production;
    private final CiPreviews previews;
    private final DefaultHistory history;
    private final Past past;

    private DefaultWorld(
            GitHubWorld github,
            NeonWorld neon,
            CloudflareWorld cloudflare,
            WorldClock clock,
            CiSchemas schemas,
            Scene scene) {
        this.github = github;
        this.cloudflare = cloudflare;
        this.clock = clock;
        this.scene = scene;
        build = new CiBuild(github.git(), schemas, scene.stack().migrations());
        production = new Production(neon, cloudflare, build, schemas, scene);
        previews = new CiPreviews(neon, cloudflare, build, scene, clock);
        history = new DefaultHistory(github, clock);
        past = new Past(github.actions());
    }

    /// What the world is about.
    ///
    /// @param id of the world
    /// @param project at Neon
    /// @param account at Cloudflare
    public static Scene scene(String id, NeonProject project, CloudflareAccount account) {
        var workers =
                List.of(
                        worker("apps/web", "web", "web-worker", "", "codex"),
                        worker("workers/auth", "auth", "auth-worker", "auth", "auth"),
                        worker(
                                "workers/stripe-webhook-handler",
                                "stripe-webhook-handler",
                                "stripe-webhook-handler",
                                "webhooks",
                                "webhooks"));
        return new Scene(
                id,
                NAME,
                OWNER,
                NAME,
                new StackFile(
                        OWNER + "/" + NAME,
                        "main",
                        workers.stream().map(CiWorker::names).toList(),
                        project.id(),
                        "production",
                        "codex",
                        "codex_owner",
                        account.id(),
                        ZONE,
                        DefaultFiles.MIGRATIONS,
                        Map.of(
                                "deploy-docs.yml",
                                "Deploys the documentation, which no Worker of this stack serves.",
                                "deploy-emergency.yml",
                                "Runs only when two people agree in the environment emergency.")),
                workers,
                Map.of(
                        "SESSION_KEY", "sandbox-session-key",
                        "STRIPE_WEBHOOK_SECRET", "whsec_sandbox"));
    }

    private static CiWorker worker(
            String folder, String name, String script, String label, String previewLabel) {
        var secrets = new ArrayList<>(List.of(Scene.DATABASE_URL));
        if (name.equals("auth")) {
            secrets.add("SESSION_KEY");
        }
        if (name.equals("stripe-webhook-handler")) {
            secrets.add("STRIPE_WEBHOOK_SECRET");
        }
        return new CiWorker(
                new StackFile.Worker(
                        name,
                        script + "-production",
                        label.isEmpty() ? ZONE : label + "." + ZONE,
                        script + "-preview-{pr}",
                        previewLabel + "-preview-{pr}." + ZONE,
                        secrets),
                folder,
                Map.of("ENVIRONMENT", "production"));
    }

    /// Makes all of it in empty worlds.
    ///
    /// @param crowd how many pull requests to open instead of its own; zero means its own
    /// @return what continuous integration does wrong from the beginning
    /// @throws SQLException when the database does not take it
    public static CiHabits make(
            GitHubWorld github,
            NeonWorld neon,
            CloudflareWorld cloudflare,
            WorldClock clock,
            CiSchemas schemas,
            Scene scene,
            int crowd)
            throws SQLException {
        var world = new DefaultWorld(github, neon, cloudflare, clock, schemas, scene);
        try {
            return world.tell(crowd);
        } finally {
            clock.run();
        }
    }

    private CiHabits tell(int crowd) throws SQLException {
        history.tell(scene.stack().yaml());
        releases();
        if (crowd > 0) {
            new Crowd(github, cloudflare, clock, scene, build, previews, past).come(history, crowd);
            return CiHabits.GOOD;
        }
        var habits = CiHabits.GOOD;
        for (var pull : DefaultPull.closed()) {
            habits = orphans(pull, habits);
        }
        clock.stand(Duration.ofDays(70));
        cloudflare
                .zone()
                .create(
                        DnsRecord.of(
                                "CNAME",
                                "codex-preview-old." + ZONE,
                                cloudflare.account().workersDev("web-worker-preview-old"),
                                true,
                                ""));
        for (var pull : DefaultPull.open()) {
            habits = open(pull, habits);
        }
        return habits;
    }

    /// Database and Workers at the last two releases; what was before is forgotten.
    private void releases() throws SQLException {
        var last = history.releases().reversed().stream().limit(2).toList().reversed();
        for (var release : last) {
            var folder = build.folder(release.commit());
            production.migrate(folder);
            production.learn(folder, List.of());
        }
        production.onDatabase(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(DefaultFiles.rows());
            }
        });
        for (var release : last) {
            clock.stand(release.ago());
            production.release(release.commit());
        }
        production.names();
    }

    private CiHabits orphans(DefaultPull pull, CiHabits habits) {
        var opened = opened(pull, history.releases().getFirst().commit());
        clock.stand(pull.created());
        var web = scene.workers().get(0);
        var auth = scene.workers().get(1);
        var webhooks = scene.workers().get(2);
        switch (pull.number()) {
            case 418 -> orphan(webhooks, pull.number());
            case 431 -> {
                previews.branch(pull.number(), Duration.ofDays(14));
                orphan(auth, pull.number());
                cloudflare
                        .zone()
                        .create(
                                DnsRecord.of(
                                        "CNAME",
                                        web.names().hostname(pull.number()),
                                        cloudflare
                                                .account()
                                                .workersDev(web.names().script(pull.number())),
                                        true,
                                        "preview of #431"));
            }
            default -> {
                clock.stand(Duration.ofHours(2));
                orphan(web, pull.number());
            }
        }
        clock.stand(pull.updated());
        github.pulls().close(pull.number(), pull.author());
        if (pull.number() != 440) {
            return habits;
        }
        var stuck = past.runs(CiActor.CLEANUP, opened, List.of(), List.of("cleanup"), List.of());
        return habits.losing(stuck.id());
    }

    private void orphan(CiWorker worker, int pull) {
        cloudflare
                .workers()
                .deploy(worker.names().script(pull), build.upload(worker, history.tip()));
    }

    private CiHabits open(DefaultPull draft, CiHabits habits) throws SQLException {
        var base =
                draft.state() == DefaultPull.State.EXPIRED
                        ? history.releases().get(1).commit()
                        : history.tip();
        var pull = opened(draft, base);
        clock.stand(draft.updated());
        var jobs = Past.preview(scene.workers());
        var checks = pull.headOwner().equals(OWNER) ? Past.CHECKS : Past.CHECKS.subList(0, 3);
        return switch (draft.state()) {
            case NONE, DRAFT -> {
                past.ran(CiActor.CHECKS, pull, checks, Set.of());
                yield habits;
            }
            case EXPIRED -> {
                past.ran(CiActor.CHECKS, pull, checks, Set.of());
                past.ran(CiActor.PREVIEW, pull, jobs, Set.of());
                yield habits;
            }
            case WHOLE, WITHOUT_AUTH, MIGRATION_FAILS -> {
                var fails = draft.state() == DefaultPull.State.MIGRATION_FAILS;
                past.ran(CiActor.CHECKS, pull, checks, Set.of());
                past.ran(CiActor.PREVIEW, pull, jobs, fails ? Set.of("database") : Set.of());
                preview(draft, pull, scene.workers());
                if (draft.state() == DefaultPull.State.WITHOUT_AUTH) {
                    cloudflare
                            .workers()
                            .delete(scene.workers().get(1).names().script(pull.number()));
                }
                yield habits;
            }
            case BUILDING -> {
                var running =
                        past.runs(
                                CiActor.CHECKS,
                                pull,
                                Past.CHECKS.subList(0, 3),
                                Past.CHECKS.subList(3, 4),
                                List.of());
                var previewing =
                        past.runs(
                                CiActor.PREVIEW,
                                pull,
                                jobs.subList(0, 2),
                                jobs.subList(2, 3),
                                jobs.subList(3, jobs.size()));
                preview(draft, pull, scene.workers().subList(0, 1));
                yield habits.losing(running.id()).losing(previewing.id());
            }
        };
    }

    private void preview(DefaultPull draft, GitHubPull pull, List<CiWorker> workers)
            throws SQLException {
        int number = pull.number();
        previews.branch(number, Duration.ofDays(7).minus(draft.created()));
        if (draft.migration().isPresent()) {
            var folder = build.folder(pull.headSha());
            production.learn(folder, folder.migrations().reversed().subList(0, 1));
            if (draft.state() != DefaultPull.State.MIGRATION_FAILS) {
                previews.migrate(number, pull.headSha());
            }
        }
        for (var worker : workers) {
            previews.worker(worker, number, pull.headSha());
        }
        previews.names(number);
    }

    private GitHubPull opened(DefaultPull draft, CommitSha base) {
        var content = draft.content(history);
        clock.stand(draft.created());
        var change = GitChange.of(draft.title(), history.person(draft.author()), clock.instant());
        for (var file : content.entrySet()) {
            change = change.with(file.getKey(), file.getValue());
        }
        if (content.isEmpty()) {
            change = change.with("docs/" + draft.number() + ".md", draft.title() + "\n");
        }
        var sha = github.git().writer().commit(Optional.of(base), change);
        github.push(draft.head(), draft.author(), sha);
        github.numberFrom(draft.number());
        var pull =
                github.pulls()
                        .open(
                                new GitHubPulls.Opening(
                                        draft.title(),
                                        "",
                                        draft.author(),
                                        draft.head(),
                                        "main",
                                        draft.state() == DefaultPull.State.DRAFT));
        clock.stand(draft.updated());
        return github.pulls().edit(pull.number(), pull.title(), pull.body(), List.of());
    }
}
