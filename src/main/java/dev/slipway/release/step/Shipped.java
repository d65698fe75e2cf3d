package dev.slipway.release.step;

import dev.slipway.domain.CommitSha;
import dev.slipway.operation.StepScope;

/// The commit an operation ships: the merge of the pull request, or the commit that was asked for.
final class Shipped {
    private Shipped() {}

    static CommitSha commit(StepScope scope) {
        return new CommitSha(
                scope.output("merge.sha").orElseGet(() -> scope.plan().pins().get("commit")));
    }
}
