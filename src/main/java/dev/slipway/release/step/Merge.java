package dev.slipway.release.step;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.PullRequestNumber;
import dev.slipway.github.GitHub;
import dev.slipway.github.MergeMethod;
import dev.slipway.github.PullRequest;
import dev.slipway.operation.Observation;
import dev.slipway.operation.Sending;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Merges the pull request at the head that was planned. The merge is accepted only when the base
/// branch then holds the very tree that was checked.
public record Merge(GitHub gitHub) implements StepWork {
    @Override
    public Observation observe(StepScope scope) {
        var step = scope.step();
        var number = new PullRequestNumber(Integer.parseInt(step.parameter("number")));
        var head = new CommitSha(step.parameter("head"));
        var found = gitHub.pullRequest(number);
        if (found.isEmpty()) {
            return new Observation.Foreign(number + " is gone.", Map.of());
        }
        var pr = found.get();
        return switch (pr.state()) {
            case MERGED -> merged(scope, pr);
            case CLOSED ->
                    new Observation.Failed(
                            number + " was closed meanwhile, so it was not merged.",
                            Map.of("state", "closed"));
            case OPEN ->
                    pr.headSha().equals(head)
                            ? new Observation.Absent(
                                    Map.of("head", head.value(), "base", pr.baseSha().value()),
                                    Map.of("base", pr.baseSha().value()))
                            : new Observation.Failed(
                                    number
                                            + " has moved to "
                                            + pr.headSha().brief()
                                            + "; planned was "
                                            + head.brief()
                                            + ", so it was not merged.",
                                    Map.of("head", pr.headSha().value()));
        };
    }

    private Observation merged(StepScope scope, PullRequest pr) {
        var planned = scope.step().parameter("tree");
        var commit = pr.mergeCommit().flatMap(gitHub::commit);
        if (commit.isEmpty()) {
            return Observation.NotYet.because("GitHub does not show the merge commit yet");
        }
        var evidence = Map.of("sha", commit.get().sha().value(), "tree", commit.get().tree());
        if (!pr.headSha().value().equals(scope.step().parameter("head"))) {
            return new Observation.Failed(
                    pr.number()
                            + " was merged at "
                            + pr.headSha().brief()
                            + ", which was not planned. No version was used.",
                    evidence);
        }
        if (!commit.get().tree().equals(planned)) {
            return new Observation.Failed(
                    pr.number()
                            + " was merged, but "
                            + commit.get().sha().brief()
                            + " holds other files than the checked test merge. No version was"
                            + " used.",
                    evidence);
        }
        return new Observation.Done(Map.of("merge.sha", commit.get().sha().value()), evidence);
    }

    @Override
    public Receipt send(StepScope scope, Sending sending) {
        var step = scope.step();
        var number = new PullRequestNumber(Integer.parseInt(step.parameter("number")));
        var method = MergeMethod.valueOf(step.parameter("method").toUpperCase(Locale.ROOT));
        var message =
                method == MergeMethod.REBASE
                        ? Optional.<String>empty()
                        : Optional.of(
                                step.parameter("title") + " (" + number + ")\n\n" + scope.mark());
        var sha = gitHub.merge(number, new CommitSha(step.parameter("head")), method, message);
        return new Receipt(Map.of("sha", sha.value()));
    }
}
