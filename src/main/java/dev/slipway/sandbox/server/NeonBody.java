package dev.slipway.sandbox.server;

import dev.slipway.sandbox.postgres.Lsn;
import dev.slipway.sandbox.postgres.Point;
import dev.slipway.sandbox.world.NeonBranch;
import dev.slipway.sandbox.world.NeonBranches;
import dev.slipway.sandbox.world.NeonEndpoint;
import dev.slipway.sandbox.world.NeonRefusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what a client of Neon's API sends, strictly: what has the wrong type is refused, never
/// ignored.
final class NeonBody {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private NeonBody() {}

    static JsonNode of(Request request) {
        if (request.body().length == 0) {
            return JSON.createObjectNode();
        }
        try {
            return JSON.readTree(request.text());
        } catch (JacksonException e) {
            throw bad("request body is not JSON");
        }
    }

    static NeonRefusal bad(String message) {
        return new NeonRefusal(400, "", message);
    }

    static Optional<String> text(JsonNode in, String name) {
        var value = in.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw bad(name + " must be a string");
        }
        return Optional.of(value.stringValue());
    }

    static String required(JsonNode in, String name) {
        return text(in, name).orElseThrow(() -> bad(name + " is required"));
    }

    static Optional<Boolean> flag(JsonNode in, String name) {
        var value = in.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw bad(name + " must be true or false");
        }
        return Optional.of(value.booleanValue());
    }

    static Optional<Double> number(JsonNode in, String name) {
        var value = in.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isNumber()) {
            throw bad(name + " must be a number");
        }
        return Optional.of(value.doubleValue());
    }

    static Optional<Instant> time(JsonNode in, String name) {
        return text(in, name).map(text -> time(name, text));
    }

    static Instant time(String name, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw bad(name + " must be a RFC 3339 timestamp");
        }
    }

    /// A moment given as a position, as a time, or not at all.
    static Point point(JsonNode in, String lsnName, String timeName) {
        return point(lsnName, text(in, lsnName), timeName, time(in, timeName));
    }

    /// The same of the query of a request.
    static Point point(Request request, String lsnName, String timeName) {
        return point(
                lsnName,
                request.query(lsnName),
                timeName,
                request.query(timeName).map(text -> time(timeName, text)));
    }

    private static Point point(
            String lsnName, Optional<String> lsn, String timeName, Optional<Instant> time) {
        if (lsn.isPresent() && time.isPresent()) {
            throw bad(lsnName + " and " + timeName + " exclude each other");
        }
        try {
            return lsn.<Point>map(text -> new Point.At(Lsn.parse(text)))
                    .or(() -> time.map(Point.When::new))
                    .orElseGet(Point.Head::new);
        } catch (IllegalArgumentException e) {
            throw bad(lsnName + " must be a log position such as 0/16B3748");
        }
    }

    static NeonBranch.Draft branch(JsonNode body) {
        var branch = body.path("branch");
        if (text(branch, "init_source")
                .map(source -> !source.equals("parent-data"))
                .orElse(false)) {
            throw NeonRefusal.of(422, "init_source schema-only does not exist in this sandbox");
        }
        var annotation = new LinkedHashMap<String, Object>();
        for (var field : body.path("annotation_value").properties()) {
            annotation.put(field.getKey(), JSON.treeToValue(field.getValue(), Object.class));
        }
        return new NeonBranch.Draft(
                text(branch, "name").orElse(""),
                text(branch, "parent_id"),
                point(branch, "parent_lsn", "parent_timestamp"),
                flag(branch, "protected").orElse(false),
                time(branch, "expires_at"),
                !body.path("endpoints").isEmpty(),
                false,
                annotation);
    }

    static NeonBranches.Change branchChange(JsonNode branch) {
        var expires =
                branch.has("expires_at")
                        ? Optional.of(time(branch, "expires_at"))
                        : Optional.<Optional<Instant>>empty();
        return new NeonBranches.Change(text(branch, "name"), flag(branch, "protected"), expires);
    }

    static NeonEndpoint.Settings settings(JsonNode endpoint, NeonEndpoint.Settings old) {
        return new NeonEndpoint.Settings(
                number(endpoint, "suspend_timeout_seconds")
                        .map(Double::longValue)
                        .orElse(old.suspendSeconds()),
                number(endpoint, "autoscaling_limit_min_cu").orElse(old.minCu()),
                number(endpoint, "autoscaling_limit_max_cu").orElse(old.maxCu()),
                flag(endpoint, "disabled").orElse(old.disabled()));
    }

    static boolean readOnly(JsonNode endpoint) {
        return switch (required(endpoint, "type")) {
            case "read_write" -> false;
            case "read_only" -> true;
            default -> throw bad("type must be read_write or read_only");
        };
    }

    /// One page of a list: Neon's cursors are opaque, here a cursor is how many came before.
    static <T> Page<T> page(Request request, java.util.List<T> all, int usual, int most) {
        var limit = whole(request, "limit").orElse(usual);
        if (limit < 1 || limit > most) {
            throw bad("limit must be between 1 and " + most);
        }
        var from = Math.min(whole(request, "cursor").orElse(0), all.size());
        var to = Math.min(from + limit, all.size());
        return new Page<>(
                all.subList(from, to),
                to < all.size() ? Optional.of(String.valueOf(to)) : Optional.empty());
    }

    /// A part of a list and where the next one starts.
    record Page<T>(java.util.List<T> items, Optional<String> next) {}

    private static Optional<Integer> whole(Request request, String name) {
        try {
            return request.query(name)
                    .filter(text -> !text.isEmpty())
                    .map(Integer::parseUnsignedInt);
        } catch (NumberFormatException e) {
            throw bad(name + " is not valid");
        }
    }
}
