package dev.slipway.sandbox.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Passes requests on to an API and counts them.
final class CountingProxy implements AutoCloseable {
    /// What concerns one connection only, or what the client sets itself.
    private static final Set<String> OWN =
            Set.of(
                    "host",
                    "connection",
                    "content-length",
                    "transfer-encoding",
                    "upgrade",
                    "expect");

    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI to;
    private final AtomicInteger calls = new AtomicInteger();

    /// @param to base address of the API, with its path
    CountingProxy(URI to) throws IOException {
        this.to = to;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::pass);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /// The base address to use in place of the API's.
    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + to.getRawPath();
    }

    /// How many requests were passed on since the last time this was asked.
    int calls() {
        return calls.getAndSet(0);
    }

    private void pass(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        try (exchange) {
            var path = exchange.getRequestURI().toString();
            var request =
                    HttpRequest.newBuilder(
                                    URI.create(to.getScheme() + "://" + to.getAuthority() + path))
                            .method(
                                    exchange.getRequestMethod(),
                                    HttpRequest.BodyPublishers.ofByteArray(
                                            exchange.getRequestBody().readAllBytes()));
            exchange.getRequestHeaders()
                    .forEach((name, values) -> {
                        if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                            values.forEach(value -> request.header(name, value));
                        }
                    });
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers()
                    .map()
                    .forEach((name, values) -> {
                        if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                            exchange.getResponseHeaders().put(name, List.copyOf(values));
                        }
                    });
            var body = answer.body();
            exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
