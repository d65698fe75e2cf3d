package dev.slipway.github;

import java.util.List;
import java.util.Optional;

/// What a reviewer decided about a run that asked for protected environments.
///
/// @param environments names
/// @param by login; empty when the account is gone
/// @param comment a person's words, may be empty
public record RunApproval(
        State state, List<String> environments, Optional<String> by, String comment) {
    public RunApproval {
        environments = List.copyOf(environments);
    }

    /// What became of the question.
    public enum State {
        APPROVED,
        REJECTED,
        PENDING
    }
}
