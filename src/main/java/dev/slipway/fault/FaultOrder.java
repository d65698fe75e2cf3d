package dev.slipway.fault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A fault somebody wants, or one that is on. What a kind has no use for is empty; what is empty
/// and needed is the sandbox's to choose or to refuse.
///
/// @param service `github`, `neon`, `cloudflare`, `edge` or `dns`
/// @param method HTTP method, empty for every one
/// @param path expression found in the path and query, empty for every one
/// @param times how many requests are hit; zero means until switched off
/// @param by how much later
/// @param status HTTP status of [FaultKind#ANSWER]
/// @param retryAfter seconds of a `Retry-After` header
/// @param workers whose builds; none means every Worker's
/// @param factor how many times as long builds take
/// @param after how many requests of ordinary traffic weak code stands
public record FaultOrder(
        FaultKind kind,
        Optional<String> service,
        Optional<String> method,
        Optional<String> path,
        int times,
        Optional<Duration> by,
        Optional<Integer> status,
        Optional<Integer> retryAfter,
        List<String> workers,
        Optional<Double> factor,
        Optional<Integer> after) {
    public FaultOrder {
        workers = List.copyOf(workers);
    }

    /// A fault of every request to `service` until it is switched off.
    ///
    /// @param by empty for a kind that is not timed
    public static FaultOrder of(FaultKind kind, String service, Optional<Duration> by) {
        return new FaultOrder(
                kind,
                Optional.of(service),
                Optional.empty(),
                Optional.empty(),
                0,
                by,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /// A fault of builds.
    public static FaultOrder of(FaultKind kind, List<String> workers) {
        return new FaultOrder(
                kind,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                workers,
                Optional.empty(),
                Optional.empty());
    }

    /// What it hits, in a few words: `neon, POST /branches, by 3 s`.
    public String target() {
        var words = new StringBuilder(service.orElse(kind.perWorker() ? whose() : "all builds"));
        method.or(() -> path.isPresent() ? Optional.of("every method") : Optional.empty())
                .ifPresent(m -> words.append(", ").append(m));
        path.ifPresent(p -> words.append(method.isPresent() ? " " : " of ").append(p));
        by.ifPresent(d -> words.append(", by ").append(d.toMillis() / 1000.0).append(" s"));
        status.filter(_ -> kind == FaultKind.ANSWER)
                .ifPresent(s -> words.append(", status ").append(s));
        factor.ifPresent(f -> words.append(", ").append(f).append(" times as long"));
        after.ifPresent(n -> words.append(", after ").append(n).append(" requests"));
        return words.toString();
    }

    private String whose() {
        return workers.isEmpty() ? "all Workers" : String.join(", ", workers);
    }
}
