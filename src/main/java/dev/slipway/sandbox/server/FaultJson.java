package dev.slipway.sandbox.server;

import dev.slipway.sandbox.world.Fault;
import dev.slipway.sandbox.world.Fault.Target;
import dev.slipway.sandbox.world.Faults;
import dev.slipway.sandbox.world.NeonRefusal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Faults as JSON.
///
/// Those of requests are `{kind, service, method?, path?, times?}` and what the kind needs: `byMs`
/// for `slow` and `apply-late`; `status`, `body`, `retryAfter` for `answer`; nothing for
/// `lose-request`, `lose-answer`, `truncate`. `server-error`, `rate-limit` (`retryAfter`) and `locked`
/// are answers as the service words them. Without `times` a fault stays until it is switched
/// off.
///
/// Those of builds are `{kind, workers?}` for `build-fails`, `upload-lost` and `weak-code`, which
/// also takes `after`; `factor` for `slow-build`; nothing for `second-deployer` and
/// `leaves-previews`. They stay until they are switched off.
///
/// A fault that is on also has its `id`, and `left` when it hits a number of requests.
public final class FaultJson {
    private static final Set<String> SERVICES =
            new TreeSet<>(Set.of("github", "neon", "cloudflare", "edge", "dns"));
    private static final int STANDS = 20;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FaultJson() {}

    /// Reads one.
    ///
    /// @param workers names there are
    /// @throws IllegalArgumentException naming what is wrong
    public static Fault read(JsonNode json, Set<String> workers) {
        return switch (required(json, "kind")) {
            case "lose-request" -> new Fault.LoseRequest(target(json));
            case "lose-answer" -> new Fault.LoseAnswer(target(json));
            case "apply-late" -> new Fault.ApplyLate(target(json), by(json));
            case "slow" -> new Fault.Slow(target(json), by(json));
            case "truncate" -> new Fault.Truncate(target(json));
            case "answer" ->
                    new Fault.Answer(
                            target(json),
                            json.path("status").asInt(500),
                            json.path("body").asString("{}"),
                            json.has("retryAfter")
                                    ? Optional.of(json.path("retryAfter").asInt())
                                    : Optional.empty());
            case "server-error" -> answer(json, 500, "internal error", Optional.empty());
            case "rate-limit" ->
                    answer(
                            json,
                            429,
                            "rate limit exceeded",
                            Optional.of(json.path("retryAfter").asInt(1)));
            case "locked" -> answer(json, 423, NeonRefusal.LOCKED, Optional.empty());
            case "build-fails" -> new Fault.BuildFails(workers(json, workers));
            case "upload-lost" -> new Fault.UploadLost(workers(json, workers));
            case "slow-build" -> new Fault.SlowBuild(json.path("factor").asDouble(10));
            case "second-deployer" -> new Fault.SecondDeployer();
            case "leaves-previews" -> new Fault.LeavesPreviews();
            case "weak-code" ->
                    new Fault.WeakCode(workers(json, workers), json.path("after").asInt(STANDS));
            default ->
                    throw new IllegalArgumentException(
                            "\"kind\" is one of lose-request, lose-answer, apply-late, slow, truncate,"
                                    + " answer, server-error, rate-limit, locked, build-fails, upload-lost, slow-build, second-deployer,"
                                    + " leaves-previews, weak-code.");
        };
    }

    /// One that is on.
    static Map<String, Object> write(Faults.Switched on) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", String.valueOf(on.id()));
        json.putAll(write(on.fault()));
        if (on.left() > 0) {
            json.put("left", on.left());
        }
        return json;
    }

    /// The opposite of [#read].
    public static Map<String, Object> write(Fault fault) {
        var json = new LinkedHashMap<String, Object>();
        json.put("kind", kind(fault));
        if (fault instanceof Fault.OfRequest hits) {
            var target = hits.target();
            json.put("service", target.service());
            target.method().ifPresent(method -> json.put("method", method));
            json.put("path", target.path().pattern());
            json.put("times", target.times());
        }
        switch (fault) {
            case Fault.ApplyLate late -> json.put("byMs", late.by().toMillis());
            case Fault.Slow slow -> json.put("byMs", slow.by().toMillis());
            case Fault.Answer answer -> {
                json.put("status", answer.status());
                json.put("body", answer.body());
                answer.retryAfter().ifPresent(seconds -> json.put("retryAfter", seconds));
            }
            case Fault.BuildFails(var workers) -> json.put("workers", new TreeSet<>(workers));
            case Fault.UploadLost(var workers) -> json.put("workers", new TreeSet<>(workers));
            case Fault.SlowBuild(var factor) -> json.put("factor", factor);
            case Fault.WeakCode(var workers, var after) -> {
                json.put("workers", new TreeSet<>(workers));
                json.put("after", after);
            }
            case Fault.LoseRequest _,
                    Fault.LoseAnswer _,
                    Fault.Truncate _,
                    Fault.SecondDeployer _,
                    Fault.LeavesPreviews _ -> {}
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
            case Fault.BuildFails _ -> "build-fails";
            case Fault.UploadLost _ -> "upload-lost";
            case Fault.SlowBuild _ -> "slow-build";
            case Fault.SecondDeployer _ -> "second-deployer";
            case Fault.LeavesPreviews _ -> "leaves-previews";
            case Fault.WeakCode _ -> "weak-code";
        };
    }

    private static Fault answer(
            JsonNode json, int status, String message, Optional<Integer> retryAfter) {
        var target = target(json);
        var body =
                switch (target.service()) {
                    case "cloudflare" ->
                            Map.of(
                                    "success",
                                    false,
                                    "errors",
                                    List.of(Map.of("code", 10000 + status, "message", message)),
                                    "messages",
                                    List.of());
                    case "neon" -> Map.of("request_id", "fault", "code", "", "message", message);
                    default -> Map.of("message", message);
                };
        return new Fault.Answer(target, status, JSON.writeValueAsString(body), retryAfter);
    }

    private static Target target(JsonNode json) {
        var service = required(json, "service");
        if (!SERVICES.contains(service)) {
            throw new IllegalArgumentException(
                    "\"service\" is one of " + String.join(", ", SERVICES) + ".");
        }
        var times = json.path("times").asInt(0);
        if (times < 0) {
            throw new IllegalArgumentException("\"times\" must not be below 0.");
        }
        return new Target(
                service,
                Optional.ofNullable(json.path("method").asString(null)),
                pattern(json.path("path").asString("")),
                times);
    }

    private static Set<String> workers(JsonNode json, Set<String> known) {
        var named = new TreeSet<String>();
        json.path("workers").forEach(name -> named.add(name.asString()));
        for (var name : named) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "There is no Worker "
                                + name
                                + "; there are "
                                + String.join(", ", known)
                                + ".");
            }
        }
        return named;
    }

    private static Duration by(JsonNode json) {
        if (!json.path("byMs").isIntegralNumber() || json.path("byMs").longValue() < 0) {
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
