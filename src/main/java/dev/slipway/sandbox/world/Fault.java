package dev.slipway.sandbox.world;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Something that goes wrong on purpose. Switched from the window, the command line and tests.
public sealed interface Fault {
    /// Which requests are hit.
    Target target();

    /// The requests a fault hits.
    ///
    /// @param service `github`, `neon`, `cloudflare` or `edge`
    /// @param method HTTP method, empty for every one
    /// @param path expression found in the path and query, for example `/merge$`
    /// @param times how many requests are hit before the fault is over; zero means until switched
    ///     off
    record Target(String service, Optional<String> method, Pattern path, int times) {
        /// Whether a request is one of these.
        public boolean matches(String atService, String atMethod, String atPath) {
            return service.equals(atService)
                    && method.map(m -> m.equalsIgnoreCase(atMethod)).orElse(true)
                    && path.matcher(atPath).find();
        }

        /// Every request to `service` until switched off.
        public static Target everything(String service) {
            return new Target(service, Optional.empty(), Pattern.compile(""), 0);
        }

        /// The next `times` requests to `service` with this method and path.
        public static Target next(int times, String service, String method, String path) {
            return new Target(service, Optional.of(method), Pattern.compile(path), times);
        }
    }

    /// The connection is closed before anything happens: not applied, but the caller cannot know.
    record LoseRequest(Target target) implements Fault {}

    /// The request is carried out and the connection closed instead of an answer.
    record LoseAnswer(Target target) implements Fault {}

    /// The connection is closed at once and the request carried out `by` later.
    record ApplyLate(Target target, Duration by) implements Fault {}

    /// The answer comes `by` later than it would.
    record Slow(Target target, Duration by) implements Fault {}

    /// Answered with this status and body, not carried out.
    ///
    /// @param retryAfter seconds for a `Retry-After` header
    record Answer(Target target, int status, String body, Optional<Integer> retryAfter)
            implements Fault {}

    /// Carried out, but the answer stops in the middle.
    record Truncate(Target target) implements Fault {}
}
