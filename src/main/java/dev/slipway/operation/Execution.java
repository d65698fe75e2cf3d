package dev.slipway.operation;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.http.Wire;
import dev.slipway.operation.Event.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/// One sitting of one operation: carries out the engine's actions one by one in the calling thread, and
/// several at once as its [Together] does. It has no thread and never sleeps, so that a driver and a
/// simulation can both own the time.
///
/// Confined to one thread, except [#ask].
public final class Execution {
    private static final Turn AGAIN = new Turn.Again();

    /// A difference of the clocks that only sleep makes.
    private static final Duration SLEEP = Duration.ofSeconds(5);

    private final Ports ports;
    private final Plan plan;
    private final RunState run;
    private final ConcurrentLinkedQueue<Event.Requested> requests = new ConcurrentLinkedQueue<>();
    private final Map<String, Map<String, String>> notes = new HashMap<>();
    private final Set<String> started = new HashSet<>();

    /// What is carried out at once writes one after the other.
    private final ReentrantLock writing = new ReentrantLock();

    private List<Seen> seen = List.of();
    private Optional<Moment> last = Optional.empty();

    /// What an execution needs from outside.
    ///
    /// @param together how several things are done at once
    /// @param listener hears what happens
    public record Ports(
            Journal journal,
            StepWorks works,
            Fence fence,
            Rules rules,
            Moment.Source clock,
            Together together,
            Happening.Listener listener) {}

    private Execution(Ports ports, Plan plan, RunState run) {
        this.ports = ports;
        this.plan = plan;
        this.run = run;
    }

    /// Begins `plan`.
    static Execution begin(Ports ports, Plan plan, Event.Started event) {
        plan.all().forEach(s -> ports.works().of(plan, s));
        var entry = ports.journal().begin(plan, event, ports.clock().now());
        var run = RunState.of(plan, List.of(entry));
        return announced(new Execution(ports, plan, run), entry);
    }

    /// Goes on with a plan that was begun, from what its journal says.
    static Execution resume(Ports ports, Plan plan, Event.Resumed event) {
        plan.all().forEach(s -> ports.works().of(plan, s));
        var run = RunState.of(plan, ports.journal().entries(plan.id()));
        var execution = new Execution(ports, plan, run);
        execution.record(event);
        execution.tell(new Happening.Moved(OperationState.RUNNING, "", ""));
        return execution;
    }

    private static Execution announced(Execution execution, Entry entry) {
        execution.tell(new Happening.Journalled(entry));
        execution.tell(new Happening.Moved(OperationState.RUNNING, "", ""));
        return execution;
    }

    /// Where the operation is.
    public RunState state() {
        return run;
    }

    /// Asks for a pause or for going back; obeyed at the next turn. Any thread may ask.
    public void ask(Event.Requested request) {
        requests.add(request);
    }

    /// Carries out one action.
    ///
    /// @throws JournalException when the journal cannot be written; nothing was sent after that
    public Turn take() {
        for (var request = requests.poll(); request != null; request = requests.poll()) {
            record(request);
        }
        var now = ports.clock().now();
        var slept = last.map(now::slept).orElse(Duration.ZERO);
        last = Optional.of(now);
        if (slept.compareTo(SLEEP) > 0 && run.end().isEmpty()) {
            seen = List.of();
            record(new Event.WokeUp(slept.toMillis()));
            return AGAIN;
        }
        var fresh = seen;
        seen = List.of();
        return switch (Engine.next(run, fresh, now, ports.rules())) {
            case Action.Observe one -> {
                observe(List.of(one));
                yield AGAIN;
            }
            case Action.Send one -> {
                send(List.of(one));
                yield AGAIN;
            }
            case Action.AtOnce(var each) -> {
                send(of(Action.Send.class, each));
                observe(of(Action.Observe.class, each));
                yield AGAIN;
            }
            case Action.Note(var events) -> {
                events.forEach(this::record);
                yield AGAIN;
            }
            case Action.Await(var step, var time, var reason) -> {
                tell(new Happening.Waiting(step, time, reason));
                yield new Turn.Later(time);
            }
            case Action.End end -> {
                tell(new Happening.Moved(end.state(), end.step(), end.reason()));
                yield new Turn.Over(end);
            }
        };
    }

    /// Notes down that this program failed, which leaves the operation paused.
    void stop(String sentence) {
        if (run.end().isEmpty()) {
            record(new Event.Paused(run.current().map(PlanStep::key).orElse(""), sentence, true));
        }
    }

