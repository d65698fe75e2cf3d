package dev.slipway.sandbox.server;

import static dev.slipway.sandbox.server.CloudflareEnvelope.ok;
import static dev.slipway.sandbox.server.CloudflareScripts.WORKERS;

import dev.slipway.sandbox.server.LoopbackServer.Route;
import dev.slipway.sandbox.world.CloudflareRefusal;
import dev.slipway.sandbox.world.CloudflareWorld;
import dev.slipway.sandbox.world.WorkerBinding;
import dev.slipway.sandbox.world.WorkerScript;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The two other trees in which wrangler looks for a Worker: the undocumented `services` and the
/// beta `workers`.
final class CloudflareTrees {
    private static final String SERVICE = WORKERS + "/services/{name}";
    private static final String ENVIRONMENT = SERVICE + "/environments/{environment}";
    private static final String WORKER = WORKERS + "/workers/{name}";

    private final CloudflareWorld world;
    private final CloudflareView view;

    CloudflareTrees(CloudflareWorld world) {
        this.world = world;
        this.view = new CloudflareView(world.account());
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", SERVICE, r -> ok(view.service(service(r)))),
                new Route("DELETE", SERVICE, r -> delete(service(r))),
                new Route("GET", ENVIRONMENT, r -> ok(environment(r).get("default_environment"))),
                new Route(
                        "GET",
                        ENVIRONMENT + "/bindings",
                        r ->
                                ok(
                                        service(r).newest().stream()
                                                .flatMap(v -> v.bindings().stream())
                                                .map(WorkerBinding::shown)
                                                .toList())),
                new Route("GET", ENVIRONMENT + "/routes", this::routesOf),
                new Route("GET", ENVIRONMENT + "/subdomain", r -> ok(view.subdomain(service(r)))),
                new Route("GET", WORKER, r -> ok(view.worker(worker(r)))),
                new Route("PATCH", WORKER, this::change),
                new Route("DELETE", WORKER, r -> delete(worker(r))),
                new Route("GET", WORKER + "/previews/{preview}", this::noPreview),
                new Route("DELETE", WORKER + "/previews/{preview}", this::noPreview));
    }

    private WorkerScript service(Request request) {
        return world.workers()
                .script(request.variable("name"))
                .orElseThrow(() ->
                        new CloudflareRefusal(
                                404, 10090, "This Worker does not exist on this account."));
    }

    private Map<String, ?> environment(Request request) {
        if (!request.variable("environment").equals("production")) {
            throw new CloudflareRefusal(404, 10092, "This environment does not exist.");
        }
        return view.service(service(request));
    }

    /// By name or by id.
    private WorkerScript worker(Request request) {
        var wanted = request.variable("name");
        return world.workers()
                .script(wanted)
                .or(() ->
                        world.workers().scripts().stream()
                                .filter(s -> s.tag().equals(wanted))
                                .findFirst())
                .orElseThrow(CloudflareRefusal::noScript);
    }

    private Response delete(WorkerScript script) {
        world.workers().delete(script.name());
        return ok(null);
    }

    private Response routesOf(Request request) {
        var name = service(request).name();
        return ok(
                world.domains().routes().stream()
                        .filter(r -> r.script().equals(Optional.of(name)))
                        .map(CloudflareView::route)
                        .toList());
    }

    private Response change(Request request) {
        var script = worker(request);
        var body = CloudflareEnvelope.body(request);
        var settings = new LinkedHashMap<>(CloudflareEnvelope.plain(body));
        settings.keySet().retainAll(List.of("tags", "logpush", "observability", "tail_consumers"));
        world.workers().configure(script.name(), settings);
        var subdomain = body.path("subdomain");
        if (subdomain.isObject()) {
            world.workers()
                    .reachable(
                            script.name(),
                            subdomain.path("enabled").asBoolean(script.onWorkersDev()),
                            subdomain.path("previews_enabled").asBoolean(script.previews()));
        }
        return ok(view.worker(world.workers().script(script.name()).orElse(script)));
    }

    private Response noPreview(Request request) {
        worker(request);
        return CloudflareEnvelope.refused(
                new CloudflareRefusal(
                        404,
                        10025,
                        "Preview '%s' not found.".formatted(request.variable("preview"))));
    }
}
