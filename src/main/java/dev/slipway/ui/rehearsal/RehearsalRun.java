package dev.slipway.ui.rehearsal;

import dev.slipway.migration.Migration;
import dev.slipway.release.RehearsalListener;
import dev.slipway.ui.kit.Background;
import dev.slipway.ui.kit.Background.Problem;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// One rehearsal at a time, heard while it goes on, and stopped when a person asks. Used on the FX
/// thread; the work is done elsewhere.
public final class RehearsalRun {
    private final Background background;
    private final ReadOnlyObjectWrapper<Optional<Progress>> progress =
            new ReadOnlyObjectWrapper<>(this, "progress", Optional.empty());
    private final Worker worker = new Worker();

    /// @param background carries the work away
    public RehearsalRun(Background background) {
        this.background = background;
    }

    /// What takes long and tells how it goes.
    @FunctionalInterface
    public interface Work<T> {
        /// Does it, and tells `listener`.
        T with(RehearsalListener listener);
    }

    /// The thread that works, so that it can be interrupted, and only while it does.
    private static final class Worker {
        private @Nullable Thread thread;
        private boolean stopped;

        synchronized void begin() {
            thread = Thread.currentThread();
            if (stopped) {
                thread.interrupt();
            }
        }

        synchronized void end() {
            thread = null;
            // An interrupt that came too late to stop it must not meet what this thread does next.
            var _ = Thread.interrupted();
        }

        synchronized void reset() {
            stopped = false;
        }

        synchronized void stop() {
            stopped = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    /// How it goes; empty when nothing runs.
    public ReadOnlyObjectProperty<Optional<Progress>> progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /// How it goes; empty when nothing runs.
    public Optional<Progress> progress() {
        return progress.get();
    }

    /// Shows `given` as it is, for pictures.
    public void present(Progress given) {
        progress.set(Optional.of(given));
    }

    /// Begins `work`; nothing when something runs already.
    ///
    /// @param pending what is expected to run
    /// @param done told the result, also of a work that ended before it could be stopped
    /// @param failed told why there is none, which is a person's wish when [#stop] was called
    public <T> void start(
            List<Migration> pending, Work<T> work, Consumer<T> done, Consumer<Problem> failed) {
        if (progress.get().isPresent()) {
            return;
        }
        worker.reset();
        progress.set(Optional.of(Progress.of(pending)));
        background.start(
                () -> {
                    worker.begin();
                    try {
                        return work.with(new Heard());
                    } finally {
                        worker.end();
                    }
                },
                result -> {
                    progress.set(Optional.empty());
                    done.accept(result);
                },
                problem -> {
                    progress.set(Optional.empty());
                    failed.accept(problem);
                });
    }

    /// Asks what runs to end; its branch is removed before it does.
    public void stop() {
        progress.get()
                .filter(now -> !now.stopping())
                .ifPresent(now -> {
                    progress.set(Optional.of(now.stop()));
                    worker.stop();
                });
    }

    private void change(UnaryOperator<Progress> change) {
        background.tell(() -> progress.set(progress.get().map(change)));
    }

    /// Hears on the thread that works.
    private final class Heard implements RehearsalListener {
        @Override
        public void stage(String sentence) {
            change(now -> now.stage(sentence));
        }

        @Override
        public void waiting(String sentence) {
            change(now -> now.waitingFor(sentence));
        }

        @Override
        public void began(Connection connection) {
            change(Progress::fromTheStart);
        }

        @Override
        public void begins(Step step) {
            change(now -> now.running(step));
        }

        @Override
        public void done(Step step, Duration took, OptionalLong rows) {
            change(now -> now.done(step, took, rows));
        }

        @Override
        public void failed(Step step, Duration took, String state, String message) {
            change(now -> now.failed(step, took, message + " (" + state + ")"));
        }
    }
}
