package dev.slipway.sandbox.server;

import dev.slipway.domain.CommitSha;
import dev.slipway.sandbox.server.GitHubGraphQlFetchers.Fields;
import dev.slipway.sandbox.world.GitHubChecks.CommitStatus;
import dev.slipway.sandbox.world.GitHubChecks.StatusState;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.RuntimeWiring;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// `Commit.status`: what commit statuses alone say. It is all that GraphQL tells of checks to a
/// token that may not read check runs.
final class GitHubGraphQlStatus {
    /// From the one that decides to the one that needs everybody.
    private static final List<StatusState> WEIGHT =
            List.of(
                    StatusState.ERROR,
                    StatusState.FAILURE,
                    StatusState.PENDING,
                    StatusState.SUCCESS);

    private GitHubGraphQlStatus() {}

    /// The newest status of each context.
    private record StatusView(CommitSha sha, List<CommitStatus> contexts) {}

    /// Null for a commit without statuses.
    static Optional<Object> of(DataFetchingEnvironment environment, CommitSha sha) {
        GitHubGraphQlFetchers.require(environment, "statuses=read");
        var newest = GitHubGraphQlFetchers.call(environment).world().checks().latestStatuses(sha);
        return newest.isEmpty() ? Optional.empty() : Optional.of(new StatusView(sha, newest));
    }

    static void addTo(RuntimeWiring.Builder wiring) {
        new Fields<StatusView>("Status")
                .with("id", (s, _) -> GitHubViews.nodeId("Status", s.sha().value().hashCode()))
                .with("state", (s, _) -> state(s))
                .with("contexts", (s, _) -> s.contexts())
                .addTo(wiring);
    }

    private static StatusState state(StatusView view) {
        return view.contexts().stream()
                .map(CommitStatus::state)
                .min(Comparator.comparingInt(WEIGHT::indexOf))
                .orElseThrow();
    }
}
