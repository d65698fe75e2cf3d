package dev.slipway.ui.window;

import dev.slipway.domain.FailureException;
import dev.slipway.domain.InputException;
import dev.slipway.domain.RefusedException;
import dev.slipway.ui.desk.Services;
import dev.slipway.ui.kit.FxThread;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the world of a window on background threads, while the toolkit starts, and hands the window
/// on the FX thread what comes of it.
final class Opener {
    private static final Logger LOG = LoggerFactory.getLogger(Opener.class);

    /// What becomes of it. Called on the FX thread.
    interface Outcome {
        /// What is being done.
        void says(String words);

        /// The world is open.
        void opened(Services services);

        /// It cannot be opened because of what a person gave or did not give.
        void cannot(String why);

        /// It cannot be opened.
        void failed(String why);
    }

    /// A way to open a world.
    @FunctionalInterface
    interface Way {
        Services open(Consumer<String> progress);
    }

    private final FutureTask<Optional<Earlier>> earlier;
    private final CompletableFuture<Outcome> window = new CompletableFuture<>();
    private final CountDownLatch drawn = new CountDownLatch(1);

    /// What is being done; only the last words count.
    private volatile String words = "Opening\u2026";

    Opener(SlipwayWindow.Opening opening) {
        earlier = new FutureTask<>(opening::earlier);
    }

    /// Begins, before there is a window. Where there are rows to show meanwhile it waits until they
    /// are [#drawn]: they come sooner when nothing else runs.
    void begin(Way way) {
        Thread.ofVirtual()
                .name("slipway-earlier")
                .start(() -> {
                    earlier.run();
                    if (earlier().isPresent()) {
                        await(drawn);
                    }
                    open(way);
                });
    }

    /// What an earlier session left; waits until it was looked for.
    Optional<Earlier> earlier() {
        try {
            return earlier.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.error("what an earlier session left cannot be shown", e.getCause());
        }
        return Optional.empty();
    }

    /// The window is there.
    void tell(Outcome outcome) {
        window.complete(outcome);
        outcome.says(words);
    }

    /// The first rows are on screen, or never will be.
    void drawn() {
        drawn.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Opens a world; returns at once.
    void open(Way way) {
        words = "Opening\u2026";
        Thread.ofVirtual().name("slipway-opening").start(() -> work(way));
    }

    private void heard(String text) {
        words = text;
        if (window.isDone()) {
            later(outcome -> outcome.says(words));
        }
    }

    private void later(Consumer<Outcome> action) {
        var outcome = window.join();
        FxThread.later(() -> action.accept(outcome));
    }

    private void work(Way way) {
        try {
            var services = way.open(this::heard);
            later(outcome -> outcome.opened(services));
        } catch (InputException e) {
            later(outcome -> outcome.cannot(String.join("\n", e.problems())));
        } catch (RefusedException e) {
            later(outcome -> outcome.failed(String.join("\n", e.reasons())));
        } catch (FailureException e) {
            later(outcome -> outcome.failed(e.failure().sentence() + ". Nothing was changed."));
        } catch (RuntimeException e) {
            LOG.error("the world cannot be opened", e);
            later(outcome ->
                    outcome.failed(
                            "Slipway itself failed ("
                                    + e.getClass().getSimpleName()
                                    + "). Nothing was changed; the log has the details."));
        }
    }
}
