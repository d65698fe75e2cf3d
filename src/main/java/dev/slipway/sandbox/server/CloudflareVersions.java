package dev.slipway.sandbox.server;

import static dev.slipway.sandbox.server.CloudflareEnvelope.fields;
import static dev.slipway.sandbox.server.CloudflareEnvelope.ok;
import static dev.slipway.sandbox.server.CloudflareScripts.SCRIPT;

import dev.slipway.sandbox.server.LoopbackServer.Route;
import dev.slipway.sandbox.world.CloudflareRefusal;
import dev.slipway.sandbox.world.CloudflareWorld;
import dev.slipway.sandbox.world.WorkerDeployment;
import dev.slipway.sandbox.world.WorkerDeployment.Share;
import dev.slipway.sandbox.world.WorkerScript;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The API of versions and deployments. Reads lag a moment behind writes, as Cloudflare's do.
final class CloudflareVersions {
    private final CloudflareWorld world;
    private final CloudflareView view;

    CloudflareVersions(CloudflareWorld world) {
        this.world = world;
        this.view = new CloudflareView(world.account());
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", SCRIPT + "/versions", this::list),
                new Route("POST", SCRIPT + "/versions", this::upload),
                new Route("GET", SCRIPT + "/versions/{id}", this::version),
                new Route("GET", SCRIPT + "/deployments", this::deployments),
                new Route("POST", SCRIPT + "/deployments", this::deploy),
                new Route("GET", SCRIPT + "/deployments/{id}", this::deployment),
                new Route("DELETE", SCRIPT + "/deployments/{id}", this::forget));
    }

    private WorkerScript seen(Request request) {
        return world.workers()
                .seen(request.variable("name"))
                .orElseThrow(CloudflareRefusal::noScript);
    }

    private Response list(Request request) {
        var script = seen(request);
        var deployable = request.query("deployable").equals(Optional.of("true"));
        var versions =
                (deployable ? script.deployable() : script.versions().reversed())
                        .stream().map(view::version).toList();
        return CloudflareEnvelope.page(
                versions,
                request,
                deployable ? WorkerScript.DEPLOYABLE : 10,
                100,
                items -> fields("items", items));
    }

    private Response version(Request request) {
        var id = request.variable("id");
        return ok(
                seen(request)
                        .version(id)
                        .map(view::version)
                        .orElseThrow(() -> CloudflareRefusal.noVersion(id)));
    }

    private Response upload(Request request) {
        return ok(
                view.version(
                        world.workers()
                                .upload(
                                        request.variable("name"),
                                        CloudflareUploads.read(request))));
    }

    private Response deployments(Request request) {
        var since = time(request, "since").orElse(Instant.MIN);
        var until = time(request, "until").orElse(Instant.MAX);
        var found =
                seen(request).deployments().stream()
                        .filter(d -> !d.createdOn().isBefore(since))
                        .filter(d -> !d.createdOn().isAfter(until))
                        .map(CloudflareView::deployment)
                        .toList();
        return CloudflareEnvelope.page(found, request, 10, 100, all -> fields("deployments", all));
    }

    private Response deployment(Request request) {
        return ok(
                seen(request).deployments().stream()
                        .filter(d -> d.id().equals(request.variable("id")))
                        .findFirst()
                        .map(CloudflareView::deployment)
                        .orElseThrow(
                                () -> new CloudflareRefusal(404, 10222, "Deployment not found.")));
    }

    private Response deploy(Request request) {
        var body = CloudflareEnvelope.body(request);
        if (!body.path("strategy").asString("").equals("percentage")) {
            throw new CloudflareRefusal(400, 10021, "strategy must be \"percentage\".");
        }
        var shares = new ArrayList<Share>();
        for (var item : body.path("versions").values()) {
            if (!item.path("version_id").isString() || !item.path("percentage").isNumber()) {
                throw new CloudflareRefusal(
                        400, 10021, "Each version needs a version_id and a percentage.");
            }
            shares.add(
                    new Share(
                            item.path("version_id").asString(),
                            item.path("percentage").asDouble()));
        }
        WorkerDeployment made =
                world.workers()
                        .deploy(
                                request.variable("name"),
                                shares,
                                CloudflareUploads.annotations(body.path("annotations")),
                                request.query("force").equals(Optional.of("true")),
                                CloudflareUploads.source(request));
        return ok(CloudflareView.deployment(made));
    }

    private Response forget(Request request) {
        world.workers().forgetDeployment(request.variable("name"), request.variable("id"));
        return ok(null);
    }

    private static Optional<Instant> time(Request request, String name) {
        try {
            return request.query(name).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw new CloudflareRefusal(400, 10003, name + " must be an RFC 3339 time.");
        }
    }
}
