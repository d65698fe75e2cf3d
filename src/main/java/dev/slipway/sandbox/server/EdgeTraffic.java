package dev.slipway.sandbox.server;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Background traffic: unpinned requests to hostnames, one after the other with random pauses, as
/// long as it is on. Off at first. What keeps a compute awake is these requests and nothing else.
public final class EdgeTraffic {
    private final Consumer<String> visit;
    private final RandomGenerator random;
    private @Nullable Thread running;

    EdgeTraffic(Consumer<String> visit, RandomGenerator random) {
        this.visit = visit;
        this.random = random;
    }

    /// Sends requests to `hostnames` in turn.
    ///
    /// @param pause how long it waits between two requests on average, more than zero
    public synchronized void on(List<String> hostnames, Duration pause) {
        if (hostnames.isEmpty() || pause.isZero() || pause.isNegative()) {
            throw new IllegalArgumentException("traffic needs hostnames and a pause");
        }
        off();
        var hosts = List.copyOf(hostnames);
        running = Thread.ofVirtual().name("traffic").start(() -> flow(hosts, pause));
    }

    /// Stops; nothing is sent afterwards but the request that is on its way.
    public synchronized void off() {
        if (running != null) {
            running.interrupt();
            running = null;
        }
    }

    /// Whether requests are being sent.
    public synchronized boolean isOn() {
        return running != null;
    }

    private void flow(List<String> hosts, Duration pause) {
        try {
            for (int i = 0; true; i = (i + 1) % hosts.size()) {
                Thread.sleep(Duration.ofNanos((long) (pause.toNanos() * random.nextExponential())));
                visit.accept(hosts.get(i));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
