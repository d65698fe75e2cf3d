package dev.slipway.operation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Passes what happens on to everybody who listens.
final class Hub implements Happening.Listener {
    private final List<Happening.Listener> listeners;

    Hub(List<Happening.Listener> listeners) {
        this.listeners = new CopyOnWriteArrayList<>(listeners);
    }

    void add(Happening.Listener listener) {
        listeners.add(listener);
    }

    void remove(Happening.Listener listener) {
        listeners.remove(listener);
    }

    @Override
    public void happened(Happening happening) {
        listeners.forEach(l -> l.happened(happening));
    }
}
