package dev.slipway.ui.kit;

import java.util.concurrent.Executor;
import javafx.application.Platform;
import javafx.scene.Scene;

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

    /// Runs `task` once `scene` was laid out again: what was just put into it is really there only
    /// then, because a control makes its parts when it is laid out.
    public static void afterLayout(Scene scene, Runnable task) {
        var once =
                new Runnable() {
                    @Override
                    public void run() {
                        scene.removePostLayoutPulseListener(this);
                        task.run();
                    }
                };
        scene.addPostLayoutPulseListener(once);
        Platform.requestNextPulse();
    }

    /// Runs `task` on the FX thread after what is already waiting there, also when called from it.
    public static void later(Runnable task) {
        Platform.runLater(task);
    }
}
