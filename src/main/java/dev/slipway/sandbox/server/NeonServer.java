package dev.slipway.sandbox.server;

import dev.slipway.domain.Secret;
import dev.slipway.sandbox.server.LoopbackServer.Route;
import dev.slipway.sandbox.world.Faults;
import dev.slipway.sandbox.world.NeonRefusal;
import dev.slipway.sandbox.world.NeonWorld;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Neon's API v2 on loopback, over a [NeonWorld]. What a client changes here takes the time of an
/// operation and locks its project meanwhile.
public final class NeonServer implements AutoCloseable {
    /// Neon allows each account this many calls a minute.
    private static final int CALLS_PER_MINUTE = 700;

    private static final String BASE = "/api/v2";

    private final NeonWorld world;
    private final Secret token;
    private final Duration minute;
    private final Deque<Instant> recent = new ArrayDeque<>();
    private final LoopbackServer server;

    /// Starts the API.
    ///
    /// @param token the one key it accepts
    /// @param port loopback port, or zero for a free one
    public NeonServer(NeonWorld world, Faults faults, Secret token, int port) {
        this.world = world;
        this.token = token;
        this.minute = world.place().pace().of(Duration.ofMinutes(1));
        var routes = new ArrayList<Route>();
        List.of(
                        new NeonProjectRoutes(world),
                        new NeonBranchRoutes(world),
                        new NeonSchemaRoutes(world),
                        new NeonEndpointRoutes(world))
                .forEach(group ->
                        group.addTo((method, path, handler) ->
                                routes.add(new Route(method, BASE + path, handler))));
        this.server =
                new LoopbackServer(
                        "neon",
                        port,
                        faults,
                        routes,
                        this::around,
                        _ -> {
                            throw NeonRefusal.of(404, "this endpoint does not exist");
                        });
    }

    /// A group of routes.
    interface Routes {
        /// Names each of them.
        void addTo(Table table);
    }

    /// What answers what.
    interface Table {
        /// Adds one.
        ///
        /// @param path below `/api/v2`
        void add(String method, String path, Function<Request, Response> handler);
    }

    /// Where the API is, ending in `/api/v2`.
    public URI base() {
        return URI.create(server.address() + BASE);
    }

    /// How many requests have arrived.
    public int calls() {
        return server.calls();
    }

    private Response around(LoopbackServer.Exchange exchange) {
        var request = exchange.request();
        var id = request.header("X-Request-ID").orElseGet(() -> UUID.randomUUID().toString());
        try {
            if (!request.token().map(given -> given.equals(token.reveal())).orElse(false)) {
                throw NeonRefusal.of(
                        401, "authentication required: the API key is missing or not valid");
            }
            var wait = waitFor(world.place().clock().instant());
            if (wait.isPresent()) {
                return error(id, NeonRefusal.of(429, "rate limit exceeded"))
                        .header("Retry-After", String.valueOf(Math.max(1, wait.get().toSeconds())));
            }
            return exchange.next().apply(request);
        } catch (NeonRefusal refusal) {
            return error(id, refusal);
        } catch (RuntimeException bug) {
            return error(id, NeonRefusal.of(500, "internal error: " + bug.getMessage()));
        }
    }

    /// How long a caller has to wait, when the budget of the minute is spent.
    private Optional<Duration> waitFor(Instant now) {
        synchronized (recent) {
            while (!recent.isEmpty() && !recent.getFirst().isAfter(now.minus(minute))) {
                recent.removeFirst();
            }
            if (recent.size() >= CALLS_PER_MINUTE) {
                return Optional.of(Duration.between(now, recent.getFirst().plus(minute)));
            }
            recent.addLast(now);
            return Optional.empty();
        }
    }

    private static Response error(String id, NeonRefusal refusal) {
        if (refusal.status() == 204) {
            return Response.empty(204);
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("request_id", id);
        body.put("code", refusal.code());
        body.put("message", refusal.sentence());
        return Response.json(refusal.status(), body);
    }

    @Override
    public void close() {
        server.close();
    }
}
