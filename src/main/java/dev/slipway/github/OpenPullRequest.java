package dev.slipway.github;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.PullRequestNumber;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An open pull request as the list shows it.
///
/// @param nodeId the id GraphQL uses
/// @param author login; empty when the account is gone
/// @param base name of the branch it wants into
/// @param head name of its own branch, in its own repository
/// @param fork whether its branch lives in another repository
/// @param headOwner who owns that repository; empty when it is gone
/// @param review what reviewers decided; empty when the repository asks for no review
/// @param queuePosition place in the merge queue, first is 1; empty when it is not in one
/// @param objects the name Git gives to what lies at a path of the head, by path, for the paths that were
///     asked for; without a path where nothing lies; empty when the list does not tell
public record OpenPullRequest(
        PullRequestNumber number,
        String nodeId,
        String title,
        URI url,
        Optional<String> author,
        boolean draft,
        Instant created,
        Instant updated,
        String base,
        String head,
        CommitSha headSha,
        boolean fork,
        Optional<String> headOwner,
        Mergeable mergeable,
        Optional<ReviewDecision> review,
        Optional<Integer> queuePosition,
        boolean autoMerge,
        List<String> labels,
        Checks checks,
        Optional<Map<String, String>> objects) {
    public OpenPullRequest {
        labels = List.copyOf(labels);
        objects = objects.map(Map::copyOf);
    }

    /// The same pull request with other checks.
    OpenPullRequest with(Checks other) {
        return new OpenPullRequest(
                number,
                nodeId,
                title,
                url,
                author,
                draft,
                created,
                updated,
                base,
                head,
                headSha,
                fork,
                headOwner,
                mergeable,
                review,
                queuePosition,
                autoMerge,
                labels,
                other,
                objects);
    }

    /// Whether the branches can be merged.
    public enum Mergeable {
        MERGEABLE,
        CONFLICTING,
        /// GitHub is computing it, or gave a word this program does not know.
        UNKNOWN
    }

    /// What reviewers decided together.
    public enum ReviewDecision {
        APPROVED,
        CHANGES_REQUESTED,
        REVIEW_REQUIRED,
        /// A word this program does not know.
        UNKNOWN
    }
}
