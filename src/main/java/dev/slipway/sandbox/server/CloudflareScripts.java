package dev.slipway.sandbox.server;

import static dev.slipway.sandbox.server.CloudflareEnvelope.fields;
import static dev.slipway.sandbox.server.CloudflareEnvelope.ok;

import dev.slipway.sandbox.server.LoopbackServer.Route;
import dev.slipway.sandbox.world.CloudflareRefusal;
import dev.slipway.sandbox.world.CloudflareWorld;
import dev.slipway.sandbox.world.WorkerScript;
import dev.slipway.sandbox.world.WorkerVersion;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// The API of whole scripts: list, upload, content, settings, schedules, tails.
final class CloudflareScripts {
    static final String WORKERS = "/client/v4/accounts/{account}/workers";
    static final String SCRIPT = WORKERS + "/scripts/{name}";

    private final CloudflareWorld world;
    private final CloudflareView view;
    private final Map<String, Object> tails = new ConcurrentHashMap<>();

    CloudflareScripts(CloudflareWorld world) {
        this.world = world;
        this.view = new CloudflareView(world.account());
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", WORKERS + "/scripts", this::list),
                new Route("GET", WORKERS + "/scripts-search", this::search),
                new Route("GET", SCRIPT, this::download),
                new Route("PUT", SCRIPT, this::deploy),
                new Route("DELETE", SCRIPT, this::delete),
                new Route("GET", SCRIPT + "/content/v2", this::content),
                new Route("GET", SCRIPT + "/settings", r -> ok(view.settings(script(world, r)))),
                new Route("PATCH", SCRIPT + "/settings", this::rebind),
                new Route(
                        "GET",
                        SCRIPT + "/script-settings",
                        r -> ok(view.unversioned(script(world, r)))),
                new Route("PATCH", SCRIPT + "/script-settings", this::configure),
                new Route("GET", SCRIPT + "/schedules", this::schedules),
                new Route("PUT", SCRIPT + "/schedules", this::schedule),
                new Route(
                        "GET",
                        SCRIPT + "/tails",
                        r ->
                                ok(
                                        Optional.ofNullable(tails.get(script(world, r).name()))
                                                .orElse(List.of()))),
                new Route("POST", SCRIPT + "/tails", this::tail),
                new Route("DELETE", SCRIPT + "/tails/{id}", this::endTail));
    }

    /// @throws CloudflareRefusal 10007 when there is none
    static WorkerScript script(CloudflareWorld world, Request request) {
        return world.workers()
                .script(request.variable("name"))
                .orElseThrow(CloudflareRefusal::noScript);
    }

    private Response list(Request request) {
        var wanted = request.query("tags").map(t -> List.of(t.split(","))).orElse(List.of());
        return ok(
                world.workers().scripts().stream()
                        .filter(s -> wanted.stream().allMatch(w -> tagged(s, w)))
                        .map(s -> view.script(s, world.domains()))
                        .toList());
    }

    /// `name:yes` or `name:no`.
    private static boolean tagged(WorkerScript script, String wanted) {
        var tags = script.settings().get("tags") instanceof List<?> list ? list : List.of();
        return wanted.endsWith(":no")
                ? !tags.contains(wanted.substring(0, wanted.length() - 3))
                : tags.contains(wanted.replaceFirst(":yes$", ""));
    }

    private Response search(Request request) {
        var part = request.query("name").orElse("");
        var id = request.query("id");
        var found =
                world.workers().scripts().stream()
                        .filter(s -> s.name().contains(part))
                        .filter(s -> id.map(i -> i.equals(s.tag())).orElse(true))
                        .map(s ->
                                fields(
                                        "id", s.tag(),
                                        "script_name", s.name(),
                                        "created_on", s.createdOn(),
                                        "modified_on", s.modifiedOn(),
                                        "service_name", s.name(),
                                        "environment_name", "production",
                                        "environment_is_default", true))
                        .toList();
        return CloudflareEnvelope.page(found, request, 10, 100);
    }

    private Response deploy(Request request) {
        var upload = CloudflareUploads.read(request);
        var version = world.workers().deploy(request.variable("name"), upload);
        // Tags belong to the script, not to its version.
        Optional.ofNullable(upload.runtime().get("tags"))
                .ifPresent(tags ->
                        world.workers().configure(request.variable("name"), Map.of("tags", tags)));
        return ok(view.deployed(script(world, request), version, world.domains()));
    }

    private Response delete(Request request) {
        world.workers().delete(request.variable("name"));
        return ok(null);
    }

    private Response download(Request request) {
        var version = shown(request);
        if (version.modules().size() != 1) {
            return content(request);
        }
        return new Response(
                200,
                List.of(Map.entry("Content-Type", version.modules().getFirst().contentType())),
                world.workers().content(version.modules().getFirst()));
    }

    /// All modules as a form, the main one named in a header.
    private Response content(Request request) {
        var version = shown(request);
        var boundary = UUID.randomUUID().toString();
        var body = new ByteArrayOutputStream();
        for (var module : version.modules()) {
            body.writeBytes(
                    """
                    --%s\r
                    Content-Disposition: form-data; name="%s"; filename="%s"\r
                    Content-Type: %s\r
                    \r
                    """
                            .formatted(boundary, module.name(), module.name(), module.contentType())
                            .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(world.workers().content(module));
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return new Response(
                        200,
                        List.of(
                                Map.entry(
                                        "Content-Type",
                                        "multipart/form-data; boundary=" + boundary)),
                        body.toByteArray())
                .header("cf-entrypoint", version.mainModule());
    }

    private WorkerVersion shown(Request request) {
        var script = script(world, request);
        return request.query("version")
                .map(script::version)
                .orElseGet(script::newest)
                .orElseThrow(
                        () -> new CloudflareRefusal(404, 100146, "Could not find that version."));
    }

    private Response rebind(Request request) {
        var script = script(world, request);
        var json =
                request.header("Content-Type").orElse("").startsWith("multipart/")
                        ? CloudflareUploads.form(request)
                                .part("settings", Optional.empty())
                                .map(p -> CloudflareEnvelope.parse(p.text()))
                                .orElseThrow(() ->
                                        new CloudflareRefusal(
                                                400, 10026, "The form has no part named settings."))
                        : CloudflareEnvelope.body(request);
        var runtime = new LinkedHashMap<>(CloudflareEnvelope.plain(json));
        var unversioned = new LinkedHashMap<String, Object>();
        for (var key : List.of("tags", "logpush", "observability", "tail_consumers")) {
            Optional.ofNullable(runtime.remove(key)).ifPresent(v -> unversioned.put(key, v));
        }
        if (runtime.remove("bindings") != null) {
            var bindings = CloudflareUploads.bindings(json.path("bindings"));
            world.workers().rebind(script.name(), bindings, runtime);
        }
        if (!unversioned.isEmpty()) {
            world.workers().configure(script.name(), unversioned);
        }
        return ok(view.settings(script(world, request)));
    }

    private Response configure(Request request) {
        var settings = CloudflareEnvelope.plain(CloudflareEnvelope.body(request));
        return ok(
                view.unversioned(
                        world.workers().configure(script(world, request).name(), settings)));
    }

    private Response schedules(Request request) {
        var script = script(world, request);
        return ok(fields("schedules", crons(script)));
    }

    private Response schedule(Request request) {
        var crons = new ArrayList<String>();
        CloudflareEnvelope.body(request)
                .values()
                .forEach(n -> crons.add(n.path("cron").asString("")));
        var script = world.workers().schedule(script(world, request).name(), crons);
        return ok(fields("schedules", crons(script)));
    }

    private static List<?> crons(WorkerScript script) {
        return script.crons().stream()
                .map(c ->
                        fields(
                                "cron", c,
                                "created_on", script.createdOn(),
                                "modified_on", script.modifiedOn()))
                .toList();
    }

    private Response tail(Request request) {
        var script = script(world, request);
        var id = UUID.randomUUID().toString();
        var tail =
                fields(
                        "id",
                        id,
                        "url",
                        "wss://tail.developers.workers.dev/" + id,
                        "expires_at",
                        world.clock().instant().plus(Duration.ofHours(6)));
        tails.put(script.name(), List.of(tail));
        return ok(tail);
    }

    private Response endTail(Request request) {
        tails.remove(script(world, request).name());
        return ok(null);
    }
}
