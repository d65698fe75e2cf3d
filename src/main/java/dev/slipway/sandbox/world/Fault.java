package dev.slipway.sandbox.world;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Something that goes wrong on purpose. Switched from the window, the command line and tests.
public sealed interface Fault {
    /// Something that goes wrong with requests to a service.
    sealed interface OfRequest extends Fault {
        /// Which requests are hit.
        Target target();
    }

    /// Something that goes wrong at continuous integration, from the next job on.
    sealed interface OfBuild extends Fault {}

    /// The requests a fault hits.
    ///
    /// @param service `github`, `neon`, `cloudflare` or `edge` or `dns`
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
    record LoseRequest(Target target) implements OfRequest {}

    /// The request is carried out and the connection closed instead of an answer.
    record LoseAnswer(Target target) implements OfRequest {}

    /// The connection is closed at once and the request carried out `by` later.
    record ApplyLate(Target target, Duration by) implements OfRequest {}

    /// The answer comes `by` later than it would.
    record Slow(Target target, Duration by) implements OfRequest {}

    /// Answered with this status and body, not carried out.
    ///
    /// @param retryAfter seconds for a `Retry-After` header
    record Answer(Target target, int status, String body, Optional<Integer> retryAfter)
            implements OfRequest {}

    /// Carried out, but the answer stops in the middle.
    record Truncate(Target target) implements OfRequest {}

    /// Builds fail: a check of the pull request is red, no version is uploaded.
    ///
    /// @param workers whose; empty means every Worker's
    record BuildFails(Set<String> workers) implements OfBuild {
        public BuildFails {
            workers = Set.copyOf(workers);
        }
    }

    /// Builds are green and upload nothing.
    ///
    /// @param workers whose; empty means every Worker's
    record UploadLost(Set<String> workers) implements OfBuild {
        public UploadLost {
            workers = Set.copyOf(workers);
        }
    }

    /// Every job takes `factor` times as long.
    record SlowBuild(double factor) implements OfBuild {
        /// @throws IllegalArgumentException when the factor is not above 0 and at most 1000
        public SlowBuild {
            if (!(factor > 0) || factor > 1000) {
                throw new IllegalArgumentException(
                        "\"factor\" must be a number above 0, at most 1000, not " + factor + ".");
            }
        }
    }

    /// A push to the base branch also puts the new versions live, behind Slipway's back.
    record SecondDeployer() implements OfBuild {}

    /// Nothing is cleaned up when a pull request is closed.
    record LeavesPreviews() implements OfBuild {}

    /// What is built passes its checks and answers whoever asks for it by name, and breaks down
    /// once ordinary traffic has reached it.
    ///
    /// @param workers whose; empty means every Worker's
    /// @param after requests of ordinary traffic it stands, at least 1
    record WeakCode(Set<String> workers, int after) implements OfBuild {
        public WeakCode {
            workers = Set.copyOf(workers);
            if (after < 1) {
                throw new IllegalArgumentException("\"after\" must be at least 1.");
            }
        }
    }
}
