package dev.slipway.release;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.domain.RefusedException;
import dev.slipway.domain.World;
import dev.slipway.github.GitHub;
import dev.slipway.log.Log;
import dev.slipway.migration.Ledger;
import dev.slipway.operation.Driver;
import dev.slipway.operation.Event;
import dev.slipway.operation.Fence;
import dev.slipway.operation.Happening;
import dev.slipway.operation.Moment;
import dev.slipway.operation.Operation;
import dev.slipway.operation.Permit;
import dev.slipway.operation.Plan;
import dev.slipway.operation.lock.LockKeeper;
import dev.slipway.operation.lock.ProductionLock;
import dev.slipway.stack.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Promotions from proposal to end. The window and the command line both come here; nothing below it
/// starts an operation without a [Permit].
public final class Promotions {
    private final World world;
    private final Stack stack;
    private final Survey survey;
    private final Rehearsals rehearsals;
    private final WriterSeat seat;
    private final ProductionLock lock;
    private final Moment.Source clock;
    private final RandomGenerator random;
    private final Log log;
    private final Around around;
    private final Map<String, Operation> running = new ConcurrentHashMap<>();

    /// What is watched while an operation runs: what others do without the lock.
    ///
    /// @param ledger reads the ledger of a Neon branch
    public record Around(Cloudflare cloudflare, GitHub gitHub, Function<String, Ledger> ledger) {
        Bystanders of(Plan plan, boolean begins) {
            return new Bystanders(plan, cloudflare, gitHub, ledger, begins);
        }
    }

    /// @param seat taken while an operation runs
    /// @param log hears what operations do
    public Promotions(
            World world,
            Stack stack,
            Survey survey,
            Rehearsals rehearsals,
            WriterSeat seat,
            ProductionLock lock,
            Moment.Source clock,
            RandomGenerator random,
            Log log,
            Around around) {
        this.around = around;
        this.world = world;
        this.stack = stack;
        this.survey = survey;
        this.rehearsals = rehearsals;
        this.seat = seat;
        this.lock = lock;
        this.clock = clock;
        this.random = random;
        this.log = log;
    }

    /// Observes and plans. Changes nothing. A rehearsal that was done and is still true counts; where
    /// there is none the gate `verdict` is unknown.
    public Proposal propose(Target target) {
        return proposal(survey.of(target));
    }

    /// The same, and rehearses when something is pending and no rehearsal is still true. That touches a
    /// throw-away branch; production is only read.
    public Proposal propose(Target target, RehearsalListener listener) {
        return proposal(rehearsals.complete(survey.of(target), listener));
    }

    /// The same proposal after a rehearsal that is made now, whatever was rehearsed before. Nothing else
    /// is read again.
    public Proposal rehearse(Proposal proposal, RehearsalListener listener) {
        return proposal(rehearsals.anew(proposal.situation(), listener));
    }

    private Proposal proposal(Situation situation) {
        var plan = PromotionPlanner.plan(Plan.freshId(random), stack, world, situation);
        return new Proposal(situation, plan, Gates.of(stack, world.bounds(), situation));
    }

    /// The same proposal with a gate overruled. Where the base branch has a stack file, that one
    /// says what may be: a file in use that differs must not be able to allow itself.
    ///
    /// @throws RefusedException when the stack's policy does not allow it, or without a reason
    public Proposal waive(Proposal proposal, String gate, String reason) {
        var base = proposal.situation().conditions().baseStack().value().flatMap(b -> b);
        if (!base.orElse(stack).policy().waivable().contains(gate)) {
            throw new RefusedException(
                    "The gate "
                            + gate
                            + " cannot be waived: policy.waivable of slipway.yaml"
                            + base.map(_ -> " on " + stack.branch()).orElse("")
                            + " does not list it.");
        }
        if (reason.isBlank()) {
            throw new RefusedException("Waiving a gate needs a reason, which is kept for ever.");
        }
        return new Proposal(
                proposal.situation(),
                proposal.plan(),
                proposal.gates().stream()
                        .map(g -> g.id().equals(gate) ? g.waived(reason.strip()) : g)
                        .toList());
    }

