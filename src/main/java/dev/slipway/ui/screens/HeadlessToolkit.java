package dev.slipway.ui.screens;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javafx.application.Platform;

/// The JavaFX toolkit without a display. Needs no X server, no GTK, no GPU.
public final class HeadlessToolkit {
    private HeadlessToolkit() {}

    /// Starts the toolkit unless it runs. Must be called before anything else touches JavaFX in this
    /// process; afterwards the process is headless for good.
    public static void start() {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        System.setProperty("prism.lcdtext", "false");
        var started = new CountDownLatch(1);
        try {
            Platform.startup(started::countDown);
            started.await();
        } catch (IllegalStateException alreadyRuns) {
            // Platform has no way to ask, only this answer.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the toolkit started", e);
        }
        // Pictures come without windows, and the toolkit would end with the first one that closes.
        Platform.setImplicitExit(false);
    }

    /// Runs `work` on the FX thread and waits for its result.
    public static <T> T call(Callable<T> work) throws InterruptedException {
        if (Platform.isFxApplicationThread()) {
            throw new IllegalStateException("called on the FX thread, which would wait for itself");
        }
        var task = new FutureTask<>(work);
        Platform.runLater(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a page cannot be built", e.getCause());
        }
    }
}
