package dev.slipway.http;

import dev.slipway.domain.Provider;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/// Lets changes to a provider that asks for it through one at a time, with a least distance from
/// the start of one to the start of the next.
final class Turnstile {
    private final Map<Provider, Gate> gates = new EnumMap<>(Provider.class);

    private static final class Gate {
        private final ReentrantLock lock = new ReentrantLock(true);
        private final Duration gap;
        private long next = System.nanoTime();

        Gate(Duration gap) {
            this.gap = gap;
        }
    }

    Turnstile(Function<Provider, Duration> gap) {
        for (var provider : Provider.values()) {
            gates.put(provider, new Gate(gap.apply(provider)));
        }
    }

    /// Runs `call` when it is its turn.
    <T> T pass(Provider provider, Supplier<T> call) {
        var gate = gates.get(provider);
        if (gate == null || gate.gap.isZero()) {
            return call.get();
        }
        gate.lock.lock();
        try {
            Pause.before(provider, Duration.ofNanos(Math.max(0, gate.next - System.nanoTime())));
            gate.next = System.nanoTime() + gate.gap.toNanos();
            return call.get();
        } finally {
            gate.lock.unlock();
        }
    }
}
