package dev.slipway.simulation;

import dev.slipway.domain.FailureException;
import dev.slipway.http.Wire;
import dev.slipway.operation.Action;
import dev.slipway.operation.Braid;
import dev.slipway.operation.Event;
import dev.slipway.operation.Execution;
import dev.slipway.operation.Fence;
import dev.slipway.operation.JournalException;
import dev.slipway.operation.Moment;
import dev.slipway.operation.OperationState;
import dev.slipway.operation.Plan;
import dev.slipway.operation.Sittings;
import dev.slipway.operation.Turn;
import dev.slipway.operation.lock.GitHubRefChain;
import dev.slipway.operation.lock.LockKeeper;
import dev.slipway.operation.lock.ProductionLock;
import dev.slipway.operation.lock.Takeover;
import dev.slipway.simulation.Fault.Place;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// A release manager with a machine, on which the product's engine, planner and steps run. The person
/// decides, the program works, the machine dies and sleeps.
final class Operator {
    private static final int MOST_DECISIONS = 10;

    private final Braid braid = new Braid();
    private final Run run;
    private final int index;
    private final SplittableRandom person;
    private final Line line;
    private final GitHubRefChain chain;
    private final ProductionLock lock;
    private final Supplier<Execution.Ports> ports;
    private final Colleague colleague;
    private SimJournal journal;
    private Optional<Execution> execution = Optional.empty();
    private Optional<LockKeeper> keeper = Optional.empty();
    private Optional<Plan> plan = Optional.empty();
    private Optional<OperationState> state = Optional.empty();
    private boolean alive;
    private boolean busy;
    private boolean done;
    private int life;
    private int boots = 1;
    private int decisions;
    private int plansMade;
    private long asleep;
    private long wakesAt;
    private Duration skew = Duration.ZERO;

    Operator(Run run, int index, long seed) {
        this.run = run;
        this.index = index;
        this.person = new SplittableRandom(seed * 31 + index);
        this.line = new Line(run, this);
        this.journal = new SimJournal(run, this, run.scenario().sqlite());
        this.chain = new GitHubRefChain(run.gitHub().over(line), "production");
        this.lock =
                new ProductionLock(
                        chain,
                        "production",
                        () -> new ProductionLock.Person(name(), name(), "simulation"),
                        run.bounds().lease(),
                        () -> "",
                        run.time()::instant);
        var works = run.works(line, lock);
        this.colleague = new Colleague(run, this, lock, works, this::journal);
        this.ports =
                () ->
                        new Execution.Ports(
                                journal,
                                works,
                                fence(),
                                run.rules(),
                                this::now,
                                braid,
                                h -> heard(h));
    }

    int index() {
        return index;
    }

    /// How what this one does at once overlaps.
    Braid braid() {
        return braid;
    }

    String name() {
        return index == 0 ? "ana" : "ben";
    }

    boolean alive() {
        return alive;
    }

    boolean done() {
        return done;
    }

    /// Whether what is written into the journal happened elsewhere.
    boolean copying() {
        return colleague.copying();
    }

    Optional<Plan> plan() {
        return plan;
    }

    Optional<OperationState> state() {
        return state;
    }

    SimJournal journal() {
        return journal;
    }

    Optional<Execution> execution() {
        return execution;
    }

    /// The clocks of the machine: the monotonic one stands still while it sleeps.
    Moment now() {
        return new Moment(
                run.time().instant().plus(skew), run.time().now() - asleep, name() + boots);
    }

    private Fence fence() {
        return run.safety().lockCheck() ? keeper.orElseThrow() : Fence.NONE;
    }

    private void heard(dev.slipway.operation.Happening happening) {
        keeper.ifPresent(k -> k.happened(happening));
    }

    // the machine

    /// Ends what a dead program would still do.
    void mustLive() {
        if (!alive) {
            throw new PowerCut();
        }
    }

