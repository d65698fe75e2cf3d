package dev.slipway.ui.kit;

import dev.slipway.ui.screens.HeadlessToolkit;
import dev.slipway.ui.theme.Theme;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;

/// Runs parts of a test on the FX thread of the headless toolkit, with a real window and a robot
/// that presses real keys.
public final class Fx {
    private Fx() {}

    /// Runs `work` on the FX thread.
    public static <T> T call(Callable<T> work) throws InterruptedException {
        HeadlessToolkit.start();
        return HeadlessToolkit.call(work);
    }

    /// Runs `work` on the FX thread.
    public static void run(Runnable work) throws InterruptedException {
        call(() -> {
            work.run();
            return true;
        });
    }

    /// Shows `root` in a window at the corner of the screen, in our look.
    public static Stage show(Parent root) throws InterruptedException {
        return show(new Scene(root, 900, 700));
    }

    /// Shows `scene` in a window at the corner of the screen, in our look.
    public static Stage show(Scene scene) throws InterruptedException {
        var stage =
                call(() -> {
                    new Theme().install();
                    var window = new Stage();
                    window.setScene(scene);
                    window.setX(0);
                    window.setY(0);
                    window.show();
                    window.requestFocus();
                    return window;
                });
        pulse(scene);
        return stage;
    }

    /// Waits until the scene was laid out once more.
    public static void pulse(Scene scene) throws InterruptedException {
        run(() -> {
            var key = new Object();
            Runnable done = () -> Platform.exitNestedEventLoop(key, null);
            scene.addPostLayoutPulseListener(done);
            Platform.requestNextPulse();
            Platform.enterNestedEventLoop(key);
            scene.removePostLayoutPulseListener(done);
        });
    }

    /// Waits until `condition` holds, asked on the FX thread after each pulse. The limit only ends a
    /// test that would wait for ever.
    public static void until(Scene scene, String what, BooleanSupplier condition)
            throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (!call(condition::getAsBoolean)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not come: " + what);
            }
            pulse(scene);
        }
    }

    /// Presses and releases `keys` together, the first ones being modifiers.
    public static void press(Scene scene, KeyCode... keys) throws InterruptedException {
        run(() -> {
            var robot = new Robot();
            for (var key : keys) {
                robot.keyPress(key);
            }
            for (int i = keys.length - 1; i >= 0; i--) {
                robot.keyRelease(keys[i]);
            }
        });
        pulse(scene);
    }
}
