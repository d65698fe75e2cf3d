package dev.slipway.release.step;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Provider;
import dev.slipway.github.CommitStatus;
import dev.slipway.github.GitHub;
import dev.slipway.operation.Observation;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.Sending;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import java.util.Map;
import java.util.Optional;

/// Holds a commit back, or lets it go again, with a commit status that the preflight and any workflow
/// can read: a failing one holds.
public record HoldCommit(GitHub gitHub) implements StepWork {
    /// Key of the step.
    public static final String KEY = "hold";

    /// Context of the commit status.
    public static final String CONTEXT = "slipway/held";

    /// What GitHub takes as the description of a status.
    private static final int MOST = 140;

    private static final String STATE = "state";

    /// The step that holds.
    ///
    /// @param why in few words, without a full stop
    public static PlanStep hold(CommitSha commit, String why) {
        return of(commit, why, CommitStatus.State.FAILURE)
                .told(
                        "Hold " + commit.brief() + " back",
                        "GitHub: status " + CONTEXT,
                        "slipway unhold " + commit.brief(),
                        "warn, the commit can be promoted again");
    }

    /// The step that lets go.
    public static PlanStep release(CommitSha commit, String why) {
        return of(commit, why, CommitStatus.State.SUCCESS)
                .told(
                        "Let " + commit.brief() + " go again",
                        "GitHub: status " + CONTEXT,
                        "slipway hold " + commit.brief(),
                        "stop, the commit stays held");
    }

    private static PlanStep of(CommitSha commit, String why, CommitStatus.State state) {
        return PlanStep.mutation(
                        KEY,
                        Provider.GITHUB,
                        Map.of("commit", commit.value(), "why", why, STATE, state.key()))
                .lasting(new PlanStep.Lasting.Once());
    }

    @Override
    public Observation observe(StepScope scope) {
        var wanted = scope.step().parameter(STATE);
        return gitHub.statuses(commit(scope)).stream()
                .filter(s -> s.context().equals(CONTEXT))
                .findFirst()
                .filter(s -> s.state().key().equals(wanted))
                .<Observation>map(s -> Observation.Done.seen(Map.of("status", s.description())))
                .orElseGet(() -> Observation.Absent.seen(Map.of("status", "none")));
    }

    @Override
    public Receipt send(StepScope scope, Sending sending) {
        var mark = " (" + scope.mark() + ")";
        var why = scope.step().parameter("why");
        gitHub.createStatus(
                commit(scope),
                CONTEXT,
                CommitStatus.State.valueOf(
                        scope.step().parameter(STATE).toUpperCase(java.util.Locale.ROOT)),
                why.substring(0, Math.min(why.length(), MOST - mark.length())) + mark,
                Optional.empty());
        return Receipt.NONE;
    }

    private static CommitSha commit(StepScope scope) {
        return new CommitSha(scope.step().parameter("commit"));
    }
}
