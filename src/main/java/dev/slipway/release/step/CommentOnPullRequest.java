package dev.slipway.release.step;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.github.GitHub;
import dev.slipway.operation.Observation;
import dev.slipway.operation.Sending;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import java.util.Map;

/// Tells a pull request that it is in production.
public record CommentOnPullRequest(GitHub gitHub) implements StepWork {
    @Override
    public Observation observe(StepScope scope) {
        try {
            return gitHub.comments(number(scope)).stream()
                    .filter(c -> scope.mine(c.body()))
                    .findFirst()
                    .<Observation>map(c -> Observation.Done.seen(Map.of("comment", "" + c.id())))
                    .orElseGet(() -> Observation.Absent.seen(Map.of("comment", "none")));
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.NotFound) {
                // A commit's subject named a number that is no pull request of this repository.
                return new Observation.Failed(
                        "There is no pull request " + number(scope) + " to comment on.", Map.of());
            }
            throw e;
        }
    }

    @Override
    public Receipt send(StepScope scope, Sending sending) {
        var comment =
                gitHub.createComment(
                        number(scope),
                        "Released to "
                                + scope.plan().pins().getOrDefault("environment", "production")
                                + " as **"
                                + scope.plan().target()
                                + "** at "
                                + Shipped.commit(scope).brief()
                                + ".\n\n"
                                + marker(scope));
        return new Receipt(Map.of("comment", "" + comment.id()));
    }

    private static PullRequestNumber number(StepScope scope) {
        return new PullRequestNumber(Integer.parseInt(scope.step().parameter("number")));
    }

    private static String marker(StepScope scope) {
        return "<!-- " + scope.mark() + " -->";
    }
}
