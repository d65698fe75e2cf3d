package dev.slipway.ui.desk;

import java.time.Duration;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;

/// Calls back on the FX thread again and again while it runs. FX thread only.
public final class Beat {
    private final Timeline line;

    /// @param every time between two calls; the first comes after it
    public Beat(Duration every, Runnable action) {
        line =
                new Timeline(
                        new KeyFrame(
                                javafx.util.Duration.millis((double) every.toMillis()),
                                _ -> action.run()));
        line.setCycleCount(Animation.INDEFINITE);
    }

    /// Starts, or goes on.
    public void start() {
        line.play();
    }

    /// Stops.
    public void stop() {
        line.stop();
    }
}
