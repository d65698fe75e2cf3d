package dev.slipway.ui.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.log.Log;
import dev.slipway.log.LogRow.Channel;
import dev.slipway.log.LogRow.Level;
import dev.slipway.ui.kit.Fx;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import javafx.animation.AnimationTimer;
import javafx.scene.Scene;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A million lines, then 5,000 more a second: how long the window does not answer.
@Tag("bench")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class LogPaneBench {
    private static final int LINES = 1_000_000;
    private static final int FED = 40_000;
    private static final int PER_SECOND = 5_000;

    @Test
    void aMillionLinesDoNotStopTheWindow() throws Exception {
        var log = new Log(InstantSource.system(), UnaryOperator.identity());
        var pane = Fx.call(() -> new LogPane(log, ZoneOffset.UTC, LINES));
        var scene = Fx.call(() -> new Scene(pane, 1100, 600));
        var stage = Fx.show(scene);
        while (log.total() < LINES - FED) {
            for (int i = 0; i < 10_000; i++) {
                line(log, log.total());
            }
            Fx.pulse(scene);
        }
        List<Long> pulses = Collections.synchronizedList(new ArrayList<>());
        Fx.run(() ->
                new AnimationTimer() {
                    private long last;

                    @Override
                    public void handle(long now) {
                        var at = System.nanoTime();
                        if (last > 0) {
                            pulses.add(at - last);
                        }
                        last = at;
                    }
                }.start());
        var answers = new ArrayList<Long>();
        long start = System.nanoTime();
        for (int i = 0; i < FED; i++) {
            line(log, i);
            LockSupport.parkNanos(start + i * 1_000_000_000L / PER_SECOND - System.nanoTime());
            if (i % 250 == 0) {
                long asked = System.nanoTime();
                Fx.run(() -> {});
                answers.add(System.nanoTime() - asked);
            }
        }
        Fx.run(stage::hide);
        System.out.printf(
                "log pane at %,d lines, %,d/s: pulse p50 %.1f p99 %.1f max %.1f ms, answer p99 %.1f ms, heap %d MB%n",
                pane.intake().heldProperty().get(),
                PER_SECOND,
                percentile(pulses, 50),
                percentile(pulses, 99),
                percentile(pulses, 100),
                percentile(answers, 99),
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
        assertThat(pane.intake().heldProperty().get()).isEqualTo(LINES);
        assertThat(percentile(pulses, 99)).isLessThan(50);
        assertThat(percentile(answers, 99)).isLessThan(50);
    }

    private static void line(Log log, long number) {
        log.line(
                Channel.HEALTH,
                "auth",
                number % 97 == 0 ? Level.ERROR : Level.INFO,
                "GET /session/"
                        + number
                        + " 200 41 ms, version v19be echoed, db ok, some more words to fill a line");
    }

    private static double percentile(List<Long> nanos, int percent) {
        var sorted = nanos.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100)) / 1e6;
    }
}
