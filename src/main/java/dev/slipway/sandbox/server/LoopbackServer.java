package dev.slipway.sandbox.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.sandbox.world.Fault;
import dev.slipway.sandbox.world.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An HTTP server on loopback with routes, faults and a count of what was asked. Each request runs
/// on a virtual thread of its own.
public final class LoopbackServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopbackServer.class);

    private final String service;
    private final Faults faults;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Route> routes;
    private final Function<Request, Response> otherwise;
    private final Function<Exchange, Response> around;
    private final AtomicInteger calls = new AtomicInteger();

    /// A handler and what it answers to.
    ///
    /// @param method HTTP method
    /// @param pattern path with `{name}` for one segment and at most one `{name...}` for one or
    ///     more; a segment may hold `%2F`
    public record Route(String method, String pattern, Function<Request, Response> handler) {
        private Optional<Map<String, String>> variablesOf(String method, String path) {
            return method.equals(this.method) ? match(pattern, path) : Optional.empty();
        }
    }

    /// A request on its way to its handler, for what surrounds every call: authentication, budgets,
    /// conditional requests.
    public record Exchange(Request request, Function<Request, Response> next) {}

    /// Starts a server on a free loopback port, or on `port` when it is above zero.
    ///
    /// @param service its name in faults
    /// @param around called for every request; usually ends by applying `next`
    /// @param otherwise answers what no route answers
    /// @throws UncheckedIOException when the port is taken
    public LoopbackServer(
            String service,
            int port,
            Faults faults,
            List<Route> routes,
            Function<Exchange, Response> around,
            Function<Request, Response> otherwise) {
        this.service = service;
        this.faults = faults;
        this.routes = List.copyOf(routes);
        this.around = around;
        this.otherwise = otherwise;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "no loopback port for " + service + ": " + e.getMessage(), e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /// `http://127.0.0.1:port`.
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// How many requests have arrived.
    public int calls() {
        return calls.get();
    }

    private void serve(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        try (exchange) {
            var uri = exchange.getRequestURI();
            var rawQuery = uri.getRawQuery() == null ? "" : uri.getRawQuery();
            var request =
                    new Request(
                            exchange.getRequestMethod(),
                            uri.getRawPath(),
                            Request.parseQuery(rawQuery),
                            exchange.getRequestHeaders(),
                            exchange.getRequestBody().readAllBytes(),
                            Map.of());
            var full = request.path() + (rawQuery.isEmpty() ? "" : "?" + rawQuery);
            switch (faults.hit(service, request.method(), full).orElse(null)) {
                case null -> send(exchange, answer(request));
                case Fault.LoseRequest _ -> {}
                case Fault.LoseAnswer _ -> answer(request);
                case Fault.ApplyLate late -> threads.execute(() -> answerLater(request, late.by()));
                case Fault.Slow slow -> {
                    pause(slow.by());
                    send(exchange, answer(request));
                }
                case Fault.Answer fixed -> {
                    var response = Response.text(fixed.status(), "application/json", fixed.body());
                    send(
                            exchange,
                            fixed.retryAfter()
                                    .map(s -> response.header("Retry-After", String.valueOf(s)))
                                    .orElse(response));
                }
                case Fault.Truncate _ -> {
                    var whole = answer(request);
                    whole.headers()
                            .forEach(h ->
                                    exchange.getResponseHeaders().add(h.getKey(), h.getValue()));
                    exchange.sendResponseHeaders(whole.status(), whole.body().length + 1L);
                    exchange.getResponseBody().write(whole.body(), 0, whole.body().length / 2);
                    exchange.getResponseBody().flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Response answer(Request request) {
        try {
            return around.apply(new Exchange(request, this::route));
        } catch (RuntimeException e) {
            LOG.error("{} {} {} broke", service, request.method(), request.path(), e);
            return Response.text(500, "text/plain", "the sandbox has a defect here");
        }
    }

    private Response route(Request request) {
        for (var route : routes) {
            var variables = route.variablesOf(request.method(), request.path());
            if (variables.isPresent()) {
                return route.handler().apply(request.with(variables.get()));
            }
        }
        return otherwise.apply(request);
    }

    private void answerLater(Request request, Duration by) {
        try {
            pause(by);
            answer(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        response.headers()
                .forEach(h -> exchange.getResponseHeaders().add(h.getKey(), h.getValue()));
        var bodiless =
                response.status() == 204
                        || response.status() == 304
                        || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(
                response.status(),
                bodiless || response.body().length == 0 ? -1 : response.body().length);
        if (!bodiless && response.body().length > 0) {
            exchange.getResponseBody().write(response.body());
        }
    }

    static Optional<Map<String, String>> match(String pattern, String path) {
        var wanted = pattern.split("/", -1);
        var given = path.split("/", -1);
        var variables = new LinkedHashMap<String, String>();
        int at = 0;
        for (int i = 0; i < wanted.length; i++) {
            var rest = wanted[i].endsWith("...}");
            // What follows a rest part needs one segment each; the rest part takes what is left.
            var end = rest ? given.length - (wanted.length - 1 - i) : at + 1;
            if (end > given.length || end <= at) {
                return Optional.empty();
            }
            var part = String.join("/", List.of(given).subList(at, end));
            if (wanted[i].startsWith("{")) {
                var name = wanted[i].substring(1, wanted[i].length() - (rest ? 4 : 1));
                variables.put(name, Request.decodePath(part));
            } else if (!wanted[i].equals(part)) {
                return Optional.empty();
            }
            at = end;
        }
        return at == given.length ? Optional.of(variables) : Optional.empty();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
