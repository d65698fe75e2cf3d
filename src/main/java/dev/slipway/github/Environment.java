package dev.slipway.github;

import java.time.Duration;
import java.util.List;

/// A deployment environment and what protects it.
///
/// @param reviewers logins and team slugs, one of whom has to approve; empty when nobody has to
/// @param waitTime how long a job waits before it may start
/// @param preventSelfReview whether the person who started a run may not approve it
public record Environment(
        long id,
        String name,
        List<String> reviewers,
        Duration waitTime,
        boolean preventSelfReview) {
    public Environment {
        reviewers = List.copyOf(reviewers);
    }
}
