package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.Fault;
import dev.slipway.sandbox.world.Fault.Target;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/// Faults as JSON: `{kind, service, method?, path?, times?}` and what the kind needs: `byMs` for
/// `slow` and `apply-late`; `status`, `body`, `retryAfter` for `answer`; nothing for `lose-request`,
/// `lose-answer`, `truncate`. Without `times` a fault stays until it is switched off.
public final class FaultJson {
    private FaultJson() {}

    /// Reads one.
    ///
    /// @throws IllegalArgumentException naming what is wrong
    public static Fault read(JsonNode json) {
        var target =
                new Target(
                        required(json, "service"),
                        Optional.ofNullable(json.path("method").asString(null)),
                        pattern(json.path("path").asString("")),
                        json.path("times").asInt(0));
        return switch (required(json, "kind")) {
            case "lose-request" -> new Fault.LoseRequest(target);
            case "lose-answer" -> new Fault.LoseAnswer(target);
            case "apply-late" -> new Fault.ApplyLate(target, by(json));
            case "slow" -> new Fault.Slow(target, by(json));
            case "truncate" -> new Fault.Truncate(target);
            case "answer" ->
                    new Fault.Answer(
                            target,
                            json.path("status").asInt(500),
                            json.path("body").asString("{}"),
                            json.has("retryAfter")
                                    ? Optional.of(json.path("retryAfter").asInt())
                                    : Optional.empty());
            default ->
                    throw new IllegalArgumentException(
                            "\"kind\" is one of lose-request, lose-answer, apply-late, slow, truncate,"
                                    + " answer.");
        };
    }

    /// The opposite of [#read].
    public static Map<String, Object> write(Fault fault) {
        var json = new LinkedHashMap<String, Object>();
        json.put("kind", kind(fault));
        var target = fault.target();
        json.put("service", target.service());
        target.method().ifPresent(method -> json.put("method", method));
        json.put("path", target.path().pattern());
        json.put("times", target.times());
        switch (fault) {
            case Fault.ApplyLate late -> json.put("byMs", late.by().toMillis());
            case Fault.Slow slow -> json.put("byMs", slow.by().toMillis());
            case Fault.Answer answer -> {
                json.put("status", answer.status());
                json.put("body", answer.body());
                answer.retryAfter().ifPresent(seconds -> json.put("retryAfter", seconds));
            }
            case Fault.LoseRequest _, Fault.LoseAnswer _, Fault.Truncate _ -> {}
        }
        return json;
    }

    private static String kind(Fault fault) {
        return switch (fault) {
            case Fault.LoseRequest _ -> "lose-request";
            case Fault.LoseAnswer _ -> "lose-answer";
            case Fault.ApplyLate _ -> "apply-late";
            case Fault.Slow _ -> "slow";
            case Fault.Truncate _ -> "truncate";
            case Fault.Answer _ -> "answer";
        };
    }

    private static Duration by(JsonNode json) {
        if (!json.path("byMs").isIntegralNumber()) {
            throw new IllegalArgumentException("\"byMs\" must be a number of milliseconds.");
        }
        return Duration.ofMillis(json.path("byMs").longValue());
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("\"path\" is no expression: " + e.getMessage(), e);
        }
    }

    private static String required(JsonNode json, String key) {
        var value = json.path(key).asString("");
        if (value.isBlank()) {
            throw new IllegalArgumentException("\"" + key + "\" is missing.");
        }
        return value;
    }
}
