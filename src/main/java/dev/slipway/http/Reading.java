package dev.slipway.http;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.World;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import okhttp3.Request;
import okhttp3.RequestBody;

/// Makes reading calls: from memory when the provider says that nothing changed, again after a
/// pause when a request was certainly not carried out, over redirects that stay with the provider.
final class Reading {
    private static final int ATTEMPTS = 3;
    private static final int HOPS = 3;
    private static final long MEMORY = 64L << 20;

    private final World world;
    private final Ledger ledger;
    private final Exchange exchange;
    private final EtagCache cache = new EtagCache(MEMORY);

    Reading(World world, Ledger ledger) {
        this.world = world;
        this.ledger = ledger;
        this.exchange = new Exchange(Clients.reading(world), ledger.clock());
    }

    Answer read(Call call, URI address, Function<URI, Request.Builder> requests) {
        var key = new EtagCache.Key(address, call.headers().getOrDefault("Accept", ""));
        var remembered =
                call.caching() == Call.Caching.NEVER ? Optional.<Answer>empty() : cache.get(key);
        if (call.caching() == Call.Caching.IMMUTABLE && remembered.isPresent()) {
            return remembered.get();
        }
        var answer = persistently(call, address, requests, remembered);
        if (answer.status() == 304 && remembered.isPresent()) {
            var old = remembered.get();
            return new Answer(old.status(), old.headers(), old.body(), true, answer.at());
        }
        if (call.caching() != Call.Caching.NEVER && answer.status() == 200) {
            cache.put(key, answer);
        }
        return answer;
    }

    private Answer persistently(
            Call call,
            URI address,
            Function<URI, Request.Builder> requests,
            Optional<Answer> remembered) {
        long end = System.nanoTime() + world.bounds().read().toNanos();
        for (int attempt = 1; ; attempt++) {
            try {
                return once(call, address, requests, remembered);
            } catch (FailureException e) {
                var wait = pause(e.failure(), attempt);
                if (!e.failure().notApplied()
                        || e.failure() instanceof Failure.BudgetSpent
                        || e.failure() instanceof Failure.Silent
                        || attempt == ATTEMPTS
                        || System.nanoTime() + wait.toNanos() > end) {
                    throw e;
                }
                Pause.before(call.provider(), wait);
            }
        }
    }

    /// Full jitter over a doubling span, never shorter than the provider asks.
    private Duration pause(Failure failure, int attempt) {
        if (failure instanceof Failure.RateLimited limited) {
            return limited.retryAfter();
        }
        long span = (world.bounds().poll().toMillis() / 8) << attempt;
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(span + 1));
    }

    private Answer once(
            Call call,
            URI address,
            Function<URI, Request.Builder> requests,
            Optional<Answer> remembered) {
        var at = address;
        for (int hop = 0; ; hop++) {
            ledger.admit(call);
            var request = requests.apply(at);
            call.body()
                    .ifPresentOrElse(
                            b -> request.method(call.method(), RequestBody.create(b, Clients.JSON)),
                            request::get);
            remembered
                    .flatMap(a -> a.header("etag"))
                    .ifPresent(tag -> request.header("If-None-Match", tag));
            var answer = carry(call, request.build());
            if (answer.status() == 304 && remembered.isPresent()) {
                return answer;
            }
            if (answer.status() / 100 == 3 && hop < HOPS) {
                at = follow(call, at, answer);
                continue;
            }
            var failure = Outcomes.failureIn(call, false, answer);
            if (failure.isPresent()) {
                throw new FailureException(failure.get());
            }
            return answer;
        }
    }

    private Answer carry(Call call, Request request) {
        try {
            return ledger.record(call, world.bounds().read(), () -> exchange.run(request));
        } catch (IOException e) {
            throw new FailureException(
                    Exchange.failure(call.provider(), e, world.bounds().read()), e);
        }
    }

    /// The token goes nowhere but to the provider, so a redirect elsewhere is not followed.
    private static URI follow(Call call, URI from, Answer answer) {
        var to =
                answer.header("location")
                        .map(l -> l.matches("[\\x21-\\x7e]+") ? from.resolve(l) : from)
                        .filter(t -> sameOrigin(from, t) && !t.equals(from));
        return to.orElseThrow(() ->
                new FailureException(
                        new Failure.BadAnswer(
                                call.provider(),
                                "it redirects to somewhere else (status "
                                        + answer.status()
                                        + ")")));
    }

    static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equals(other.getScheme())
                && one.getRawAuthority().equals(other.getRawAuthority());
    }
}
