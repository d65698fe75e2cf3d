package dev.slipway.http;

import dev.slipway.domain.Provider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The clocks of the providers, from the `Date` of their answers. A header has whole seconds, so what
/// is told here is up to a second and the way of the answer late, never early.
final class ServerClocks {
    private final InstantSource clock;
    private final Map<Provider, Duration> ahead = new ConcurrentHashMap<>();

    ServerClocks(InstantSource clock) {
        this.clock = clock;
    }

    void learn(Provider provider, Answer answer) {
        answer.serverTime()
                .ifPresent(time -> ahead.put(provider, Duration.between(answer.at(), time)));
    }

    /// What a provider's clock shows now; empty before its first answer.
    Optional<Instant> of(Provider provider) {
        return Optional.ofNullable(ahead.get(provider)).map(clock.instant()::plus);
    }
}
