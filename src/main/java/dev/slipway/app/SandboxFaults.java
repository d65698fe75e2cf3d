package dev.slipway.app;

import dev.slipway.domain.RefusedException;
import dev.slipway.fault.ActiveFault;
import dev.slipway.fault.FaultBoard;
import dev.slipway.fault.FaultKind;
import dev.slipway.fault.FaultOrder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The switches of a running sandbox, over its control address; the sandbox of this process is
/// asked the same way as any other.
final class SandboxFaults implements FaultBoard {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI control;

    /// @param control the control address, which ends in a slash
    SandboxFaults(URI control) {
        this.control = control;
    }

    @Override
    public List<ActiveFault> on() {
        return ask("GET", "faults", "")
                .path("faults")
                .valueStream()
                .map(SandboxFaults::read)
                .toList();
    }

    @Override
    public void start(FaultOrder order) {
        ask("POST", "faults", JSON.writeValueAsString(write(order)));
    }

    @Override
    public void stop(String id) {
        if (!id.matches("[0-9]{1,18}")) {
            throw refused("No fault " + id + " is on; nothing was changed.");
        }
        ask("DELETE", "faults/" + id, "");
    }

    @Override
    public void clear() {
        ask("DELETE", "faults", "");
    }

    private static Map<String, Object> write(FaultOrder order) {
        var json = new LinkedHashMap<String, Object>();
        json.put("kind", order.kind().key());
        order.service().ifPresent(service -> json.put("service", service));
        order.method().ifPresent(method -> json.put("method", method));
        order.path().ifPresent(path -> json.put("path", path));
        if (order.times() != 0) {
            json.put("times", order.times());
        }
        order.by().ifPresent(by -> json.put("byMs", by.toMillis()));
        order.status().ifPresent(status -> json.put("status", status));
        order.retryAfter().ifPresent(seconds -> json.put("retryAfter", seconds));
        if (!order.workers().isEmpty()) {
            json.put("workers", order.workers());
        }
        order.factor().ifPresent(factor -> json.put("factor", factor));
        order.after().ifPresent(after -> json.put("after", after));
        return json;
    }

    private static ActiveFault read(JsonNode json) {
        var status = json.has("status") ? Optional.of(json.path("status").intValue()) : none();
        return new ActiveFault(
                json.path("id").stringValue(),
                new FaultOrder(
                        kind(json.path("kind").stringValue(), status),
                        text(json, "service"),
                        text(json, "method"),
                        text(json, "path"),
                        json.path("times").asInt(0),
                        json.has("byMs")
                                ? Optional.of(Duration.ofMillis(json.path("byMs").longValue()))
                                : Optional.empty(),
                        status,
                        json.has("retryAfter")
                                ? Optional.of(json.path("retryAfter").intValue())
                                : none(),
                        json.path("workers").valueStream().map(JsonNode::stringValue).toList(),
                        json.has("factor")
                                ? Optional.of(json.path("factor").doubleValue())
                                : Optional.empty(),
                        json.has("after") ? Optional.of(json.path("after").intValue()) : none()),
                json.path("left").asInt(0));
    }

    private static Optional<Integer> none() {
        return Optional.empty();
    }

    /// The sandbox knows one fault for every fixed answer; people know the usual ones by name.
    private static FaultKind kind(String key, Optional<Integer> status) {
        var kind =
                FaultKind.of(key)
                        .orElseThrow(() ->
                                refused(
                                        "The sandbox has a fault of the kind "
                                                + key
                                                + ", which this Slipway does not know. Nothing was"
                                                + " changed."));
        return kind != FaultKind.ANSWER
                ? kind
                : switch (status.orElse(0)) {
                    case 500 -> FaultKind.SERVER_ERROR;
                    case 429 -> FaultKind.RATE_LIMIT;
                    case 423 -> FaultKind.LOCKED;
                    default -> kind;
                };
    }

    private static Optional<String> text(JsonNode json, String key) {
        return Optional.ofNullable(json.path(key).asString(null)).filter(t -> !t.isEmpty());
    }

    private JsonNode ask(String method, String path, String body) {
        try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var answer =
                    http.send(
                            HttpRequest.newBuilder(control.resolve(path))
                                    .timeout(PATIENCE)
                                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            var json = JSON.readTree(answer.body());
            if (answer.statusCode() >= 300) {
                throw refused(sentence(json.path("message").asString("")));
            }
            return json;
        } catch (IOException | JacksonException e) {
            throw refused(
                    "The sandbox does not answer at its control address. Nothing was switched; start"
                            + " it again, or give the world file of one that runs.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused("Interrupted while the sandbox was asked.");
        }
    }

    private static String sentence(String message) {
        return "The sandbox does not accept this: "
                + message
                + (message.endsWith(".") ? "" : ".")
                + " Nothing was switched.";
    }

    private static RefusedException refused(String sentence) {
        return new RefusedException(sentence);
    }
}
