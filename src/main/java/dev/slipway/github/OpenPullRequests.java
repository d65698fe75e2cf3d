package dev.slipway.github;

import static java.util.Comparator.naturalOrder;

import dev.slipway.domain.CommitSha;
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
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the open pull requests cheaply: two conditional requests tell whether a pull request or a
/// workflow run changed. Then the list, newest first, is read again as far as it may have changed.
///
/// Checks of other apps, commit statuses and merge conflicts show in neither probe, so the whole list
/// is read again after a while all the same: soon while something is pending, else after [#LONGEST].
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

    /// @param whole when the whole list was read
    private record Snapshot(
            List<OpenPullRequest> list, List<String> paths, List<WorkflowRun> runs, Instant whole) {
        /// Whether the newest ones that were read tell all that changed: they reach back to what is
        /// known, hold every head whose runs changed, and nothing was closed.
        boolean completes(OpenPullRequestQuery.Newest read, Set<CommitSha> restless) {
            var newest = list.stream().map(OpenPullRequest::updated).max(naturalOrder());
            return newest.filter(read.last().updated()::isBefore).isPresent()
                    && read.heads().containsAll(restless)
                    && with(read.list()).size() == read.open();
        }

        List<OpenPullRequest> with(List<OpenPullRequest> read) {
            var numbers = read.stream().map(OpenPullRequest::number).collect(Collectors.toSet());
            return Stream.concat(
                            read.stream(), list.stream().filter(p -> !numbers.contains(p.number())))
                    .toList();
        }
    }

    OpenPullRequests(GitHubApi api, Memory memory) {
        this.api = api;
        this.memory = memory;
    }

    /// @param paths whose names in Git each head is to tell
    List<OpenPullRequest> read(List<String> paths) {
        synchronized (memory) {
            var pulls = pullsProbe();
            var runs = runsProbe();
            var newest = runs.map(Runs::newest).orElse(List.of());
            var last = memory.last;
            if (last == null
                    || !last.paths().equals(paths)
                    || !pulls.at().isBefore(last.whole().plus(patience(last)))) {
                var list = fresh(newest, paths, _ -> false).list();
                memory.last = new Snapshot(list, paths, newest, pulls.at());
                return list;
            }
            if (pulls.unchanged() && runs.map(Runs::unchanged).orElse(true)) {
                return last.list();
            }
            var restless =
                    newest.stream()
                            .filter(run -> !last.runs().contains(run))
                            .map(WorkflowRun::head)
                            .collect(Collectors.toSet());
            var read = fresh(newest, paths, newer -> last.completes(newer, restless));
            memory.last =
                    read.whole()
                            ? new Snapshot(read.list(), paths, newest, pulls.at())
                            : new Snapshot(last.with(read.list()), paths, newest, last.whole());
            return memory.last.list();
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

    private OpenPullRequestQuery.Newest fresh(
            List<WorkflowRun> runs,
            List<String> paths,
            Predicate<OpenPullRequestQuery.Newest> enough) {
        var query = new OpenPullRequestQuery(api, paths);
        if (!memory.checksForbidden) {
            try {
                return query.withChecks(enough);
            } catch (OpenPullRequestQuery.ChecksForbidden _) {
                memory.checksForbidden = true;
            }
        }
        return query.withStatuses(enough).map(p -> withRuns(p, runs));
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
