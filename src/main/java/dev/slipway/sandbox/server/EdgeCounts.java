package dev.slipway.sandbox.server;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Requests and errors per version, in memory.
public final class EdgeCounts {
    private final Map<String, Count> byVersion = new ConcurrentHashMap<>();

    /// What a version has answered.
    ///
    /// @param requests all of them
    /// @param errors those answered 500 or above
    public record Count(String script, String version, long requests, long errors) {}

    EdgeCounts() {}

    void count(String script, String version, boolean error) {
        byVersion.merge(
                version,
                new Count(script, version, 1, error ? 1 : 0),
                (a, b) ->
                        new Count(
                                script,
                                version,
                                a.requests() + b.requests(),
                                a.errors() + b.errors()));
    }

    List<Count> all() {
        return List.copyOf(byVersion.values());
    }
}
