package dev.slipway.operation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running operation. It works on a virtual thread of its own that nobody interrupts, so that a
/// call in flight is always finished; a request takes effect after it.
///
/// Safe for use by several threads.
public final class Operation {
    private static final Logger LOG = LoggerFactory.getLogger(Operation.class);

    private final Plan plan;
    private final Hub hub;
    private final Execution execution;
    private final Semaphore wake = new Semaphore(0);
    private final CompletableFuture<Action.End> end = new CompletableFuture<>();

    private Operation(Plan plan, Hub hub, Execution execution) {
        this.plan = plan;
        this.hub = hub;
        this.execution = execution;
    }

    static Operation run(Plan plan, Hub hub, Supplier<Execution> beginning) {
        var operation = new Operation(plan, hub, beginning.get());
        Thread.ofVirtual().name("operation " + plan.id()).start(operation::work);
        return operation;
    }

    /// Its plan.
    public Plan plan() {
        return plan;
    }

    /// Asks it to pause after the call in flight.
    public void pause(String by, String reason) {
        ask(new Event.Requested(Event.Request.PAUSE, by, reason));
    }

    /// Asks it to go back after the call in flight: stop, and carry out the compensations of where
    /// it is.
    public void rollBack(String by, String reason) {
        ask(new Event.Requested(Event.Request.ROLL_BACK, by, reason));
    }

    /// Adds a listener for what happens from now on.
    public void listen(Happening.Listener listener) {
        hub.add(listener);
    }

    /// Takes a listener away.
    public void forget(Happening.Listener listener) {
        hub.remove(listener);
    }

    /// Whether this sitting is over.
    public boolean over() {
        return end.isDone();
    }

    /// Does `work` when this sitting is over, however it ended; at once when it is.
    public void whenOver(Runnable work) {
        var _ = end.whenComplete((_, _) -> work.run());
    }

    /// Waits for the end of this sitting: a terminal state, or PAUSED.
    ///
    /// An interrupt of the waiting thread asks the operation to pause and goes on waiting for the
    /// call in flight; the thread is interrupted again when this returns.
    public Action.End await() {
        var interrupted = false;
        try {
            while (true) {
                try {
                    return end.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    pause("this machine", "Slipway was asked to end");
                } catch (ExecutionException e) {
                    throw new CompletionException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Waits for the end of this sitting, at most for `time`.
    public void awaitAtMost(Duration time) {
        try {
            end.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(Event.Requested request) {
        execution.ask(request);
        wake.release();
    }

    private void work() {
        try {
            while (true) {
                switch (execution.take()) {
                    case Turn.Again() -> {}
                    case Turn.Later(var time) -> sleep(time);
                    case Turn.Over(var result) -> {
                        end.complete(result);
                        return;
                    }
                }
            }
        } catch (JournalException e) {
            // Cannot be noted down, so the next start finds it interrupted; it is told now.
            stopped(e.sentence());
        } catch (RuntimeException e) {
            LOG.error("operation {} hit a defect", plan.id(), e);
            stopped(defect(e));
        } catch (InterruptedException | Error e) {
            end.completeExceptionally(e);
        }
    }

    private String defect(RuntimeException e) {
        var sentence =
                "Slipway itself failed (%s). Nothing was sent after that; the log has the details."
                        .formatted(e.getClass().getSimpleName());
        try {
            execution.stop(sentence);
        } catch (RuntimeException again) {
            LOG.error("operation {} could not note that it stopped", plan.id(), again);
        }
        return sentence;
    }

    private void stopped(String sentence) {
        var state = execution.state();
        var step = state.current().map(PlanStep::key).orElse("");
        var result = new Action.End(OperationState.PAUSED, step, sentence);
        hub.happened(new Happening.Moved(result.state(), step, sentence));
        end.complete(result);
    }

    private void sleep(Duration time) throws InterruptedException {
        // A request wakes it early; permits of several requests are taken together.
        var _ = wake.tryAcquire(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS);
        wake.drainPermits();
    }
}
