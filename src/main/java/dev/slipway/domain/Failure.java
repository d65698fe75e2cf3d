package dev.slipway.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// What can go wrong outside this program, named by what a person can do about it.
///
/// A failure is a value: adapters throw it inside a [FailureException], the engine and the edge of
/// the window and command line catch it there. A programming error is never a failure.
public sealed interface Failure {
    /// Who failed.
    Provider provider();

    /// One sentence for a person: what happened. Holds no secret.
    String sentence();

    /// What a person can do about it, a sentence; empty when there is nothing but to try again.
    default Optional<String> remedy() {
        return Optional.empty();
    }

    /// What a failure says about the request that failed.
    enum Outcome {
        /// It was certainly not carried out: sending it again cannot do anything twice.
        NOT_APPLIED,
        /// The provider understood it and said no. Sending it again gives the same answer, unless
        /// an earlier attempt was carried out after all: observe.
        REFUSED,
        /// It may have been carried out, or may still be: wait, then observe.
        UNKNOWN
    }

    /// Whether no connection to the provider came about.
    default boolean unreachable() {
        return this instanceof Unreachable || (this instanceof Silent s && s.last().unreachable());
    }

    /// What this failure says about the request that failed.
    default Outcome outcome() {
        return switch (this) {
            case Unreachable _, RateLimited _, Busy _, BudgetSpent _, Silent _ ->
                    Outcome.NOT_APPLIED;
            case Unauthorized _, NotFound _, Refused _ -> Outcome.REFUSED;
            case Unknown _, BadAnswer _ -> Outcome.UNKNOWN;
        };
    }

    /// Whether the request was certainly not carried out, so that sending it again cannot do
    /// anything twice.
    default boolean notApplied() {
        return outcome() == Outcome.NOT_APPLIED;
    }

    /// No connection came about; nothing was sent.
    record Unreachable(Provider provider, String detail) implements Failure {
        @Override
        public String sentence() {
            return provider.title() + " cannot be reached: " + detail;
        }
    }

    /// The provider asked to wait; the request was not carried out.
    record RateLimited(Provider provider, Duration retryAfter) implements Failure {
        @Override
        public String sentence() {
            return provider.title() + " asks to wait " + retryAfter.toSeconds() + " s";
        }
    }

    /// The provider is busy with something that excludes this request (Neon 423, 503); it was not
    /// carried out.
    record Busy(Provider provider, String detail) implements Failure {
        @Override
        public String sentence() {
            return provider.title() + " is busy: " + detail;
        }
    }

    /// Slipway did not send the request, to keep calls for a rollback.
    record BudgetSpent(Provider provider, int left, Instant resets) implements Failure {
        @Override
        public String sentence() {
            return provider.title()
                    + " has "
                    + left
                    + " calls left until "
                    + resets
                    + "; they are kept for a rollback";
        }
    }

    /// Slipway did not send the request: the provider gave no usable answer several times in a row.
    ///
    /// @param last what the last of them came to
    /// @param times how many there were
    /// @param since when the first of them ended
    /// @param again when something is sent to it again
    record Silent(Failure last, int times, Instant since, Instant again) implements Failure {
        private static final DateTimeFormatter CLOCK =
                DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

        @Override
        public Provider provider() {
            return last.provider();
        }

        @Override
        public String sentence() {
            return "%s (%d times in a row since %s UTC; nothing is sent to it before %s UTC)"
                    .formatted(last.sentence(), times, CLOCK.format(since), CLOCK.format(again));
        }
    }

    /// The token is unknown, expired or lacks a permission.
    ///
    /// @param permission what the provider says is missing, when it says so
    record Unauthorized(Provider provider, Optional<String> permission, String detail)
            implements Failure {
        @Override
        public String sentence() {
            return provider.title()
                    + " refused the token: "
                    + permission.map(p -> "it lacks " + p).orElse(detail);
        }

        @Override
        public Optional<String> remedy() {
            return Optional.of(
                    "Give another token with \"slipway connect " + provider.key() + "\".");
        }
    }

    /// The thing asked for is not there, or not visible to this token.
    record NotFound(Provider provider, String what) implements Failure {
        @Override
        public String sentence() {
            return provider.title() + " has no " + what;
        }
    }

    /// The provider understood and said no.
    ///
    /// @param code the provider's own code, empty when it gave none
    /// @param requestId the provider's id of this request, for its support
    record Refused(
            Provider provider, int status, String code, String message, Optional<String> requestId)
            implements Failure {
        @Override
        public String sentence() {
            return provider.title()
                    + " refused: "
                    + message
                    + (code.isEmpty() ? "" : " (" + code + ")");
        }
    }

    /// Nobody knows whether the request was carried out: no answer, or one that cannot be trusted.
    record Unknown(Provider provider, String detail) implements Failure {
        @Override
        public String sentence() {
            return "it is not known whether " + provider.title() + " carried it out: " + detail;
        }
    }

    /// A reading was answered with something that cannot be understood.
    record BadAnswer(Provider provider, String detail) implements Failure {
        @Override
        public String sentence() {
            return provider.title() + " gave an answer that cannot be read: " + detail;
        }
    }
}
