package dev.slipway.sandbox.postgres;

/// A cluster did not do what it was told; the message holds Postgres' own words.
public final class PostgresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PostgresException(String message) {
        super(message);
    }

    /// @param message whole sentence, with Postgres' own words
    public PostgresException(String message, Throwable cause) {
        super(message, cause);
    }
}
