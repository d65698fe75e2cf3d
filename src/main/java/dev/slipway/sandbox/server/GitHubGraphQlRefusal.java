package dev.slipway.sandbox.server;

/// One field of a query cannot be answered; the others are.
final class GitHubGraphQlRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;

    /// @param type GitHub's word for the kind of error, for example `NOT_FOUND`
    GitHubGraphQlRefusal(String type, String message) {
        super(message);
        this.type = type;
    }

    String type() {
        return type;
    }
}
