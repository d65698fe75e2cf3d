package dev.slipway.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One question to a Worker and what came of it.
///
/// @param at when it was asked
/// @param worker the stack's name of the Worker
/// @param hostname where it was asked
/// @param pinned the version the request was pinned to; empty for an ordinary request
/// @param latency from request to the whole answer; zero when none came
/// @param answer what the Worker says of itself; empty when the answer could not be read
public record Probe(
        Instant at,
        String worker,
        String hostname,
        Optional<String> pinned,
        Outcome outcome,
        int status,
        Duration latency,
        Optional<Answer> answer,
        String detail) {

    /// What a question can end in.
    public enum Outcome {
        /// 200, well, with a connected database, from the version that was asked for.
        HEALTHY,
        /// Answered, and not well.
        FAILING,
        /// Well, but from another version than the one that was asked for: not settled yet.
        OTHER_VERSION,
        /// Well, but it does not say which version it is, so nothing is proved.
        NO_VERSION,
        /// An answer from a cache proves nothing about now.
        CACHED,
        /// No answer, or not from a Worker: nobody knows.
        UNREACHABLE
    }

    /// A Worker's own words.
    ///
    /// @param latest the newest migration it sees; empty when it does not say
    /// @param branch the Neon branch it is connected to; empty when it does not say
    public record Answer(
            String status,
            Optional<String> versionId,
            Optional<String> versionTag,
            boolean connected,
            Optional<String> latest,
            Optional<String> branch) {}

    /// Whether it counts as good.
    public boolean healthy() {
        return outcome == Outcome.HEALTHY;
    }

    /// One line for a log: `auth v1a44c0de 200 46 ms, version echoed`.
    public String line() {
        var version =
                answer.flatMap(Answer::versionId)
                        .map(id -> " v" + id.substring(0, Math.min(8, id.length())))
                        .orElse("");
        return worker
                + version
                + (status > 0 ? " " + status : "")
                + " "
                + latency.toMillis()
                + " ms"
                + (detail.isEmpty() ? "" : ", " + detail);
    }
}
