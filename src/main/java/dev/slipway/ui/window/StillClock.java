package dev.slipway.ui.window;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// A clock that can be stopped, so that pictures taken one after the other show one moment.
final class StillClock implements InstantSource {
    private final InstantSource running;
    private volatile Optional<Instant> still = Optional.empty();

    StillClock(InstantSource running) {
        this.running = running;
    }

    /// It is this moment from now on.
    void stop() {
        still = Optional.of(running.instant());
    }

    @Override
    public Instant instant() {
        return still.orElseGet(running::instant);
    }
}
