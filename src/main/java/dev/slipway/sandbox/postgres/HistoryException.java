package dev.slipway.sandbox.postgres;

/// The moment asked for is not in the history that is kept.
public final class HistoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HistoryException(String message) {
        super(message);
    }

    /// What is wrong, as a sentence without a full stop.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
