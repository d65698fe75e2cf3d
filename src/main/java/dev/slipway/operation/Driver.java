package dev.slipway.operation;

import dev.slipway.domain.InputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Starts and resumes operations of one journal. Nothing resumes by itself.
///
/// Safe for use by several threads.
public final class Driver {
    private final Journal journal;
    private final StepWorks works;
    private final Rules rules;
    private final Moment.Source clock;
    private final Seat seat;
    private final Map<String, Operation> running = new ConcurrentHashMap<>();

    /// Who works here.
    ///
    /// @param machine what other people see as the place, `kim-mbp`
    /// @param session this run of the program; the journal is being worked on while it lives
    public record Seat(String machine, String session) {}

    public Driver(Journal journal, StepWorks works, Rules rules, Moment.Source clock, Seat seat) {
        this.journal = journal;
        this.works = works;
        this.rules = rules;
        this.clock = clock;
        this.seat = seat;
    }

    /// Begins `plan`, which a person has approved.
    ///
    /// @param fence asked before each changing call
    /// @param by who approved it
    /// @param reason why, empty when nobody asked
    /// @throws JournalException when the journal cannot be written; nothing was changed
    public Operation start(
            Plan plan, Fence fence, String by, String reason, List<Happening.Listener> listeners) {
        var event = new Event.Started(plan.hash(), by, seat.machine(), seat.session(), reason);
        var hub = new Hub(listeners);
        return run(plan, hub, () -> Execution.begin(ports(fence, hub), plan, event));
    }

    /// Goes on with an operation that is paused, interrupted or waits for a person.
    ///
    /// @throws InputException when there is none of this id, or it has ended
    /// @throws JournalException when the journal cannot be written; nothing was changed
    public Operation resume(
            String id,
            Fence fence,
            Event.Decision decision,
            String by,
            String reason,
            List<Happening.Listener> listeners) {
        var plan =
                journal.plan(id)
                        .orElseThrow(() ->
                                new InputException(
                                        "There is no operation "
                                                + id
                                                + " in this journal. Nothing was changed."
                                                + " \"slipway operations\" lists them."));
        var entries = journal.entries(id);
        refuseChanged(plan, entries);
        refuseEnded(plan, RunState.of(plan, entries).end());
        var event = new Event.Resumed(by, seat.machine(), seat.session(), decision, reason);
        var hub = new Hub(listeners);
        return run(plan, hub, () -> Execution.resume(ports(fence, hub), plan, event));
    }

    /// What the journal says of an operation, in order; empty when there is none of this id.
    public List<Entry> entries(String id) {
        return journal.entries(id);
    }

    /// Copies the journal of a run that was taken over into this one, followed by what says so. What
    /// is here already must be how the copy begins.
    ///
    /// @param copied the journal of the run where it ran before, in order
    /// @param from who ran it, `ana on laptop-3`
    /// @param epoch of the production lock, from here on
    /// @throws InputException when this journal tells otherwise of the run; nothing was written
    /// @throws JournalException when the journal cannot be written
    public void adopt(
            Plan plan, List<Entry> copied, String from, long epoch, String by, String reason) {
        var here = journal.entries(plan.id());
        for (var i = 0; i < here.size(); i++) {
            if (i >= copied.size() || !here.get(i).says(copied.get(i))) {
                throw new InputException(
                        "This computer's own journal of the run %s goes on otherwise than the one that was taken over. The lock is held by you; use another folder to go on with it: slipway resume %s --home DIR --adopt"
                                .formatted(plan.id(), plan.id()));
            }
        }
        var at = clock.now();
        var rest = copied.subList(here.size(), copied.size());
        if (here.isEmpty()) {
            var began =
                    copied.isEmpty()
                            ? new Event.Started(
                                    plan.hash(), by, seat.machine(), seat.session(), reason)
                            : (Event.Started) copied.getFirst().event();
            journal.begin(plan, began, copied.isEmpty() ? at : copied.getFirst().at());
            rest = copied.isEmpty() ? copied : copied.subList(1, copied.size());
        }
        rest.forEach(entry -> journal.append(plan.id(), entry.event(), entry.at()));
        journal.append(
                plan.id(),
                new Event.TookOver(epoch, from, by, seat.machine(), seat.session(), reason),
                at);
    }

    /// The operation of this id, when this program is working on it.
    public Optional<Operation> running(String id) {
        return Optional.ofNullable(running.get(id)).filter(o -> !o.over());
    }

    private Operation run(Plan plan, Hub hub, Supplier<Execution> beginning) {
        return running.compute(
                plan.id(),
                (_, before) -> {
                    if (before != null && !before.over()) {
                        throw new InputException(
                                "The operation %s is running here already. Nothing was changed."
                                        .formatted(plan.id()));
                    }
                    return Operation.run(plan, hub, beginning);
                });
    }

    private static void refuseChanged(Plan plan, List<Entry> entries) {
        if (!(entries.getFirst().event() instanceof Event.Started started)
                || !started.planHash().equals(plan.hash())) {
            throw new InputException(
                    "The plan %s in the journal is not the one that was approved. Nothing was changed."
                            .formatted(plan.id()));
        }
    }

    private static void refuseEnded(Plan plan, Optional<Action.End> end) {
        end.map(Action.End::state)
                .filter(state -> !state.resumable())
                .ifPresent(state -> {
                    throw new InputException(
                            "The %s of %s (%s) has ended (%s), so there is nothing to resume. Nothing was changed."
                                    .formatted(
                                            plan.kind(), plan.target(), plan.id(), state.words()));
                });
    }

    private Execution.Ports ports(Fence fence, Hub hub) {
        return new Execution.Ports(journal, works, fence, rules, clock, Together.atOnce(), hub);
    }
}
