package dev.slipway.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The clock of a world. It runs like the real one, except while a world is being made: then it
/// stands at the time of what is told, so that a new world has a past.
public final class WorldClock implements InstantSource {
    private final InstantSource real;
    private final AtomicReference<Optional<Instant>> told = new AtomicReference<>(Optional.empty());

    /// A clock that runs like `real`.
    public WorldClock(InstantSource real) {
        this.real = real;
    }

    /// Stands still at `ago` before now, until [#run()].
    public void stand(Duration ago) {
        told.set(Optional.of(real.instant().minus(ago)));
    }

    /// Runs from now on.
    public void run() {
        told.set(Optional.empty());
    }

    @Override
    public Instant instant() {
        return told.get().orElseGet(real::instant);
    }
}
