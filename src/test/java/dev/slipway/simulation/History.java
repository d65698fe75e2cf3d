package dev.slipway.simulation;

import java.util.ArrayList;
import java.util.List;

/// What a remote remembers, now and before, so that a reading can be older than it looks.
///
/// @param <S> an unchangeable state
final class History<S> {
    private record Since<T>(long time, T state) {}

    private final Time time;
    private final List<Since<S>> states = new ArrayList<>();

    History(Time time, S first) {
        this.time = time;
        states.add(new Since<>(Long.MIN_VALUE, first));
    }

    S now() {
        return states.getLast().state();
    }

    /// The state that many nanoseconds ago.
    S ago(long nanos) {
        var then = time.now() - nanos;
        for (var i = states.size() - 1; i > 0; i--) {
            if (states.get(i).time() <= then) {
                return states.get(i).state();
            }
        }
        return states.getFirst().state();
    }

    void set(S state) {
        states.add(new Since<>(time.now(), state));
    }
}
