package dev.slipway.github;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.PullRequestNumber;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// One pull request, read by itself.
///
/// @param author login; empty when the account is gone
/// @param mergeable empty while GitHub computes it: ask again
/// @param mergeableState GitHub's word for it, for example `clean` or `blocked`
/// @param mergeCommit while open, the test merge of head into base; once merged, the commit on the
///     base branch; empty while GitHub computes it
/// @param headRepository id of the repository the head lives in; empty when it is gone
/// @param merged when it was merged
public record PullRequest(
        PullRequestNumber number,
        String nodeId,
        String title,
        URI url,
        Optional<String> author,
        State state,
        boolean draft,
        Optional<Boolean> mergeable,
        String mergeableState,
        Optional<CommitSha> mergeCommit,
        String base,
        CommitSha baseSha,
        long baseRepository,
        String head,
        CommitSha headSha,
        Optional<Long> headRepository,
        Optional<Instant> merged) {
    /// Where a pull request is in its life.
    public enum State {
        OPEN,
        /// Closed without being merged.
        CLOSED,
        MERGED
    }

    /// Whether its branch lives in another repository, or in one that is gone.
    public boolean fork() {
        return headRepository.map(id -> id != baseRepository).orElse(true);
    }
}
