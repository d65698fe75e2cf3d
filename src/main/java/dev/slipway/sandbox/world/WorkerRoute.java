package dev.slipway.sandbox.world;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A pattern of the zone whose requests go to a Worker.
///
/// @param id 32 hex digits
/// @param pattern host and path with `*`, for example `codex.test/api/*`
/// @param script the Worker; empty takes requests away from Workers
public record WorkerRoute(String id, String pattern, Optional<String> script) {
    /// Whether a request for this host and path is meant.
    public boolean matches(String host, String path) {
        var bare = pattern.replaceFirst("^https?://", "");
        var expression =
                Stream.of(bare.split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*"));
        return Pattern.matches(expression, host + path);
    }
}