    private static <T extends Action> List<T> of(Class<T> kind, List<Action> each) {
        return each.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void observe(List<Action.Observe> looks) {
        looks.forEach(look -> start(look.step()));
        seen = atOnce(looks, look -> observed(look.step(), look.purpose()));
        seen.forEach(this::keepNotes);
    }

    private <A, T> List<T> atOnce(List<A> each, Function<A, T> work) {
        if (each.size() > 1) {
            return ports.together()
                    .ask(each.stream().<Supplier<T>>map(one -> () -> work.apply(one)).toList());
        }
        return each.isEmpty() ? List.of() : List.of(work.apply(each.getFirst()));
    }

    private Seen observed(PlanStep step, StepScope.Purpose purpose) {
        var at = ports.clock().now();
        Observation observation;
        try {
            observation = ports.works().of(plan, step).observe(scope(step, purpose, 0));
        } catch (FailureException e) {
            observation = new Observation.CannotTell(e.failure());
        }
        return new Seen(step, purpose, observation, at);
    }

    private void keepNotes(Seen one) {
        var step = one.step();
        if (one.observation() instanceof Observation.NotYet notYet) {
            notes.put(step.key(), notYet.notes());
            notYet.done()
                    .ifPresent(done ->
                            tell(
                                    new Happening.Progress(
                                            step, done, notYet.reason(), notYet.notes())));
        } else {
            notes.remove(step.key());
        }
    }

    /// All of them after one look at the lock, or none.
    private void send(List<Action.Send> sends) {
        var fenced = sends.stream().filter(send -> send.step().fenced()).toList();
        if (!fenced.isEmpty() && !cleared(fenced)) {
            return;
        }
        var looked = ports.clock().now();
        var _ = atOnce(sends, send -> sent(send, looked));
    }

    private Event.Answered sent(Action.Send send, Moment looked) {
        var step = send.step();
        var attempt = send.attempt();
        var journal = safeguards().announcement().through(this::record);
        var sending =
                new JournalledSending(step.key(), attempt, journal, () -> stood(step, looked));
        var work = ports.works().of(plan, step);
        var scope = scope(step, StepScope.Purpose.ACT, attempt);
        Event.Answered answer;
        try {
            var receipt = Wire.during(sending, () -> work.send(scope, sending));
            answer = sending.accepted(receipt.ids());
        } catch (FailureException e) {
            answer = sending.failed(e.failure(), ports.clock().now().wall());
        } catch (RuntimeException e) {
            // The journal's own failure goes before whatever the step made of it.
            sending.rethrow();
            if (!sending.announced()) {
                throw e;
            }
            journal.accept(sending.broken(e));
            throw e;
        }
        sending.rethrow();
        journal.accept(answer);
        return answer;
    }

    private boolean cleared(List<Action.Send> sends) {
        var needed =
                sends.stream()
                        .map(send -> ports.rules().quiet(send.step()))
                        .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b)
                        .plus(ports.rules().mutation());
        var first = sends.getFirst().step();
        var passage = new Fence.Passage(plan, first, run.noReturnPassed(), needed);
        switch (ports.fence().clear(passage)) {
            case Fence.Clearance.Clear() -> {
                return true;
            }
            case Fence.Clearance.Lost(var sentence) ->
                    record(new Event.Blocked(first.key(), sentence));
            case Fence.Clearance.PauseAsked(var by, var reason) ->
                    record(new Event.Requested(Event.Request.PAUSE, by, reason));
            case Fence.Clearance.CannotTell(var failure) ->
                    sends.forEach(send -> record(unchecked(send, failure)));
        }
        return false;
    }

    private Event.Answered unchecked(Action.Send send, Failure failure) {
        return new Event.Answered(
                send.step().key(),
                send.attempt(),
                failure instanceof Failure.Unauthorized ? Outcome.DENIED : Outcome.NOT_APPLIED,
                "whether it may be sent cannot be checked: " + failure.sentence(),
                Rules.asked(failure, ports.clock().now().wall()).map(Duration::toMillis).orElse(0L),
                Map.of());
    }

    /// How long ago the look at the lock was, when that is longer than a call may take: the program was
    /// stopped or the machine slept, and somebody else may have taken over since. The wall clock
    /// counts too, because the other one stands still while the machine sleeps.
    private Optional<Duration> stood(PlanStep step, Moment looked) {
        var now = ports.clock().now();
        var running = now.comparable(looked) ? now.since(looked) : Duration.ZERO;
        var shown = Duration.between(looked.wall(), now.wall());
        return Optional.of(running.compareTo(shown) > 0 ? running : shown)
                .filter(passed -> step.fenced() && passed.compareTo(ports.rules().mutation()) > 0);
    }

    private Entry record(Event event) {
        writing.lock();
        try {
            var entry = ports.journal().append(plan.id(), event, ports.clock().now());
            run.apply(entry);
            tell(new Happening.Journalled(entry));
            if (event instanceof Event.OfStep ofStep) {
                var step = run.of(ofStep.step());
                if (step.state().ended() && StepState.trigger(ofStep).isPresent()) {
                    tell(new Happening.StepEnded(step.step(), step.state(), step.reason()));
                }
            }
            return entry;
        } finally {
            writing.unlock();
        }
    }

    private void start(PlanStep step) {
        if (started.add(step.key())) {
            tell(new Happening.StepStarted(step, plan.position(step), plan.positions()));
        }
    }

    private StepScope scope(PlanStep step, StepScope.Purpose purpose, int attempt) {
        return new RunScope(
                run,
                step,
                purpose,
                attempt,
                notes.getOrDefault(step.key(), Map.of()),
                () -> !requests.isEmpty(),
                safeguards().marks(),
                this::tell);
    }

    private Safeguards safeguards() {
        return ports.rules().safeguards();
    }

    private void tell(Happening happening) {
        writing.lock();
        try {
            ports.listener().happened(happening);
        } finally {
            writing.unlock();
        }
    }
}
