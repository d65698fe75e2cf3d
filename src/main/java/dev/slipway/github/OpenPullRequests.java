package dev.slipway.github;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.github.Checks.Source;
import dev.slipway.github.Checks.State;
import dev.slipway.github.OpenPullRequest.Mergeable;
import dev.slipway.http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the open pull requests cheaply: two conditional requests tell whether a pull request or a
/// workflow run changed, and only then the list itself is read again.
///
/// Checks of other apps and commit statuses show in neither probe, so the list is read again after
/// a while all the same: soon while something is pending, else after [#LONGEST].
final class OpenPullRequests {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final GitHubApi api;
    private final Memory memory;

    /// What is kept between two looks, shared by all views of one repository.
    static final class Memory {
        private @Nullable Snapshot last;
        private boolean checksForbidden;
    }

    private record Runs(boolean unchanged, List<WorkflowRun> newest) {}

    private record Snapshot(List<OpenPullRequest> list, List<String> paths, Instant at) {}

    OpenPullRequests(GitHubApi api, Memory memory) {
        this.api = api;
        this.memory = memory;
    }

    /// @param paths whose names in Git each head is to tell
    List<OpenPullRequest> read(List<String> paths) {
        synchronized (memory) {
            var pulls = pullsProbe();
            var runs = runsProbe();
            var last = memory.last;
            if (last != null
                    && last.paths().equals(paths)
                    && pulls.unchanged()
                    && runs.map(Runs::unchanged).orElse(true)
                    && Duration.between(last.at(), pulls.at()).compareTo(patience(last)) < 0) {
                return last.list();
            }
            var list = fresh(runs, paths);
            memory.last = new Snapshot(list, paths, pulls.at());
            return list;
        }
    }

    /// Any change of any pull request, closing included, brings it to the top of this list.
    private Answer pullsProbe() {
        return api.transport()
                .read(
                        api.conditional("/pulls")
                                .with("state", "all")
                                .with("sort", "updated")
                                .with("direction", "desc")
                                .with("per_page", 30));
    }

    /// Empty when the token cannot read Actions.
    private Optional<Runs> runsProbe() {
        try {
            return Optional.of(
                    api.transport()
                            .read(
                                    api.conditional("/actions/runs")
                                            .with("exclude_pull_requests", true)
                                            .with("per_page", GitHubApi.PAGE),
                                    a -> new Runs(a.unchanged(), Actions.runs(a))));
        } catch (FailureException e) {
            if (e.failure().outcome() == Failure.Outcome.REFUSED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Duration patience(Snapshot last) {
        var moving =
                last.list().stream()
                        .anyMatch(p ->
                                p.checks().state() == State.PENDING
                                        || p.mergeable() == Mergeable.UNKNOWN);
        return moving ? api.transport().world().bounds().poll().multipliedBy(5) : LONGEST;
    }

    private List<OpenPullRequest> fresh(Optional<Runs> runs, List<String> paths) {
        var query = new OpenPullRequestQuery(api, paths);
        if (!memory.checksForbidden) {
            try {
                return query.withChecks();
            } catch (OpenPullRequestQuery.ChecksForbidden _) {
                memory.checksForbidden = true;
            }
        }
        var newest = runs.map(Runs::newest).orElse(List.of());
        return query.withStatuses().stream().map(p -> withRuns(p, newest)).toList();
    }

    /// Adds the workflow runs of the head commit. Without any, the checks stay unknown.
    private static OpenPullRequest withRuns(OpenPullRequest pull, List<WorkflowRun> newest) {
        var runs =
                CheckWords.newest(
                        newest.stream().filter(r -> r.head().equals(pull.headSha())).toList());
        if (runs.isEmpty()) {
            return pull;
        }
        var all = new ArrayList<>(pull.checks().all());
        runs.stream().map(CheckWords::workflowRun).forEach(all::add);
        return pull.with(
                new Checks(
                        CheckWords.together(all),
                        all,
                        all.size(),
                        Source.RUNS_AND_STATUSES,
                        Optional.of("the token cannot read checks of other apps")));
    }
}
