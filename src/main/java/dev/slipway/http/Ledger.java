package dev.slipway.http;

import dev.slipway.domain.World;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The books of the transport: budgets, who is silent, the number of calls, and the last of them.
final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger("dev.slipway.http");
    private static final int KEPT = 200;

    private final InstantSource clock;
    private final Budgets budgets;
    private final Breakers breakers;
    private final ServerClocks clocks;
    private final AtomicInteger calls = new AtomicInteger();
    private final Deque<RecentCall> recent = new ArrayDeque<>();

    /// Something that goes over the network.
    interface Trip {
        Answer run() throws IOException;
    }

    Ledger(World.Bounds bounds, InstantSource clock) {
        this.clock = clock;
        this.budgets = new Budgets(clock);
        this.breakers = new Breakers(bounds, clock);
        this.clocks = new ServerClocks(clock);
    }

    InstantSource clock() {
        return clock;
    }

    Budgets budgets() {
        return budgets;
    }

    ServerClocks clocks() {
        return clocks;
    }

    void admit(Call call) {
        budgets.admit(call);
    }

    /// Makes `trip` and writes it down, unless its provider is silent.
    ///
    /// @param deadline how long an answer is waited for
    Answer record(Call call, Duration deadline, Trip trip) throws IOException {
        var pass = breakers.admit(call);
        calls.incrementAndGet();
        budgets.count(call);
        var at = clock.instant();
        long start = System.nanoTime();
        try {
            var answer = trip.run();
            budgets.learn(call, answer);
            clocks.learn(call.provider(), answer);
            breakers.answered(call, pass, answer.status());
            keep(call, at, start, OptionalInt.of(answer.status()), answer.requestId());
            return answer;
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                breakers.undecided(call, pass);
            } else {
                breakers.failed(pass, Exchange.failure(call.provider(), e, deadline));
            }
            keep(call, at, start, OptionalInt.empty(), Optional.empty());
            throw e;
        } catch (RuntimeException e) {
            breakers.undecided(call, pass);
            throw e;
        }
    }

    private void keep(
            Call call, Instant at, long start, OptionalInt status, Optional<String> requestId) {
        long millis = (System.nanoTime() - start) / 1_000_000;
        var left =
                budgets.of(call.provider(), call.resource())
                        .map(b -> OptionalInt.of(b.left()))
                        .orElseGet(OptionalInt::empty);
        var entry =
                new RecentCall(
                        at,
                        call.provider(),
                        call.method(),
                        call.template(),
                        status,
                        millis,
                        left,
                        requestId);
        synchronized (recent) {
            recent.addLast(entry);
            if (recent.size() > KEPT) {
                recent.removeFirst();
            }
        }
        LOG.debug(
                "{} {} {} {} in {} ms",
                entry.provider().title(),
                entry.method(),
                entry.template(),
                status.isPresent() ? status.getAsInt() : "no answer",
                millis);
    }

    int calls() {
        return calls.get();
    }

    List<RecentCall> recent() {
        synchronized (recent) {
            return List.copyOf(recent);
        }
    }
}
