package dev.slipway.github;

import java.util.List;

/// A protected environment a run waits for.
///
/// @param environment its name
/// @param reviewers logins and team slugs, one of whom has to approve
public record PendingDeployment(String environment, List<String> reviewers) {
    public PendingDeployment {
        reviewers = List.copyOf(reviewers);
    }
}
