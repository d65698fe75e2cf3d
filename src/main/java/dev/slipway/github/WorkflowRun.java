package dev.slipway.github;

import dev.slipway.domain.CommitSha;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// One run of a workflow.
///
/// @param name of the workflow
/// @param title what the run is called; holds the inputs when the workflow puts them there
/// @param path of the workflow's file
/// @param event what started it, for example `push`
/// @param status GitHub's word, for example `in_progress`
/// @param conclusion GitHub's word, for example `success`; empty until completed
/// @param branch empty for a tag
/// @param attempt first is 1
/// @param actor login; empty when unknown
public record WorkflowRun(
        long id,
        String name,
        String title,
        String path,
        String event,
        String status,
        Optional<String> conclusion,
        Optional<String> branch,
        CommitSha head,
        int number,
        int attempt,
        Instant created,
        Instant updated,
        URI url,
        Optional<String> actor) {
    /// Whether it has come to its end.
    public boolean completed() {
        return status.equals("completed");
    }

    /// Whether it ended well.
    public boolean succeeded() {
        return conclusion.filter("success"::equals).isPresent();
    }
}
