package dev.slipway.operation;

import java.time.Duration;
import java.time.Instant;

/// A clock that moves when it is told to.
public final class TestClock implements Moment.Source {
    private static final Instant START = Instant.parse("2026-11-20T14:00:00Z");

    private Duration passed = Duration.ZERO;
    private Duration slept = Duration.ZERO;
    private String boot = "boot-1";

    @Override
    public Moment now() {
        return new Moment(START.plus(passed).plus(slept), passed.toNanos(), boot);
    }

    /// The machine sleeps: its monotonic clock stands still.
    void sleep(Duration time) {
        slept = slept.plus(time);
    }

    /// Lets time pass.
    public void pass(Duration time) {
        passed = passed.plus(time);
    }

    /// The machine was started again: monotonic times of before mean nothing now.
    void reboot(String name) {
        boot = name;
    }
}
