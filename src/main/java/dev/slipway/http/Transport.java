package dev.slipway.http;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.domain.World;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.Request;

/// The way to the providers of one world. Adapters say what they want as a [Call]; tokens, budgets,
/// deadlines, memory and the classification of what comes back are settled here.
///
/// Reading calls may be repeated when they were certainly not carried out. Changes are sent exactly
/// once, inside [Wire#during]. A provider that gave no usable answer several times in a row is left
/// alone for a while. Every failure is a [FailureException] as reliability needs it: not
/// applied, refused, or unknown ([Failure#outcome]).
///
/// Blocks the calling thread, which is best a virtual one. Safe for many threads.
public final class Transport {
    private static final int MOST_PAGES = 200;

    private final World world;
    private final Function<Provider, Optional<Secret>> tokens;
    private final Ledger ledger;
    private final Reading reading;
    private final Changing changing;
    private final Redaction redaction;

    /// A transport that masks with `redaction`, which learns the world's tokens.
    ///
    /// @throws InputException when an address of the world is one its own policy does not allow
    public Transport(World world, InstantSource clock, Redaction redaction) {
        this(world, clock, redaction, world::token);
    }

    /// A transport that asks for the token before each call.
    ///
    /// @param tokens what is connected now
    /// @throws InputException as above
    public Transport(
            World world,
            InstantSource clock,
            Redaction redaction,
            Function<Provider, Optional<Secret>> tokens) {
        this.tokens = tokens;
        for (var provider : List.of(Provider.GITHUB, Provider.NEON, Provider.CLOUDFLARE)) {
            requireAllowed(provider, base(world, provider), world.transport());
        }
        world.tokens().values().forEach(redaction::learn);
        this.world = world;
        this.redaction = redaction;
        this.ledger = new Ledger(world.bounds(), clock);
        this.reading = new Reading(world, ledger);
        this.changing = new Changing(world, ledger, redaction);
    }

    /// A transport with a redaction of its own.
    public Transport(World world, InstantSource clock) {
        this(world, clock, new Redaction());
    }

    /// Where it leads.
    public World world() {
        return world;
    }

    /// The token a call to `provider` carries now; empty when it is not connected.
    public Optional<Secret> token(Provider provider) {
        return tokens.apply(provider);
    }

    /// The clock ages are measured with.
    public InstantSource clock() {
        return ledger.clock();
    }

    /// What a provider's own clock shows, from the `Date` of its last answer; up to a second late.
    /// Empty before its first answer.
    public Optional<Instant> clock(Provider provider) {
        return ledger.clocks().of(provider);
    }

    /// What masks secrets; whoever learns of a new secret tells it.
    public Redaction redaction() {
        return redaction;
    }

    /// Makes a reading call and understands the answer.
    public <T> T read(Call call, Function<Answer, T> reader) {
        return understand(call, read(call), reader);
    }

    /// Makes a reading call. The answer is a success; [Answer#unchanged] says whether the provider
    /// was spared.
    public Answer read(Call call) {
        var address = call.address(base(world, call.provider()));
        return reading.read(call, address, a -> request(call, a));
    }

    /// Makes a reading call for something that may be absent.
    public <T> Optional<T> find(Call call, Function<Answer, T> reader) {
        try {
            return Optional.of(read(call, reader));
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.NotFound) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Makes a reading call and follows the provider's `Link` to further pages, 200 at most.
    public <T> List<T> pages(Call first, Function<Answer, List<T>> reader) {
        return pages(first, MOST_PAGES, reader);
    }

    /// Makes a reading call and follows the provider's `Link` to at most `most` pages.
    public <T> List<T> pages(Call first, int most, Function<Answer, List<T>> reader) {
        var result = new ArrayList<T>();
        var seen = new HashSet<URI>();
        var call = first;
        for (int page = 1; ; page++) {
            var answer = read(call);
            result.addAll(understand(call, answer, reader));
            var next = answer.next();
            if (next.isEmpty() || page == most) {
                if (next.isPresent() && most == MOST_PAGES) {
                    throw bad(call, "its list does not end after " + MOST_PAGES + " pages");
                }
                return List.copyOf(result);
            }
            if (!Reading.sameOrigin(base(world, call.provider()), next.get())
                    || !seen.add(next.get())) {
                throw bad(call, "the link to its next page leads elsewhere or in a circle");
            }
            call = call.at(next.get());
        }
    }

    /// Sends a change, once, and understands the answer. An answer the reader finds
    /// [Json.Unreadable] leaves the outcome unknown.
    ///
    /// @throws IllegalStateException outside of [Wire#during]
    public <T> T change(Call call, Function<Answer, T> reader) {
        var address = call.address(base(world, call.provider()));
        return changing.send(call, request(call, address), reader);
    }

    /// How many calls have been made, repeated ones counted each time.
    public int calls() {
        return ledger.calls();
    }

    /// The last calls, oldest first, at most 200.
    public List<RecentCall> recent() {
        return ledger.recent();
    }

    /// What is left at each provider, as far as it is known.
    public List<Budget> budgets() {
        return ledger.budgets().all();
    }

    /// What is left of one bucket, empty while nothing is known about it.
    public Optional<Budget> budget(Provider provider, String resource) {
        return ledger.budgets().of(provider, resource);
    }

    private static <T> T understand(Call call, Answer answer, Function<Answer, T> reader) {
        try {
            return reader.apply(answer);
        } catch (Json.Unreadable e) {
            throw new FailureException(
                    new Failure.BadAnswer(call.provider(), String.valueOf(e.getMessage())), e);
        }
    }

    private static FailureException bad(Call call, String detail) {
        return new FailureException(new Failure.BadAnswer(call.provider(), detail));
    }

    private Request.Builder request(Call call, URI address) {
        if (!Reading.sameOrigin(base(world, call.provider()), address)) {
            throw bad(call, "an address of somebody else");
        }
        var request =
                new Request.Builder()
                        .url(address.toString())
                        .header("User-Agent", "slipway")
                        .header("Accept", "application/json");
        call.headers().forEach(request::header);
        var token = token(call.provider()).map(Secret::reveal);
        if (token.isEmpty()) {
            throw new FailureException(
                    new Failure.Unauthorized(
                            call.provider(),
                            Optional.empty(),
                            "no token is stored; run: slipway connect " + call.provider().key()));
        }
        request.header("Authorization", "Bearer " + token.get());
        return request;
    }

    private static URI base(World world, Provider provider) {
        return switch (provider) {
            case GITHUB -> world.github();
            case NEON -> world.neon();
            case CLOUDFLARE -> world.cloudflare();
            case DNS, POSTGRES, WORKER ->
                    throw new IllegalArgumentException(provider + " has no API address");
        };
    }

    private static void requireAllowed(Provider provider, URI base, World.Transport policy) {
        var title = provider.title();
        if (base.getHost() == null || base.getUserInfo() != null) {
            throw new InputException(
                    "The address of "
                            + title
                            + " must be like https://host/path, not "
                            + base.getHost()
                            + ".");
        }
        boolean https = "https".equals(base.getScheme());
        if (!https && !(policy.plainHttp() && "http".equals(base.getScheme()))) {
            throw new InputException(
                    "The address of " + title + " must start with https; nothing was sent.");
        }
        Addresses.literal(base.getHost())
                .filter(a -> !Addresses.allowed(policy, a))
                .ifPresent(_ -> {
                    throw new InputException(
                            "The address of "
                                    + title
                                    + " is on this machine or a private network, which"
                                    + " only a sandbox may use; nothing was sent.");
                });
    }
}
