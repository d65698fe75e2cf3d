package dev.slipway.github;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.github.Checks.Check;
import dev.slipway.github.Checks.Source;
import dev.slipway.http.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// What the machines say about one commit.
record CommitChecks(GitHubApi api) {
    Checks checks(CommitSha sha) {
        var runs = readable(() -> checkRuns(sha));
        var source = runs.isPresent() ? Source.CHECKS_AND_STATUSES : Source.RUNS_AND_STATUSES;
        var checks = runs.or(() -> readable(() -> workflowRuns(sha)));
        var statuses = readable(() -> statuses(sha));
        if (checks.isEmpty() || statuses.isEmpty()) {
            return Checks.unknown(
                    "the token can read "
                            + (checks.isEmpty()
                                    ? "neither check runs nor workflow runs"
                                    : "no commit statuses"));
        }
        var all = new ArrayList<>(checks.get());
        statuses.get().stream().map(CheckWords::status).forEach(all::add);
        return new Checks(
                CheckWords.together(all),
                all,
                all.size(),
                source,
                source == Source.CHECKS_AND_STATUSES
                        ? Optional.empty()
                        : Optional.of("the token cannot read checks of other apps"));
    }

    List<CommitStatus> statuses(CommitSha sha) {
        return api.transport()
                .pages(
                        api.conditional("/commits/{sha}/status", sha)
                                .with("per_page", GitHubApi.PAGE),
                        a -> a.json().list("statuses").stream().map(CommitChecks::status).toList());
    }

    CommitStatus createStatus(
            CommitSha sha,
            String context,
            CommitStatus.State state,
            String description,
            Optional<URI> link) {
        var body = new LinkedHashMap<String, Object>();
        body.put("state", state.key());
        body.put("context", context);
        body.put("description", description);
        link.ifPresent(l -> body.put("target_url", l.toString()));
        return api.transport()
                .change(api.call("POST", "/statuses/{sha}", sha).body(body), a -> status(a.json()));
    }

    private List<Check> checkRuns(CommitSha sha) {
        return api.transport()
                .pages(
                        api.conditional("/commits/{sha}/check-runs", sha)
                                .with("filter", "latest")
                                .with("per_page", GitHubApi.PAGE),
                        a ->
                                a.json().list("check_runs").stream()
                                        .map(CheckWords::checkRun)
                                        .toList());
    }

    private List<Check> workflowRuns(CommitSha sha) {
        return CheckWords.newest(new Actions(api).runs(sha)).stream()
                .map(CheckWords::workflowRun)
                .toList();
    }

    /// Empty when the token lacks the permission; every other failure is thrown.
    private static <T> Optional<T> readable(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Unauthorized) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static CommitStatus status(Json status) {
        return new CommitStatus(
                status.text("context"),
                state(status.text("state")),
                status.someText("description").orElse(""),
                status.maybeUri("target_url"),
                status.time("created_at"));
    }

    private static CommitStatus.State state(String word) {
        try {
            return CommitStatus.State.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Json.Unreadable("a commit status has a state GitHub does not document");
        }
    }
}
