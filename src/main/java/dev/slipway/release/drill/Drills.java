package dev.slipway.release.drill;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.domain.RefusedException;
import dev.slipway.domain.World;
import dev.slipway.health.Prober;
import dev.slipway.operation.Action;
import dev.slipway.operation.Driver;
import dev.slipway.operation.Fence;
import dev.slipway.operation.Moment;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Plan;
import dev.slipway.operation.Rules;
import dev.slipway.operation.Together;
import dev.slipway.operation.journal.SqliteJournal;
import dev.slipway.production.ProductionReader;
import dev.slipway.production.ProductionReader.Wake;
import dev.slipway.production.ProductionState;
import dev.slipway.release.fit.Canaries;
import dev.slipway.release.fit.FitTrials;
import dev.slipway.release.step.Watch;
import dev.slipway.release.throwaway.RehearsalBranch;
import dev.slipway.release.throwaway.RehearsalBranches;
import dev.slipway.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Holds drills. They claim nothing and change nothing of production; what they make is written down
/// before it is asked for, and removed by the next start where this one did not come to it.
public final class Drills {
    /// Distance of two probes, as a rollback has it.
    private static final Duration OFTEN = Duration.ofSeconds(1);

    private final World world;
    private final Stack stack;
    private final Cloudflare cloudflare;
    private final Prober prober;
    private final ProductionReader production;
    private final RehearsalBranches branches;
    private final FitTrials trials;
    private final DrillShelf shelf;
    private final Moment.Source clock;
    private final RandomGenerator random;

    /// @param shelf where they are kept
    public Drills(
            World world,
            Stack stack,
            Cloudflare cloudflare,
            Prober prober,
            ProductionReader production,
            RehearsalBranches branches,
            FitTrials trials,
            DrillShelf shelf,
            Moment.Source clock,
            RandomGenerator random) {
        this.world = world;
        this.stack = stack;
        this.cloudflare = cloudflare;
        this.prober = prober;
        this.production = production;
        this.branches = branches;
        this.trials = trials;
        this.shelf = shelf;
        this.clock = clock;
        this.random = random;
    }

    /// Drills that were held, newest first.
    public List<Drill> held() {
        return shelf.all();
    }

    /// Whether going back was practised lately.
    public Practice practice() {
        return new Practice(shelf.last(), stack.promotion().drillEvery(), clock.now().wall());
    }

    /// Holds one and keeps it.
    ///
    /// @param say hears what is done
    /// @throws RefusedException when no Worker of the stack can be drilled; nothing stays
    /// @throws dev.slipway.domain.FailureException when there is no branch; nothing stays
    public Drill hold(Consumer<String> say) {
        try {
            var drill = held(say);
            shelf.put(drill);
            return drill;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException(
                    "The drill was interrupted. Production was not changed, and what was made for the"
                            + " drill is removed.");
        }
    }

    private Drill held(Consumer<String> say) throws InterruptedException {
        var at = clock.now().wall();
        var now = production.read(Wake.ALLOWED);
        var watch = new Stopwatch(clock);
        say.accept("Makes a throw-away branch of production.");
        Ran ran;
        try (var branch = branches.open(say)) {
            watch.part("branch", "Make a throw-away branch of production");
            ran = on(branch, now, watch, say);
        }
        watch.part("cleanup", "Remove what was thrown away");
        return drill(at, now, ran, watch);
    }

    /// What became of the operation.
    private record Ran(List<String> drilled, Map<String, String> leftOut, String reason) {}

    private Ran on(
            RehearsalBranch branch, ProductionState now, Stopwatch watch, Consumer<String> say)
            throws InterruptedException {
        say.accept("Puts today's code into throw-away Workers on it.");
        try (var canaries = trials.canaries(now, branch.connection())) {
            if (canaries.all().isEmpty()) {
                throw new RefusedException(
                        "No Worker can be drilled: "
                                + canaries.obstacles().entrySet().stream()
                                        .map(e -> e.getKey() + ": " + e.getValue())
                                        .collect(Collectors.joining("; "))
                                + ". Nothing was changed.");
            }
            var unwell = canaries.awaitWell();
            watch.part("canaries", "Put today's code into throw-away Workers");
            return new Ran(
                    canaries.all().stream().map(c -> c.worker().name()).toList(),
                    canaries.obstacles(),
                    unwell.isEmpty() ? carriedOut(canaries, watch, say) : String.join(" ", unwell));
        }
    }

    private String carriedOut(Canaries canaries, Stopwatch watch, Consumer<String> say) {
        say.accept("Deploys a further version and goes back from it.");
        var plan = new DrillPlan(stack, canaries, every());
        try (var journal = SqliteJournal.inMemory(world.id())) {
            var driver =
                    new Driver(
                            journal,
                            plan.works(
                                    cloudflare,
                                    new Watch(
                                            prober,
                                            () -> clock.now().wall(),
                                            every(),
                                            Together.atOnce())),
                            Rules.of(world.bounds()),
                            clock,
                            new Driver.Seat("drill", "drill"));
            var id = Plan.freshId(random);
            var end =
                    driver.start(
                                    plan.plan(id, world.id(), clock.now().wall()),
                                    Fence.NONE,
                                    "drill",
                                    "",
                                    List.of(watch))
                            .await();
            watch.operation(titles());
            return reason(end);
        }
    }

    private static Map<String, String> titles() {
        var titles = new LinkedHashMap<String, String>();
        titles.put(DrillPlan.DEPLOY, "Deploy a further version to every Worker");
        titles.put(DrillPlan.CHECK_DEPLOY, "See it well with all traffic");
        titles.put(DrillPlan.BACK, "Put every Worker back");
        titles.put(DrillPlan.CHECK_BACK, "See every Worker well on the version before");
        return titles;
    }

    private static String reason(Action.End end) {
        return end.state() == OperationState.SUCCEEDED
                ? ""
                : end.reason() + (end.step().isEmpty() ? "" : " (" + end.step() + ")");
    }

    private Drill drill(Instant at, ProductionState now, Ran ran, Stopwatch watch) {
        return new Drill(
                at,
                now.release().or(() -> now.commit().map(c -> c.brief())).orElse("what is live"),
                ran.drilled(),
                ran.leftOut(),
                watch.parts(),
                ran.reason().isEmpty()
                        ? watch.between(DrillPlan.BACK, DrillPlan.CHECK_BACK)
                        : Optional.empty(),
                ran.reason());
    }

    private Duration every() {
        var usual = world.bounds().probeInterval();
        return usual.compareTo(OFTEN) < 0 ? usual : OFTEN;
    }
}
