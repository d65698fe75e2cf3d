package dev.slipway.sandbox.server;

import com.sun.net.httpserver.Headers;
import dev.slipway.sandbox.world.CloudflareWorld;
import dev.slipway.sandbox.world.EdgeRouting;
import dev.slipway.sandbox.world.EdgeRouting.Target;
import dev.slipway.sandbox.world.Faults;
import dev.slipway.sandbox.world.WorkerScript;
import dev.slipway.sandbox.world.WorkerVersion;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The place where deployed Workers answer: plain HTTP on loopback, the hostname in `Host`.
public final class EdgeServer implements AutoCloseable {
    private static final Pattern OVERRIDE =
            Pattern.compile("([A-Za-z0-9_-]+)\\s*=\\s*\"([^\"]*)\"");
    private static final String COLO = "SBX";
    private static final Duration SWEEP = Duration.ofMillis(500);

    private final EdgeRouting routing;
    private final RandomGenerator random;
    private final WorkerRun workers;
    private final EdgeCounts counts;
    private final EdgeTraffic traffic;
    private final LoopbackServer server;
    private final Thread sweeper;

    /// Starts the edge in front of `world`.
    ///
    /// @param port a port of one's own, or 0 for a free one
    /// @param random decides shares, error rates and the pauses of background traffic; must be safe
    ///     for many threads
    public EdgeServer(CloudflareWorld world, Faults faults, int port, RandomGenerator random) {
        this.random = random;
        routing = new EdgeRouting(world);
        workers = new WorkerRun(world.pace(), world.clock(), random);
        counts = new EdgeCounts();
        server =
                new LoopbackServer(
                        "edge",
                        port,
                        faults,
                        List.of(),
                        exchange -> exchange.next().apply(exchange.request()),
                        this::answer);
        traffic = new EdgeTraffic(this::visit, random);
        sweeper = Thread.ofVirtual().start(this::sweep);
    }

    /// Base address; which Worker answers is decided by the `Host` header alone.
    public URI address() {
        return server.address();
    }

    /// Traffic of people who know nothing of releases.
    public EdgeTraffic traffic() {
        return traffic;
    }

    /// What every version has answered since the edge started.
    public List<EdgeCounts.Count> counts() {
        return counts.all();
    }

    private void visit(String host) {
        var headers = new Headers();
        headers.set("Host", host);
        var _ = answer(new Request("GET", "/", Map.of(), headers, new byte[0], Map.of()));
    }

    private Response answer(Request request) {
        var host = request.header("Host").orElse("").replaceFirst(":\\d+$", "");
        var response =
                switch (routing.target(host, request.path())) {
                    case Target.AtWorker(var script) -> chosen(script, request);
                    case Target.AtVersion(var script, var version) ->
                            run(script, version, request, false);
                    case Target.NothingThere _ -> page(404, "There is nothing here yet");
                    case Target.NoOrigin _ -> page(522, "error code: 522");
                    case Target.Unknown _ -> page(409, "error code: 1001");
                };
        return response.header("Server", "cloudflare").header("CF-RAY", ray());
    }

    private Response chosen(WorkerScript script, Request request) {
        var wanted = override(script, request);
        return routing.choose(
                        script, wanted, request.header("Cloudflare-Workers-Version-Key"), random)
                .map(version ->
                        run(
                                script,
                                version,
                                request,
                                !wanted.map(version.id()::equals).orElse(false)))
                .orElseGet(() -> page(404, "There is nothing here yet"));
    }

    private static Optional<String> override(WorkerScript script, Request request) {
        return request.header("Cloudflare-Workers-Version-Overrides").stream()
                .flatMap(h -> OVERRIDE.matcher(h).results())
                .filter(m -> m.group(1).equals(script.name()))
                .map(m -> m.group(2))
                .findFirst();
    }

    private Response run(
            WorkerScript script, WorkerVersion version, Request request, boolean ordinary) {
        var response = workers.answer(script, version, request.path(), ordinary);
        counts.count(script.name(), version.id(), response.status() >= 500);
        return response;
    }

    private static Response page(int status, String text) {
        return Response.text(status, "text/plain; charset=UTF-8", text);
    }

    private String ray() {
        return "%016x-%s".formatted(random.nextLong(), COLO);
    }

    private void sweep() {
        try {
            while (true) {
                Thread.sleep(SWEEP);
                workers.closeIdle();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        traffic.off();
        sweeper.interrupt();
        server.close();
        workers.close();
    }
}
