package dev.slipway.preview;

import dev.slipway.dns.Dns;
import dev.slipway.dns.Resolution;
import dev.slipway.domain.Failure;
import dev.slipway.domain.Provider;
import dev.slipway.preview.Preview.NameState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Really asks the resolver what hostnames lead to. An answer holds as long as it says. Safe for use by
/// several threads.
final class NameCheck {
    private static final int AT_ONCE = 32;

    private final Dns dns;
    private final InstantSource clock;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    NameCheck(Dns dns, InstantSource clock) {
        this.dns = dns;
        this.clock = clock;
    }

    /// What a hostname led to, and until when that holds.
    private record Answer(NameState state, Instant until) {}

    /// What each of `names` leads to.
    Map<String, NameState> of(ExecutorService threads, List<String> names) {
        // A resolver that gets a thousand packets at once drops some, and a lost one is a name
        // unknown.
        var turns = new Semaphore(AT_ONCE);
        var asked = new HashMap<String, Future<NameState>>();
        names.forEach(name -> asked.put(name, threads.submit(() -> resolve(turns, name))));
        var resolved = new HashMap<String, NameState>();
        asked.forEach((name, state) -> resolved.put(name, PreviewReader.get(state)));
        return resolved;
    }

    /// Whether the resolver answered: it did not when every name of `resolved` stayed unknown.
    PreviewList.ProviderState state(Map<String, NameState> resolved) {
        var dead =
                !resolved.isEmpty()
                        && resolved.values().stream().allMatch(s -> s == NameState.UNKNOWN);
        return dead
                ? new PreviewList.ProviderState(
                        Optional.empty(),
                        Optional.of(
                                new Failure.Unreachable(
                                        Provider.DNS, "the resolver does not answer")))
                : new PreviewList.ProviderState(Optional.of(clock.instant()), Optional.empty());
    }

    private NameState resolve(Semaphore turns, String name) throws InterruptedException {
        turns.acquire();
        try {
            return resolve(name);
        } finally {
            turns.release();
        }
    }

    private NameState resolve(String name) {
        var now = clock.instant();
        var known = answers.get(name);
        if (known != null && now.isBefore(known.until())) {
            return known.state();
        }
        return switch (dns.resolve(name)) {
            case Resolution.Resolved found -> {
                answers.put(name, new Answer(NameState.RESOLVES, now.plus(found.ttl())));
                yield NameState.RESOLVES;
            }
            case Resolution.Timeout _, Resolution.ServFail _ -> NameState.UNKNOWN;
            default -> NameState.DOES_NOT_RESOLVE;
        };
    }
}
