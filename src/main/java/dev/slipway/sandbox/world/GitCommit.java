package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.revwalk.RevCommit;

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

    /// @param commit with its body parsed
    static GitCommit of(RevCommit commit) {
        var author = commit.getAuthorIdent();
        var committer = commit.getCommitterIdent();
        return new GitCommit(
                new CommitSha(commit.name()),
                commit.getTree().name(),
                Stream.of(commit.getParents()).map(p -> new CommitSha(p.name())).toList(),
                GitPerson.of(author),
                author.getWhenAsInstant(),
                GitPerson.of(committer),
                committer.getWhenAsInstant(),
                commit.getFullMessage());
    }

    /// The first line of the message.
    public String title() {
        return message.lines().findFirst().orElse("");
    }
}
