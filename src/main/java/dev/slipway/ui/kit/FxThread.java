package dev.slipway.ui.kit;

import java.util.concurrent.Executor;
import javafx.application.Platform;

/// The only way onto the FX thread.
public final class FxThread {
    private FxThread() {}

    /// Runs tasks on the FX thread: at once when already there, otherwise later, in order.
    public static Executor executor() {
        return task -> {
            if (Platform.isFxApplicationThread()) {
                task.run();
            } else {
                Platform.runLater(task);
            }
        };
    }

    /// Runs `task` on the FX thread after what is already waiting there, also when called from it.
    public static void later(Runnable task) {
        Platform.runLater(task);
    }
}
