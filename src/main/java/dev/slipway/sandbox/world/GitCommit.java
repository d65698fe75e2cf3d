package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import java.time.Instant;
import java.util.List;

/// A commit as read from a repository.
///
/// @param tree object id of its tree
/// @param message whole message
public record GitCommit(
        CommitSha sha,
        String tree,
        List<CommitSha> parents,
        GitPerson author,
        Instant authoredAt,
        GitPerson committer,
        Instant committedAt,
        String message) {

    public GitCommit {
        parents = List.copyOf(parents);
    }

    /// The first line of the message.
    public String title() {
        return message.lines().findFirst().orElse("");
    }
}
