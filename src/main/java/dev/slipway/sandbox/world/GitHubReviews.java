package dev.slipway.sandbox.world;

import dev.slipway.sandbox.world.GitHubPull.Review;
import dev.slipway.sandbox.world.GitHubPull.Verdict;
import dev.slipway.sandbox.world.GitHubPulls.Decision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Reviews of pull requests, and what stands between one and its merge by the rules of its base
/// branch.
final class GitHubReviews {
    private final GitHubCore core;
    private final GitHubChecks checks;
    private final GitHubAccounts accounts;
    private final Supplier<GitHubSettings> settings;
    private final GitHubTable<Review> reviews;

    GitHubReviews(
            GitHubCore core,
            GitHubChecks checks,
            GitHubAccounts accounts,
            Supplier<GitHubSettings> settings) {
        this.core = core;
        this.checks = checks;
        this.accounts = accounts;
        this.settings = settings;
        this.reviews = core.table("review", Review.class, Review::id);
    }

    /// What the reviews come to; empty where none is required.
    Optional<Decision> decision(GitHubPull pull) {
        var needed = guarded(pull) ? settings.get().approvals() : 0;
        if (needed == 0) {
            return Optional.empty();
        }
        var last = new LinkedHashMap<String, Verdict>();
        for (var review : of(pull.number())) {
            if (review.verdict() != Verdict.COMMENTED) {
                last.put(review.login(), review.verdict());
            }
        }
        if (last.containsValue(Verdict.CHANGES_REQUESTED)) {
            return Optional.of(Decision.CHANGES_REQUESTED);
        }
        var approvals = last.values().stream().filter(v -> v == Verdict.APPROVED).count();
        return Optional.of(approvals >= needed ? Decision.APPROVED : Decision.REVIEW_REQUIRED);
    }

    /// Reviews in the order they were given.
    List<Review> of(int number) {
        return reviews.where(r -> r.pull() == number);
    }

    /// Adds a review of what the head is now.
    Review add(GitHubPull pull, String login, Verdict verdict, String body) {
        accounts.person(login);
        return reviews.put(
                new Review(
                        core.nextId(),
                        pull.number(),
                        login,
                        verdict,
                        body,
                        pull.headSha(),
                        core.now()));
    }

    /// Why the rules of the base branch forbid the merge, in GitHub's words; empty when they do not.
    Optional<String> obstacle(GitHubPull pull) {
        var decision = decision(pull);
        if (decision.equals(Optional.of(Decision.REVIEW_REQUIRED))) {
            return Optional.of(
                    "At least "
                            + settings.get().approvals()
                            + " approving review is required by reviewers with write access.");
        }
        if (decision.equals(Optional.of(Decision.CHANGES_REQUESTED))) {
            return Optional.of("Changes were requested by a reviewer with write access.");
        }
        return settings.get().requiredChecks().stream()
                .filter(name -> guarded(pull) && !checks.green(pull.headSha(), name))
                .sorted()
                .findFirst()
                .map(name -> "Required status check \"" + name + "\" is expected.");
    }

    private boolean guarded(GitHubPull pull) {
        return pull.baseBranch().equals(settings.get().defaultBranch());
    }
}
