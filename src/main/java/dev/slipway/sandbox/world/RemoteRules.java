package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import java.util.Optional;
import java.util.stream.Stream;

/// What GitHub and Neon refuse, apart from where their state is kept: the worlds of the sandbox and
/// the remotes of the engine's simulation apply the same rules.
public final class RemoteRules {
    private RemoteRules() {}

    /// Whether a pull request may be merged, as far as it and the pinned head decide that.
    ///
    /// @throws GitHubRefusal 405 when it is not open, 409 when its head is not the pinned one
    public static void mergeable(boolean open, CommitSha head, Optional<CommitSha> pinned) {
        if (!open) {
            throw new GitHubRefusal(405, "Pull Request is not mergeable");
        }
        if (pinned.isPresent() && !pinned.get().equals(head)) {
            throw new GitHubRefusal(
                    409, "Head branch was modified. Review and try the merge again.");
        }
    }

    /// Whether a ref may be made.
    ///
    /// @param there whether one of that name is there
    /// @throws GitHubRefusal 422 when it is
    public static void creatable(boolean there) {
        if (there) {
            throw new GitHubRefusal(422, "Reference already exists");
        }
    }

    /// Whether a branch of a Neon project may have a name.
    ///
    /// @param taken the names of the others
    /// @throws NeonRefusal 409 when another one has it
    public static void nameable(Stream<String> taken, String name) {
        if (taken.anyMatch(name::equals)) {
            throw new NeonRefusal(
                    409, "BRANCH_ALREADY_EXISTS", "branch with the provided name already exists");
        }
    }

    /// Whether a branch of a Neon project may be deleted, as far as it decides that itself.
    ///
    /// @throws NeonRefusal 422 when it is protected or the default one
    public static void deletable(boolean isProtected, boolean isDefault) {
        if (isProtected) {
            throw NeonRefusal.invalid("cannot delete protected branch");
        }
        if (isDefault) {
            throw NeonRefusal.invalid("cannot delete the default branch");
        }
    }
}
