package dev.slipway.http;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.World;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// The circuit breaker of each provider. After [#FAILURES] calls in a row that got no usable answer (no
/// connection, none in time, one that broke off, status 5xx) nothing is sent for a while; then one
/// call is, and decides. Any other answer, a refusal too, shows that the provider is there.
///
/// The wait begins with the world's poll interval, is doubled with each call that decided against it,
/// and ends at half of the distance at which the production lock is renewed, so that each renewal
/// finds the way open or being tried.
///
/// Safe for many threads.
final class Breakers {
    static final int FAILURES = 5;

    private final InstantSource clock;
    private final Duration shortest;
    private final Duration longest;
    private final Map<Provider, Silence> silent = new EnumMap<>(Provider.class);

    /// What a call that was let through may decide.
    enum Pass {
        /// One of many.
        ORDINARY,
        /// The one that is sent after a wait.
        PROBE
    }

    /// Calls in a row without a usable answer.
    ///
    /// @param rest until when nothing is sent; empty while there are too few of them
    /// @param probing whether the call that decides is under way
    private record Silence(
            Failure last, int times, Instant since, Optional<Rest> rest, boolean probing) {
        Silence probing(boolean now) {
            return new Silence(last, times, since, rest, now);
        }
    }

    private record Rest(Instant from, Duration length) {
        Instant end() {
            return from.plus(length);
        }

        /// A clock that was set back ends it.
        boolean over(Instant now) {
            return !now.isBefore(end()) || now.isBefore(from);
        }
    }

    Breakers(World.Bounds bounds, InstantSource clock) {
        this.clock = clock;
        shortest = bounds.poll();
        longest = bounds.renew().dividedBy(2);
    }

    /// Lets a call through that is about to be sent. Exactly one of [#answered], [#failed] and
    /// [#undecided] follows.
    ///
    /// @throws FailureException [Failure.Silent] when it is not to be sent
    synchronized Pass admit(Call call) {
        var silence = silent.get(call.provider());
        if (silence == null || silence.rest().isEmpty() || call.purpose() == Purpose.ROLLBACK) {
            return Pass.ORDINARY;
        }
        if (silence.probing() || !silence.rest().get().over(clock.instant())) {
            throw new FailureException(
                    new Failure.Silent(
                            silence.last(),
                            silence.times(),
                            silence.since(),
                            silence.rest().get().end()));
        }
        silent.put(call.provider(), silence.probing(true));
        return Pass.PROBE;
    }

    /// An answer came.
    synchronized void answered(Call call, Pass pass, int status) {
        if (status / 100 == 5) {
            failed(
                    pass,
                    new Failure.BadAnswer(call.provider(), "it answered with status " + status));
        } else {
            silent.remove(call.provider());
        }
    }

    /// No answer came, or no usable one.
    synchronized void failed(Pass pass, Failure failure) {
        var now = clock.instant();
        var before = Optional.ofNullable(silent.get(failure.provider()));
        var rested = before.flatMap(Silence::rest);
        if (rested.isPresent() && pass == Pass.ORDINARY) {
            // Sent before the others had come to nothing: says nothing about later.
            return;
        }
        int times = before.map(Silence::times).orElse(0) + 1;
        var rest = times < FAILURES ? Optional.<Rest>empty() : Optional.of(rest(now, rested));
        silent.put(
                failure.provider(),
                new Silence(failure, times, before.map(Silence::since).orElse(now), rest, false));
    }

    /// The call ended for a reason of our own.
    synchronized void undecided(Call call, Pass pass) {
        if (pass == Pass.PROBE) {
            silent.computeIfPresent(call.provider(), (_, silence) -> silence.probing(false));
        }
    }

    private Rest rest(Instant now, Optional<Rest> before) {
        var length = before.map(rest -> rest.length().multipliedBy(2)).orElse(shortest);
        return new Rest(now, length.compareTo(longest) < 0 ? length : longest);
    }
}
