package dev.slipway.domain;

/// Carries a [Failure] from an adapter to the engine or to the edge. Its message holds no secret.
public final class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /// Wraps `failure`.
    public FailureException(Failure failure) {
        super(failure.sentence());
        this.failure = failure;
    }

    /// Wraps `failure` and keeps what led to it.
    public FailureException(Failure failure, Throwable cause) {
        super(failure.sentence(), cause);
        this.failure = failure;
    }

    /// What went wrong.
    public Failure failure() {
        return failure;
    }
}
