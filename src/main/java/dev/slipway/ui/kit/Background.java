package dev.slipway.ui.kit;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.InputException;
import dev.slipway.domain.RefusedException;
import dev.slipway.operation.JournalException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/// Carries blocking work off the FX thread and its outcome back. View models change only in these
/// callbacks and in answers to a person, so on the FX thread by construction.
public final class Background {
    private final Executor away;
    private final Executor back;
    private final Consumer<Throwable> bugs;

    private Background(Executor away, Executor back, Consumer<Throwable> bugs) {
        this.away = away;
        this.back = back;
        this.bugs = bugs;
    }

    /// A virtual thread for each piece of work, outcomes on the FX thread.
    ///
    /// @param bugs told, on the FX thread, about what no failure explains
    public static Background threads(Consumer<Throwable> bugs) {
        return new Background(
                task -> Thread.ofVirtual().name("slipway-background").start(task),
                FxThread.executor(),
                bugs);
    }

    /// Everything on the calling thread, for tests; a bug is thrown.
    public static Background inline() {
        return new Background(
                Runnable::run,
                Runnable::run,
                bug -> {
                    throw new IllegalStateException(bug);
                });
    }

    /// Does `work` elsewhere and gives its result to `done`, or to `failed` what the world or the
    /// person got wrong. Cancelling the answer interrupts the work; then neither is called.
    public <T> Future<T> run(Callable<T> work, Consumer<T> done, Consumer<Problem> failed) {
        var task =
                new FutureTask<T>(work) {
                    @Override
                    protected void done() {
                        back.execute(() -> deliver(this, done, failed));
                    }
                };
        away.execute(task);
        return task;
    }

    /// As [#run], for work that nobody cancels.
    public <T> void start(Callable<T> work, Consumer<T> done, Consumer<Problem> failed) {
        var _ = run(work, done, failed);
    }

    /// Lets work under way change what is shown: `change` runs where outcomes are delivered, in order.
    public void tell(Runnable change) {
        back.execute(change);
    }

    private <T> void deliver(FutureTask<T> task, Consumer<T> done, Consumer<Problem> failed) {
        if (task.state() == Future.State.SUCCESS) {
            done.accept(task.resultNow());
        } else if (task.state() == Future.State.FAILED) {
            switch (task.exceptionNow()) {
                case FailureException e -> failed.accept(new Problem.Remote(e.failure()));
                case InputException e -> failed.accept(new Problem.Input(e));
                case RefusedException e -> failed.accept(new Problem.Refused(e.reasons()));
                case JournalException e ->
                        failed.accept(new Problem.Refused(List.of(e.sentence())));
                case InterruptedException _, CancellationException _ -> {}
                case Throwable bug -> bugs.accept(bug);
            }
        }
    }

    /// What went wrong without being a bug.
    public sealed interface Problem {
        /// One or more sentences for a person.
        String sentence();

        /// A provider said no, or did not answer.
        record Remote(Failure failure) implements Problem {
            @Override
            public String sentence() {
                return failure.sentence();
            }
        }

        /// It was understood and refused; nothing was changed.
        record Refused(List<String> reasons) implements Problem {
            public Refused {
                reasons = List.copyOf(reasons);
            }

            @Override
            public String sentence() {
                return String.join(" ", reasons);
            }
        }

        /// The person's input was wrong; nothing was asked.
        record Input(InputException exception) implements Problem {
            @Override
            public String sentence() {
                return String.join(" ", exception.problems());
            }
        }
    }
}
