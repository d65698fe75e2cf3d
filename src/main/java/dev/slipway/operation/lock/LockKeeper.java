package dev.slipway.operation.lock;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.World;
import dev.slipway.http.Wire;
import dev.slipway.operation.Entry;
import dev.slipway.operation.Fence;
import dev.slipway.operation.Happening;
import dev.slipway.operation.Moment;
import dev.slipway.operation.Operation;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.RunState;
import dev.slipway.operation.journal.CopiedLine;
import dev.slipway.operation.lock.ProductionLock.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the production lock of one sitting: looks at it before each changing call, renews it in
/// time, and passes on wishes to pause.
///
/// The lease is measured with this machine's own clocks from before the renewal was sent, sleep
/// counted in, so no clocks of two machines are compared. Safe for use by several threads.
public final class LockKeeper implements Fence, Happening.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(LockKeeper.class);

    private final ProductionLock lock;
    private final Plan plan;
    private final World.Bounds bounds;
    private final Moment.Source clock;
    private final ReentrantLock turn = new ReentrantLock();
    private final List<Entry> journal;
    private @Nullable Moment renewed;
    private boolean begun;
    private long epoch;
    private boolean claimed;
    private boolean givenBack;
    private Place place;
    private String told = "";

    private record Place(PlanStep step, boolean noReturn) {}

    /// The keeper of an operation that goes on.
    ///
    /// @param before what its journal says
    public LockKeeper(
            ProductionLock lock,
            Plan plan,
            List<Entry> before,
            World.Bounds bounds,
            Moment.Source clock) {
        this.lock = lock;
        this.plan = plan;
        this.bounds = bounds;
        this.clock = clock;
        this.place = new Place(plan.steps().getFirst(), false);
        this.journal = Collections.synchronizedList(new ArrayList<>(before));
        this.epoch = RunState.of(plan, before).epoch();
    }

    /// The keeper of an operation that begins now, so that every wish to pause is new.
    public static LockKeeper ofNew(
            ProductionLock lock, Plan plan, World.Bounds bounds, Moment.Source clock) {
        var keeper = new LockKeeper(lock, plan, List.of(), bounds, clock);
        keeper.begun = true;
        return keeper;
    }

    /// Renews the lock of `operation` until its sitting is over, on a virtual thread.
    public void watch(Operation operation) {
        Thread.ofVirtual()
                .name("lock of " + plan.id())
                .start(() -> {
                    while (!operation.over()) {
                        operation.awaitAtMost(bounds.renew());
                        if (!operation.over()) {
                            beat(operation::pause);
                        }
                    }
                });
    }

    @Override
    public Clearance clear(Passage passage) {
        turn.lock();
        try {
            var moved = !told.equals(passage.step().group());
            place = new Place(passage.step(), passage.noReturn());
            return switch (standing()) {
                case Standing.Ours ours -> cleared(ours, passage.needed(), moved);
                case Standing other when older(other) ->
                        new Clearance.CannotTell(
                                new Failure.Busy(Provider.GITHUB, "it still shows an older lock"));
                case Standing other -> new Clearance.Lost(lost(other));
            };
        } catch (FailureException e) {
            return new Clearance.CannotTell(e.failure());
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void happened(Happening happening) {
        switch (happening) {
            case Happening.Journalled(var entry) -> journal.add(entry);
            case Happening.StepStarted(var step, _, _) when step.key().equals(ReleaseLock.KEY) ->
                    change(() -> givenBack = true);
            case Happening.StepEnded(var step, var state, _)
                    when step.key().equals(ClaimLock.KEY) && state.holds() ->
                    change(() -> claimed = true);
            case Happening.StepStarted(var step, _, _) ->
                    change(() -> place = new Place(step, place.noReturn()));
            case Happening.Moved(var state, var step, _) when state.resumable() -> stopped(step);
            default -> {}
        }
    }

    private Standing standing() {
        return lock.standing(plan.id(), epoch);
    }

    /// Says in the lock where the operation stands now that nothing renews it any more.
    private void stopped(String key) {
        turn.lock();
        try {
            plan.step(key).ifPresent(step -> place = new Place(step, place.noReturn()));
            if (!givenBack
                    && standing() instanceof Standing.Ours ours
                    && ours.record().lines() < journal.size()) {
                var _ = renew(ours);
            }
        } catch (FailureException e) {
            LOG.warn("the production lock could not be renewed: {}", e.failure().sentence());
        } finally {
            turn.unlock();
        }
    }

    private void change(Runnable work) {
        turn.lock();
        try {
            work.run();
        } finally {
            turn.unlock();
        }
    }

    /// Whether a reading is from before this run held the lock: readings lag behind.
    private boolean older(Standing standing) {
        return switch (standing) {
            case Standing.Free(var at, _) -> at < epoch;
            case Standing.Theirs(var record, _) -> record.epoch() < epoch;
            case Standing.Ours _, Standing.Unreadable _ -> false;
        };
    }

    private Clearance cleared(Standing.Ours ours, Duration needed, boolean moved) {
        epoch = ours.record().epoch();
        var wish = ours.record().pause();
        // A wish older than this sitting was obeyed: a person has resumed since.
        if (wish.isPresent() && (begun || renewed != null)) {
            return new Clearance.PauseAsked(wish.get().by(), wish.get().reason());
        }
        if (!due(needed, moved)) {
            return new Clearance.Clear();
        }
        return switch (renew(ours)) {
            case Standing.Ours after when after.record().pause().isEmpty() -> new Clearance.Clear();
            case Standing.Ours after ->
                    new Clearance.PauseAsked(
                            after.record().pause().get().by(),
                            after.record().pause().get().reason());
            case Standing other -> new Clearance.Lost(lost(other));
        };
    }

    /// Whether the lease would end before the call surely has, or a numbered step begins to change
    /// something that nobody else could know of.
    private boolean due(Duration needed, boolean moved) {
        if (renewed == null || moved) {
            return true;
        }
        var now = clock.now();
        // The lease goes on while this machine sleeps.
        var held =
                now.comparable(renewed)
                        ? now.since(renewed).plus(now.slept(renewed))
                        : bounds.lease();
        return held.compareTo(bounds.renew()) >= 0
                || bounds.lease().minus(held).compareTo(needed) < 0;
    }

    private Standing renew(Standing.Ours ours) {
        var before = clock.now();
        var progress =
                new LockRecord.Progress(
                        plan.position(place.step()),
                        plan.positions(),
                        place.step().title(),
                        place.noReturn());
        var lines = lines(ours.record().lines());
        var after =
                Wire.during(
                        Wire.Listener.NONE,
                        (Supplier<Standing>) () -> lock.renew(ours, progress, lines));
        if (after instanceof Standing.Ours now && !now.tip().equals(ours.tip())) {
            renewed = before;
            told = place.step().group();
        }
        return after;
    }

    /// What the chain does not have yet.
    private List<String> lines(int known) {
        synchronized (journal) {
            return journal.stream().skip(known).map(CopiedLine::of).toList();
        }
    }

    /// Looks at the lock and renews it in time; what keeps it alive while nothing is changed.
    ///
    /// @param pause told who wishes that the operation pauses, and why; nobody when the lock is lost
    public void beat(BiConsumer<String, String> pause) {
        turn.lock();
        try {
            if (givenBack) {
                return;
            }
            switch (standing()) {
                case Standing.Ours ours -> {
                    claimed = true;
                    switch (cleared(ours, bounds.lease(), false)) {
                        case Clearance.PauseAsked(var by, var reason) -> pause.accept(by, reason);
                        case Clearance.Lost(var sentence) -> pause.accept("", sentence);
                        case Clearance.Clear _, Clearance.CannotTell _ -> {}
                    }
                }
                case Standing other when claimed && !older(other) -> pause.accept("", lost(other));
                case Standing _ -> {}
            }
        } catch (FailureException e) {
            // The next beat or the next changing call asks again, and the lease does not grow.
            LOG.warn("the production lock could not be renewed: {}", e.failure().sentence());
        } finally {
            turn.unlock();
        }
    }

    private String lost(Standing standing) {
        return switch (standing) {
            case Standing.Theirs(var record, _) when record.run().equals(plan.id()) ->
                    "%s took this operation over: %s. Nothing more was sent from here."
                            .formatted(
                                    record.holder(),
                                    record.taken().map(LockRecord.Taken::reason).orElse(""));
            case Standing.Theirs(var record, _) ->
                    "The production lock is no longer held by this operation: %s took it (%s)."
                            .formatted(record.holder(), record.doing());
            case Standing.Free _ ->
                    "The production lock is no longer held by this operation: it was released.";
            case Standing.Unreadable _ ->
                    "The production lock is no longer held by this operation: its record cannot be"
                            + " read.";
            case Standing.Ours _ -> throw new IllegalArgumentException("not lost");
        };
    }
}
