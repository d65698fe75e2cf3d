package dev.slipway.ui.window;

import javafx.application.Platform;
import javafx.scene.Scene;

/// Waits until what a scene shows now was handed to the screen. FX thread only.
final class Drawn implements Runnable {
    private final Scene scene;
    private final Runnable action;
    private int pulses;

    private Drawn(Scene scene, Runnable action) {
        this.scene = scene;
        this.action = action;
    }

    /// Calls `action` once, after the second layout from now: it comes when the first one was drawn.
    static void once(Scene scene, Runnable action) {
        scene.addPostLayoutPulseListener(new Drawn(scene, action));
        Platform.requestNextPulse();
    }

    @Override
    public void run() {
        pulses++;
        if (pulses == 1) {
            Platform.requestNextPulse();
        } else {
            scene.removePostLayoutPulseListener(this);
            action.run();
        }
    }
}
