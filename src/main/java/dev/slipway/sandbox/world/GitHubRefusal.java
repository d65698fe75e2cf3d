package dev.slipway.sandbox.world;

import java.util.List;
import java.util.Optional;

/// GitHub says no. Nothing was changed.
public final class GitHubRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<Detail> details;

    /// One entry of a validation error.
    ///
    /// @param code `missing_field`, `invalid`, `already_exists`, `custom`, …
    public record Detail(String resource, String field, String code, Optional<String> message) {}

    /// @param status the HTTP status it is answered with
    public GitHubRefusal(int status, String message) {
        this(status, message, List.of());
    }

    /// @param details what exactly is invalid
    public GitHubRefusal(int status, String message, List<Detail> details) {
        super(message);
        this.status = status;
        this.details = List.copyOf(details);
    }

    /// The usual answer to something that is not there.
    public static GitHubRefusal notFound() {
        return new GitHubRefusal(404, "Not Found");
    }

    /// Status 422 because of one field.
    public static GitHubRefusal invalid(String resource, String field, String code) {
        return new GitHubRefusal(
                422,
                "Validation Failed",
                List.of(new Detail(resource, field, code, Optional.empty())));
    }

    /// Status 422 with a sentence instead of a code.
    public static GitHubRefusal custom(String resource, String field, String sentence) {
        return new GitHubRefusal(
                422,
                "Validation Failed",
                List.of(new Detail(resource, field, "custom", Optional.of(sentence))));
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// What exactly is invalid; empty for a plain refusal.
    public List<Detail> details() {
        return details;
    }
}