    /// Starts what was proposed.
    ///
    /// @param phrase what the person typed, see [Planned#phrase]
    /// @throws RefusedException when a gate is closed, the phrase differs or the permit has ended;
    ///     nothing was changed
    public Operation start(
            Planned proposal, String phrase, Permit permit, List<Happening.Listener> listeners) {
        permit.require(clock.now().wall());
        if (!proposal.open()) {
            throw new RefusedException(proposal.refusals());
        }
        refuseFreezeMeanwhile(proposal);
        if (!proposal.confirms(phrase)) {
            throw new RefusedException(
                    "The phrase to confirm this plan is \""
                            + proposal.phrase()
                            + "\", not \""
                            + phrase
                            + "\". Nothing was changed.");
        }
        return run(
                proposal.plan(),
                _ -> LockKeeper.ofNew(lock, proposal.plan(), world.bounds(), clock),
                around.of(proposal.plan(), true),
                listeners,
                (driver, fence, all) ->
                        driver.start(
                                proposal.plan(),
                                fence,
                                permit.by(),
                                proposal.kept(permit.reason()),
                                all));
    }

    /// A proposal may be looked at for long; a window that began meanwhile counts. What does not ask for
    /// one may run in it: going back is what a freeze must not stop.
    private void refuseFreezeMeanwhile(Planned proposal) {
        if (proposal.gate(WriterGates.FREEZE.id()).isEmpty()) {
            return;
        }
        var now =
                WriterGates.FREEZE.answer(
                        WriterGates.freeze(stack, clock.now().wall()), clock.now().wall());
        var waived =
                proposal.gates().stream()
                        .anyMatch(g -> g.id().equals(now.id()) && g.state() == Gate.State.WAIVED);
        if (!now.open() && !waived) {
            throw new RefusedException(now.evidence() + " Nothing was changed.");
        }
    }

    /// Goes on with an operation that was paused or interrupted.
    public Operation resume(
            Plan plan, Event.Decision decision, Permit permit, List<Happening.Listener> listeners) {
        permit.require(clock.now().wall());
        return run(
                plan,
                driver ->
                        new LockKeeper(
                                lock, plan, driver.entries(plan.id()), world.bounds(), clock),
                around.of(plan, false),
                listeners,
                (driver, fence, all) ->
                        driver.resume(
                                plan.id(), fence, decision, permit.by(), permit.reason(), all));
    }

    /// The operation of this id, while this process works on it.
    public Optional<Operation> running(String id) {
        return Optional.ofNullable(running.get(id)).filter(operation -> !operation.over());
    }

    /// Asks a running operation to go back after the call in flight.
    ///
    /// @throws RefusedException when the permit has ended or this process does not work on it
    public void rollBack(String id, Permit permit) {
        permit.require(clock.now().wall());
        running(id)
                .orElseThrow(() ->
                        new RefusedException(
                                "The operation "
                                        + id
                                        + " does not run here. Nothing was asked or changed."))
                .rollBack(permit.by(), permit.reason());
    }

    @FunctionalInterface
    private interface Start {
        Operation with(Driver driver, Fence fence, List<Happening.Listener> listeners);
    }

    private Operation run(
            Plan plan,
            Function<Driver, LockKeeper> keeping,
            Bystanders bystanders,
            List<Happening.Listener> listeners,
            Start start) {
        var held = seat.take();
        try {
            var driver = held.driver();
            var keeper = keeping.apply(driver);
            var all = new ArrayList<Happening.Listener>(listeners);
            all.add(keeper);
            all.add(new OperationLog(log, () -> clock.now().wall(), plan.id()));
            var operation = start.with(driver, Bystanders.all(List.of(bystanders, keeper)), all);
            operation.whenOver(held::close);
            running.put(plan.id(), operation);
            keeper.watch(operation);
            bystanders.watch(operation, world.bounds().renew().dividedBy(2));
            return operation;
        } catch (RuntimeException e) {
            held.close();
            throw e;
        }
    }
}
