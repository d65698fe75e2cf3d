package dev.slipway.sandbox.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The faults that are switched on, oldest first. Safe for many threads.
public final class Faults {
    private final List<Switched> on = new ArrayList<>();
    private long last;

    /// A fault that is on.
    ///
    /// @param id one of this world since it was started
    /// @param left how many requests it still hits; zero means until switched off
    public record Switched(long id, Fault fault, int left) {
        private Switched hitOnce() {
            return new Switched(id, fault, left - 1);
        }
    }

    /// Switches `fault` on.
    ///
    /// @return its id
    public synchronized long add(Fault fault) {
        last++;
        on.add(
                new Switched(
                        last,
                        fault,
                        fault instanceof Fault.OfRequest hits ? hits.target().times() : 0));
        return last;
    }

    /// Switches one off.
    ///
    /// @return whether it was on
    public synchronized boolean remove(long id) {
        return on.removeIf(one -> one.id() == id);
    }

    /// Switches everything off.
    public synchronized void clear() {
        on.clear();
    }

    /// The faults still on.
    public synchronized List<Switched> on() {
        return List.copyOf(on);
    }

    /// The fault that hits this request, if any; counts it.
    public synchronized Optional<Fault.OfRequest> hit(String service, String method, String path) {
        for (int i = 0; i < on.size(); i++) {
            var one = on.get(i);
            if (one.fault() instanceof Fault.OfRequest fault
                    && fault.target().matches(service, method, path)) {
                if (one.left() == 1) {
                    on.remove(i);
                } else if (one.left() > 1) {
                    on.set(i, one.hitOnce());
                }
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    /// What goes wrong with builds.
    public synchronized List<Fault.OfBuild> ofBuilds() {
        return on.stream()
                .flatMap(one ->
                        one.fault() instanceof Fault.OfBuild fault
                                ? Stream.of(fault)
                                : Stream.empty())
                .toList();
    }
}