    /// The program is gone, with all it had in memory.
    PowerCut die() {
        run.trace(index, "dies");
        alive = false;
        life++;
        execution = Optional.empty();
        keeper = Optional.empty();
        run.gone(this);
        if (person.nextInt(3) == 0) {
            boots++;
        }
        if (person.nextInt(40) == 0 && !run.fate().calm()) {
            // A new disk: everything the machine knew is lost.
            journal = new SimJournal(run, this, false);
            plan.ifPresent(p -> run.audit().forgotten(p));
            plan = Optional.empty();
        }
        if (gone()) {
            run.trace(index, "is gone for good");
            done = true;
        }
        return new PowerCut();
    }

    private boolean gone() {
        return index == 0
                && switch (run.scenario().absence()) {
                    case NONE -> false;
                    case SOMETIMES -> person.nextBoolean() && !run.fate().calm();
                    case FOR_GOOD -> true;
                };
    }

    /// The machine sleeps in the middle of something.
    void sleeps(Duration time) {
        asleep += time.toNanos();
        wakesAt = Math.max(wakesAt, run.time().now() + time.toNanos());
        run.time().pass(time);
    }

    private Duration later() {
        return switch (person.nextInt(4)) {
            case 0 -> Duration.ofMillis(person.nextInt(100, 3_000));
            case 1 -> Duration.ofMinutes(person.nextInt(5, 60));
            default -> Duration.ofSeconds(person.nextInt(3, 240));
        };
    }

    // the person

    /// The person comes to the machine and does what is to be done.
    void comes() {
        if (done || alive) {
            return;
        }
        if (run.fate().calm()) {
            decisions = Math.max(decisions, MOST_DECISIONS / 2);
        }
        if (decisions++ > MOST_DECISIONS) {
            giveUp();
            return;
        }
        alive = true;
        life++;
        busy = true;
        try {
            if (plan.isPresent() && journal.plan(plan.get().id()).isPresent()) {
                resume();
            } else if (looksAfter()) {
                looks();
            } else {
                start();
            }
        } catch (PowerCut | JournalException e) {
            interrupted();
        } finally {
            busy = false;
        }
    }

    private void giveUp() {
        done = true;
        run.trace(index, "gives up");
    }

    private void interrupted() {
        alive = false;
        execution = Optional.empty();
        run.gone(this);
        run.time().in(later(), this::comes);
    }

    private void start() {
        if (plansMade > 2) {
            giveUp();
            return;
        }
        var id = run.planId();
        try {
            if (run.lockHolder().isPresent() && !takesOver(id)) {
                leaves(later());
                return;
            }
        } catch (FailureException e) {
            leaves(later());
            return;
        }
        plan = run.plan(id, this);
        if (plan.isEmpty()) {
            giveUp();
            alive = false;
            return;
        }
        plansMade++;
        var made = plan.get();
        run.trace(index, "plans " + made.target());
        keeper = Optional.of(LockKeeper.ofNew(lock, made, run.bounds(), this::now));
        execution = Optional.of(Sittings.begin(ports.get(), made, name()));
        works();
    }

    private boolean looksAfter() {
        return run.scenario().lookedAfter() && (index > 0 || run.lockHolder().isPresent());
    }

    /// Looks after production: what somebody who is gone has begun is gone on with here.
    private void looks() {
        // Looking decides nothing.
        decisions--;
        try {
            switch (colleague.looks()) {
                case Colleague.Found.Ours(var adopted) -> {
                    plan = Optional.of(adopted);
                    run.audit().adopted(this, adopted);
                    resume();
                }
                case Colleague.Found.Free() when index > 0 && run.alone(this) -> {
                    done = true;
                    alive = false;
                }
                case Colleague.Found.Otherwise() -> {
                    journal.close();
                    journal = new SimJournal(run, this, false);
                    leaves(aWhile());
                }
                default -> leaves(aWhile());
            }
        } catch (FailureException e) {
            leaves(aWhile());
        }
    }

    private Duration aWhile() {
        return Duration.ofMinutes(person.nextInt(4, 20));
    }

    /// Takes the lock of somebody who has not renewed it for too long, then waits until nothing of his
    /// can take effect any more.
    private boolean takesOver(String id) {
        if (person.nextInt(3) == 0) {
            return false;
        }
        var taken =
                Wire.during(
                        Wire.Listener.NONE,
                        () ->
                                Takeover.take(
                                        chain,
                                        id,
                                        name(),
                                        run.bounds().lease(),
                                        run.time().instant()));
        if (taken.isEmpty()) {
            return false;
        }
        run.trace(index, "takes over as " + taken.get());
        run.time().pass(run.reconcileTime());
        return true;
    }

