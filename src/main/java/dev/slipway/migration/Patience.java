package dev.slipway.migration;

import java.time.Duration;

/// How a migrator waits on its thread. A simulation passes its own time.
public interface Patience {
    /// Waits.
    ///
    /// @throws InterruptedException when it shall not
    void pause(Duration time) throws InterruptedException;

    /// A clock that only goes forward, nanoseconds.
    long nanos();

    /// The thread sleeps.
    Patience REAL =
            new Patience() {
                @Override
                public void pause(Duration time) throws InterruptedException {
                    Thread.sleep(time);
                }

                @Override
                public long nanos() {
                    return System.nanoTime();
                }
            };
}
