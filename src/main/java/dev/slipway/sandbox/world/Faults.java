package dev.slipway.sandbox.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The faults that are switched on, oldest first. Safe for many threads.
public final class Faults {
    private final List<Armed> armed = new ArrayList<>();

    private static final class Armed {
        private final Fault fault;
        private int left;

        Armed(Fault fault) {
            this.fault = fault;
            this.left = fault.target().times();
        }
    }

    /// Switches `fault` on.
    public synchronized void add(Fault fault) {
        armed.add(new Armed(fault));
    }

    /// Switches everything off.
    public synchronized void clear() {
        armed.clear();
    }

    /// The faults still on.
    public synchronized List<Fault> active() {
        return armed.stream().map(a -> a.fault).toList();
    }

    /// The fault that hits this request, if any; counts it.
    public synchronized Optional<Fault> hit(String service, String method, String path) {
        var found =
                armed.stream()
                        .filter(a -> a.fault.target().matches(service, method, path))
                        .findFirst();
        found.filter(a -> a.fault.target().times() > 0 && --a.left == 0).ifPresent(armed::remove);
        return found.map(a -> a.fault);
    }
}