    private void leaves(Duration time) {
        alive = false;
        run.time().in(time, this::comes);
    }

    private void resume() {
        var made = plan.orElseThrow();
        var ended = Sittings.state(made, journal.entries(made.id())).end();
        if (ended.isPresent() && !ended.get().state().resumable()) {
            alive = false;
            over(ended.get());
            return;
        }
        var back = decisions > 5 && person.nextInt(3) == 0 || person.nextInt(12) == 0;
        var decision = back ? Event.Decision.ROLL_BACK : Event.Decision.CONTINUE;
        if (run.scenario().lookedAfter() && decisions > 3 && person.nextInt(3) == 0) {
            decision = Event.Decision.LEAVE;
        }
        run.trace(index, "resumes " + decision);
        keeper =
                Optional.of(
                        new LockKeeper(
                                lock, made, journal.entries(made.id()), run.bounds(), this::now));
        execution = Optional.of(Sittings.resume(ports.get(), made, decision, name()));
        works();
    }

    private void over(Action.End end) {
        run.trace(index, "ends " + end.state());
        state = Optional.of(end.state());
        execution = Optional.empty();
        alive = false;
        life++;
        run.audit().ended(this, plan.orElseThrow(), end);
        if (index > 0 && run.scenario().lookedAfter() && !end.state().resumable()) {
            // There may be more to look after.
            plan = Optional.empty();
            run.time().in(aWhile(), this::comes);
            return;
        }
        switch (end.state()) {
            case SUCCEEDED, ROLLED_BACK -> done = true;
            case STOPPED_SAFE -> {
                if (person.nextInt(2) == 0 && !run.fate().calm()) {
                    plan = Optional.empty();
                    run.time().in(later(), this::comes);
                } else {
                    done = true;
                }
            }
            default -> run.time().in(later(), this::comes);
        }
    }

    // the program

    private void works() {
        var now = life;
        run.time().in(Duration.ofMillis(1), () -> turn(now));
        run.time().in(run.bounds().renew(), () -> beat(now));
    }

    private void turn(int of) {
        if (of != life || !alive) {
            return;
        }
        if (run.time().now() < wakesAt) {
            run.time().in(Duration.ofNanos(wakesAt - run.time().now()), () -> turn(of));
            return;
        }
        var fault = run.fate().at(index, Place.TURN, "turn");
        switch (fault.kind()) {
            case SUSPEND -> {
                asleep += fault.time().toNanos();
                wakesAt = run.time().now() + fault.time().toNanos();
                run.time().in(fault.time(), () -> turn(of));
                return;
            }
            case CLOCK_JUMP -> skew = skew.plus(fault.time());
            default -> {}
        }
        busy = true;
        try {
            switch (execution.orElseThrow().take()) {
                case Turn.Again() -> run.time().in(Duration.ofMillis(1), () -> turn(of));
                case Turn.Later(var time) -> run.time().in(time, () -> turn(of));
                case Turn.Over(var end) -> over(end);
            }
        } catch (PowerCut e) {
            run.time().in(later(), this::comes);
        } catch (JournalException e) {
            interrupted();
        } catch (RuntimeException e) {
            run.audit().violated("a defect of the program: " + e, e);
            giveUp();
        } finally {
            busy = false;
            run.audit().tick();
        }
    }

    private void beat(int of) {
        if (of != life || !alive || execution.isEmpty()) {
            return;
        }
        if (busy || run.time().now() < wakesAt) {
            var asleepFor = Duration.ofNanos(Math.max(0, wakesAt - run.time().now()));
            run.time().in(asleepFor.plusSeconds(1), () -> beat(of));
            return;
        }
        busy = true;
        try {
            var running = execution.get();
            keeper.orElseThrow()
                    .beat((by, reason) ->
                            running.ask(new Event.Requested(Event.Request.PAUSE, by, reason)));
            run.time().in(run.bounds().renew(), () -> beat(of));
        } catch (PowerCut e) {
            run.time().in(later(), this::comes);
        } finally {
            busy = false;
        }
    }
}
