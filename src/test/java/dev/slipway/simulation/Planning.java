package dev.slipway.simulation;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Observed;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.domain.World;
import dev.slipway.github.Checks;
import dev.slipway.github.PullRequest;
import dev.slipway.migration.Ledger;
import dev.slipway.migration.LedgerState;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.production.Fit;
import dev.slipway.production.LiveWorker;
import dev.slipway.production.ProductionState;
import dev.slipway.production.Schema;
import dev.slipway.release.PromotionPlanner;
import dev.slipway.release.Situation;
import dev.slipway.release.Situation.Reading;
import dev.slipway.release.Target;
import dev.slipway.stack.Freeze;
import dev.slipway.stack.HealthShape;
import dev.slipway.stack.Promotion;
import dev.slipway.stack.Stack;
import dev.slipway.stack.StackWorker;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the situation the planner decides from, as the survey of the product would find it, and lets
/// the product's planner plan. A gate that would be closed means that there is no plan.
final class Planning {
    private static final World WORLD =
            new World(
                    "simulation",
                    "simulation",
                    true,
                    URI.create("https://github.test"),
                    URI.create("https://neon.test"),
                    URI.create("https://cloudflare.test"),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    World.Transport.LIVE,
                    World.Bounds.LIVE);

    private final Run run;
    private final Stack stack;
    private int releases;

    Planning(Run run) {
        this.run = run;
        this.stack = stack(run.scenario());
    }

    World world() {
        return WORLD;
    }

    Optional<Plan> plan(String id, Operator operator) {
        return situation(operator)
                .map(s -> PromotionPlanner.plan(id, stack, WORLD, s))
                .map(plan -> run.scenario().abreast() ? sideBySide(plan) : plan);
    }

    /// The same plan, but that the Workers do not wait for each other.
    private static Plan sideBySide(Plan plan) {
        return Plan.of(
                plan.id(),
                plan.kind(),
                plan.target(),
                plan.world(),
                plan.created(),
                plan.pins(),
                plan.steps().stream()
                        .map(step -> movesTraffic(step) ? step.sideBySide() : step)
                        .toList());
    }

    private static boolean movesTraffic(PlanStep step) {
        return step.kind() == PlanStep.Kind.MUTATION
                && (step.group().equals("stage") || step.group().startsWith("traffic-"));
    }

    private Optional<Situation> situation(Operator operator) {
        var now = run.time().instant();
        var workers = new ArrayList<LiveWorker>();
        for (var worker : stack.workers()) {
            var live = run.cloudflare().live(worker.script());
            if (live.isEmpty()) {
                return Optional.empty();
            }
            workers.add(live(worker, live.get()));
        }
        var main = run.gitHub().ref(SimGitHub.MAIN).orElseThrow();
        Optional<PullRequest> pull = Optional.empty();
        var commit = new CommitSha(main);
        var tree = run.gitHub().commit(main).tree();
        if (run.scenario().pullRequest()) {
            var number = run.scenario().same() ? 1 : 1 + operator.index();
            var pr = run.gitHub().pull(number);
            if (pr.state() == PullRequest.State.OPEN) {
                var test = run.gitHub().commit(pr.mergeCommit().orElseThrow().value());
                if (!test.parents().equals(List.of(new CommitSha(main), pr.headSha()))) {
                    return Optional.empty();
                }
                pull = Optional.of(pr);
                commit = pr.headSha();
                tree = test.tree();
            }
        }
        var ledger = LedgerState.of(run.folder(tree), ledger());
        if (!ledger.clean()) {
            return Optional.empty();
        }
        return Optional.of(
                situation(now, operator, pull, commit, new CommitSha(main), tree, ledger, workers));
    }

    private Situation situation(
            Instant now,
            Operator operator,
            Optional<PullRequest> pull,
            CommitSha commit,
            CommitSha base,
            String tree,
            LedgerState ledger,
            List<LiveWorker> workers) {
        var production =
                new ProductionState(
                        now,
                        Optional.of("r0"),
                        Optional.empty(),
                        workers,
                        new Schema(Optional.of(ledger), Optional.empty(), now, Optional.of(tree)),
                        Optional.empty(),
                        List.of(),
                        Fit.YES,
                        Map.of());
        return new Situation(
                now,
                operator.name(),
                pull.<Target>map(p -> new Target.OfPullRequest(p.number()))
                        .orElseGet(() -> new Target.OfCommit(commit)),
                pull,
                commit,
                base,
                Optional.of(tree),
                true,
                pull.map(PullRequest::number).map(List::of).orElseGet(List::<PullRequestNumber>of),
                new Observed<>(Checks.unknown("not asked"), now),
                new Observed<>(List.of(), now),
                Reading.unknown("not asked", now),
                Reading.of(ledger, now),
                Reading.unknown("not asked", now),
                production,
                ++releases,
                List.of(),
                Reading.unknown("not asked", now),
                Reading.unknown("not asked", now),
                Reading.unknown("not asked", now),
                Reading.unknown("not asked", now),
                Reading.of(
                        new Situation.NeonFacts(
                                SimNeon.MAIN,
                                1,
                                Optional.empty(),
                                run.scenario().keepsBranch()
                                        ? Duration.ofHours(6)
                                        : Duration.ofDays(7)),
                        now),
                Reading.unknown("not asked", now),
                Situation.Conditions.unknown("not asked", now));
    }

    private Ledger ledger() {
        return new Ledger(
                Ledger.Shape.JOURNAL,
                run.production().committed().ledger.stream()
                        .map(r ->
                                new Ledger.Row(
                                        r.id(), r.hash(), Optional.of(r.when()), Optional.empty()))
                        .toList(),
                false);
    }

    private LiveWorker live(StackWorker worker, String version) {
        return new LiveWorker(
                worker.name(),
                worker.script(),
                LiveWorker.State.LIVE,
                Optional.empty(),
                Optional.empty(),
                List.of(
                        new LiveWorker.LiveVersion(
                                version, 100, Optional.empty(), Optional.empty())),
                Optional.empty());
    }

    private static Stack stack(Scenario scenario) {
        var workers =
                List.of("web", "auth").subList(0, scenario.workers()).stream()
                        .map(name ->
                                new StackWorker(
                                        name,
                                        name,
                                        name + ".codex.test",
                                        Optional.empty(),
                                        Optional.empty(),
                                        HealthShape.DEFAULT,
                                        List.of()))
                        .toList();
        return new Stack(
                "codex/shop",
                "main",
                "production",
                workers,
                new Stack.Database("project", "main", "db", "owner", Optional.empty()),
                new Stack.Cloudflare("a".repeat(32), "codex.test"),
                new Stack.Migrations("drizzle", "drizzle", "__drizzle_migrations"),
                new Promotion(
                        scenario.traffic(),
                        2,
                        0.01,
                        Duration.ofSeconds(2),
                        Optional.of(Duration.ofSeconds(30)),
                        Promotion.Merge.SQUASH,
                        Duration.ofDays(30),
                        false),
                scenario.dispatch()
                        ? new Stack.Versions.Workflow("deploy.yml")
                        : new Stack.Versions.Upload(),
                List.of(),
                new Stack.Policy(List.of(), 0, false),
                Freeze.NEVER,
                Stack.Restore.NONE);
    }
}
