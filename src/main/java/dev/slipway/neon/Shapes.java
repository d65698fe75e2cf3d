package dev.slipway.neon;

import dev.slipway.http.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Reads Neon's answers.
final class Shapes {
    private Shapes() {}

    static Project project(Json json) {
        var limit =
                json.find("owner")
                        .map(o -> o.maybeNumber("branches_limit"))
                        .filter(l -> l.isPresent() && l.getAsLong() > 0);
        return new Project(
                json.text("id"),
                json.text("name"),
                json.text("region_id"),
                json.integer("pg_version"),
                Duration.ofSeconds(json.number("history_retention_seconds")),
                limit.map(l -> OptionalInt.of(Math.toIntExact(l.getAsLong())))
                        .orElseGet(OptionalInt::empty),
                json.flag("store_passwords", true));
    }

    static Branch branch(Json json, Map<String, String> annotation) {
        var size = json.maybeNumber("logical_size");
        return new Branch(
                json.text("id"),
                json.text("name"),
                json.someText("parent_id"),
                json.someText("parent_lsn"),
                json.maybeTime("parent_timestamp"),
                json.text("current_state"),
                json.someText("pending_state"),
                json.flag("default"),
                json.flag("protected"),
                json.time("created_at"),
                json.time("updated_at"),
                json.maybeTime("expires_at"),
                size.isPresent() && size.getAsLong() >= 0 ? size : OptionalLong.empty(),
                annotation);
    }

    /// The texts of an annotation as Neon wraps it, `{object, value}`.
    static Map<String, String> annotation(Optional<Json> json) {
        return json.flatMap(a -> a.find("value")).map(Json::asTexts).orElse(Map.of());
    }

    static Endpoint endpoint(Json json) {
        var idle = json.maybeNumber("suspend_timeout_seconds").orElse(0);
        return new Endpoint(
                json.text("id"),
                json.text("host"),
                json.text("branch_id"),
                json.text("type").equals("read_write"),
                switch (json.text("current_state")) {
                    case "init" -> Endpoint.State.INIT;
                    case "active" -> Endpoint.State.ACTIVE;
                    case "idle" -> Endpoint.State.IDLE;
                    default -> Endpoint.State.UNKNOWN;
                },
                json.someText("pending_state"),
                json.flag("disabled", false),
                idle > 0 ? Optional.of(Duration.ofSeconds(idle)) : Optional.empty(),
                json.maybeTime("last_active"));
    }

    static Operation operation(Json json) {
        return new Operation(
                json.text("id"),
                json.someText("branch_id"),
                json.someText("endpoint_id"),
                json.text("action"),
                json.text("status"),
                json.someText("error"),
                (int) json.maybeNumber("failures_count").orElse(0),
                json.maybeTime("retry_at"),
                json.time("created_at"),
                json.time("updated_at"));
    }
}
