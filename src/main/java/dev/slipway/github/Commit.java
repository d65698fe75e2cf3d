package dev.slipway.github;

import dev.slipway.domain.CommitSha;
import java.time.Instant;
import java.util.List;

/// A commit. It never changes.
///
/// @param tree sha of its tree: two commits with the same tree hold the same files
/// @param parents first parent first
/// @param message whole message
/// @param author the name in the commit, not a login
/// @param committed when it was committed, by the committer's clock
public record Commit(
        CommitSha sha,
        String tree,
        List<CommitSha> parents,
        String message,
        String author,
        Instant committed) {
    public Commit {
        parents = List.copyOf(parents);
    }

    /// The first line of the message.
    public String subject() {
        return message.lines().findFirst().orElse("");
    }
}
