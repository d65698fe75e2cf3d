package dev.slipway.sandbox.server;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.InputException;
import dev.slipway.sandbox.server.LoopbackServer.Route;
import dev.slipway.sandbox.world.CiActor;
import dev.slipway.sandbox.world.Faults;
import dev.slipway.sandbox.world.GitChange;
import dev.slipway.sandbox.world.GitHubPull;
import dev.slipway.sandbox.world.GitHubPulls;
import dev.slipway.sandbox.world.GitHubRefusal;
import dev.slipway.sandbox.world.GitHubWorld;
import dev.slipway.sandbox.world.NeonWorld;
import dev.slipway.sandbox.world.Scene;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Where window, command line and tests reach behind the scenes of a world: switch faults, change
/// what continuous integration does wrong, push to pull requests, hold the traffic, count what was
/// woken. Everything lies below a secret path, so that no web page can reach it by guessing a port.
///
/// | request | does |
/// |---|---|
/// | `GET faults` | `{faults}`, those that are on, see [FaultJson] |
/// | `GET state` | faults, habits of CI, traffic, calls, computes with wake-ups, open pull requests |
/// | `POST faults` | switches one on, see [FaultJson] |
/// | `DELETE faults/{id}` | switches one off |
/// | `DELETE faults` | switches all off |
/// | `PATCH ci` | `{withoutVersion, deploys, slowness, leaks}`, each optional |
/// | `PUT traffic` | `{on}` |
/// | `POST pulls/{number}/push` | `{message?, files:{path: text or null}}` as its author |
/// | `POST pulls/{number}/close` | closes it |
/// | `POST pulls` | `{title, author, branch, files, draft?}` opens one |
/// | `POST push` | `{message?, author, files}` on the base branch |
public final class ControlServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Parts parts;
    private final String secret;
    private final LoopbackServer server;

    /// What is behind the scenes.
    ///
    /// @param calls how many requests each service has had
    public record Parts(
            Scene scene,
            GitHubWorld github,
            NeonWorld neon,
            EdgeServer edge,
            List<String> hostnames,
            CiActor ci,
            Faults faults,
            Supplier<Map<String, Integer>> calls,
            Duration pause,
            InstantSource clock) {
        public Parts {
            hostnames = List.copyOf(hostnames);
        }
    }

    /// @param secret the first part of every path
    public ControlServer(Parts parts, String secret, int port) {
        this.parts = parts;
        this.secret = secret;
        server =
                new LoopbackServer(
                        "control",
                        port,
                        parts.faults(),
                        List.of(
                                route("GET", "state", _ -> state()),
                                route("GET", "faults", _ -> faults()),
                                route("POST", "faults", this::addFault),
                                route("DELETE", "faults/{id}", this::removeFault),
                                route("DELETE", "faults", _ -> clearFaults()),
                                route("PATCH", "ci", this::changeHabits),
                                route("PUT", "traffic", this::changeTraffic),
                                route("POST", "pulls", this::open),
                                route("POST", "pulls/{number}/push", this::push),
                                route("POST", "pulls/{number}/close", this::close),
                                route("POST", "push", this::pushBase)),
                        exchange -> exchange.next().apply(exchange.request()),
                        _ -> Response.json(404, Map.of("message", "There is nothing here.")));
    }

    /// Base address; ends in a slash.
    public URI address() {
        return server.address().resolve("/" + secret + "/");
    }

    private Route route(String method, String path, Function<Request, Response> handler) {
        return new Route(
                method,
                "/" + secret + "/" + path,
                request -> {
                    try {
                        return handler.apply(request);
                    } catch (InputException
                            | IllegalArgumentException
                            | GitHubRefusal
                            | JacksonException e) {
                        return Response.json(
                                400, Map.of("message", String.valueOf(e.getMessage())));
                    }
                });
    }

    private Response state() {
        var state = new LinkedHashMap<String, Object>();
        state.put("id", parts.scene().id());
        state.put("faults", parts.faults().on().stream().map(FaultJson::write).toList());
        state.put("ci", parts.ci().habits());
        state.put("traffic", Map.of("on", parts.edge().traffic().isOn()));
        state.put("calls", parts.calls().get());
        state.put("computes", computes());
        state.put(
                "pulls",
                parts.github().pulls().open().stream()
                        .map(pull ->
                                Map.of(
                                        "number", pull.number(),
                                        "head", pull.headSha().value(),
                                        "branch", pull.headBranch()))
                        .toList());
        return Response.json(200, state);
    }

    private List<Map<String, Object>> computes() {
        var project = parts.scene().stack().project();
        return parts.neon().branches(project).stream()
                .flatMap(branch ->
                        parts
                                .neon()
                                .endpoint(project, branch.id())
                                .map(endpoint -> {
                                    var shown = new LinkedHashMap<String, Object>();
                                    shown.put("branch", branch.name());
                                    shown.put(
                                            "state",
                                            endpoint.state().name().toLowerCase(Locale.ROOT));
                                    shown.put("wakeUps", endpoint.wakeUps());
                                    return (Map<String, Object>) shown;
                                })
                                .stream())
                .toList();
    }

    private Response faults() {
        return Response.json(
                200, Map.of("faults", parts.faults().on().stream().map(FaultJson::write).toList()));
    }

    private Response addFault(Request request) {
        var workers =
                parts.scene().workers().stream()
                        .map(worker -> worker.names().name())
                        .collect(Collectors.toCollection(TreeSet::new));
        parts.faults().add(FaultJson.read(JSON.readTree(request.body()), workers));
        return state();
    }

    private Response removeFault(Request request) {
        var id = request.variable("id");
        if (!id.matches("\\d{1,18}") || !parts.faults().remove(Long.parseLong(id))) {
            return Response.json(
                    404, Map.of("message", "No fault " + id + " is on; nothing was changed."));
        }
        return faults();
    }

    private Response clearFaults() {
        parts.faults().clear();
        return state();
    }

    private Response changeHabits(Request request) {
        var asked = JSON.readTree(request.body());
        var habits = parts.ci().habits();
        if (asked.has("withoutVersion")) {
            habits =
                    habits.without(
                            asked.path("withoutVersion")
                                    .valueStream()
                                    .map(JsonNode::asString)
                                    .collect(Collectors.toSet()));
        }
        if (asked.has("deploys")) {
            habits = habits.deploying(asked.path("deploys").asBoolean());
        }
        if (asked.has("slowness")) {
            habits = habits.slower(asked.path("slowness").asDouble());
        }
        if (asked.has("leaks")) {
            habits = habits.leaking(asked.path("leaks").asBoolean());
        }
        parts.ci().habits(habits);
        return state();
    }

    private Response changeTraffic(Request request) {
        if (JSON.readTree(request.body()).path("on").asBoolean()) {
            parts.edge().traffic().on(parts.hostnames(), parts.pause());
        } else {
            parts.edge().traffic().off();
        }
        return state();
    }

    private Response open(Request request) {
        var asked = JSON.readTree(request.body());
        var author = required(asked, "author");
        var branch = required(asked, "branch");
        var title = required(asked, "title");
        parts.github().push(branch, author, change(asked, author, title));
        var pull =
                parts.github()
                        .pulls()
                        .open(
                                new GitHubPulls.Opening(
                                        title,
                                        "",
                                        author,
                                        branch,
                                        parts.scene().stack().branch(),
                                        asked.path("draft").asBoolean(false)));
        return Response.json(201, Map.of("number", pull.number(), "head", pull.headSha().value()));
    }

    private Response push(Request request) {
        var pull = pull(request);
        var head =
                pull.headOwner().equals(parts.scene().owner())
                        ? pull.headBranch()
                        : pull.headOwner() + ":" + pull.headBranch();
        var asked = JSON.readTree(request.body());
        return pushed(
                parts.github().push(head, pull.author(), change(asked, pull.author(), "Continue")));
    }

    private Response pushBase(Request request) {
        var asked = JSON.readTree(request.body());
        var author = required(asked, "author");
        return pushed(
                parts.github()
                        .push(
                                parts.scene().stack().branch(),
                                author,
                                change(asked, author, "Continue")));
    }

    private static Response pushed(CommitSha sha) {
        return Response.json(201, Map.of("head", sha.value()));
    }

    private Response close(Request request) {
        var pull = pull(request);
        parts.github().pulls().close(pull.number(), pull.author());
        return state();
    }

    private GitHubPull pull(Request request) {
        return parts.github()
                .pulls()
                .get(Integer.parseInt(request.variable("number")))
                .orElseThrow(() -> new IllegalArgumentException("There is no such pull request."));
    }

    private GitChange change(JsonNode asked, String author, String otherwise) {
        var person = parts.github().accounts().person(author).person();
        var change =
                GitChange.of(
                        asked.path("message").asString(otherwise), person, parts.clock().instant());
        if (asked.path("files").isEmpty()) {
            throw new IllegalArgumentException("\"files\" must name at least one file.");
        }
        for (var file : asked.path("files").properties()) {
            change =
                    file.getValue().isNull()
                            ? change.without(file.getKey())
                            : change.with(file.getKey(), file.getValue().asString());
        }
        return change;
    }

    private static String required(JsonNode asked, String key) {
        var value = asked.path(key).asString("");
        if (value.isBlank()) {
            throw new IllegalArgumentException("\"" + key + "\" is missing.");
        }
        return value;
    }

    @Override
    public void close() {
        server.close();
    }
}
