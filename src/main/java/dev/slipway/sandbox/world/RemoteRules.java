package dev.slipway.sandbox.world;

import dev.slipway.domain.CommitSha;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
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

    /// Whether a ref may be moved as wanted: compare and set, and nothing is lost without force.
    ///
    /// @param now where it is; [GitRefChange#ABSENT] when there is none of that name
    /// @param known whether there is an object of an id
    /// @param forward whether the commit of the second id contains that of the first
    /// @throws GitHubRefusal 422 with the reason
    public static void movable(
            GitRefChange wanted,
            String now,
            Predicate<String> known,
            BiPredicate<String, String> forward) {
        var expected = wanted.before().orElse(now);
        if (!expected.equals(now)) {
            throw new GitHubRefusal(
                    422,
                    "Reference cannot be updated: %s is at %s but expected %s"
                            .formatted(wanted.name(), now, expected));
        }
        var absent = now.equals(GitRefChange.ABSENT);
        if (wanted.deletes()) {
            if (absent) {
                throw new GitHubRefusal(422, "Reference does not exist");
            }
            return;
        }
        if (!known.test(wanted.after())) {
            throw new GitHubRefusal(422, "Object does not exist");
        }
        if (!absent && !wanted.force() && !forward.test(now, wanted.after())) {
            throw new GitHubRefusal(422, "Update is not a fast forward");
        }
    }

    /// Whether a Neon project takes a change that takes time itself.
    ///
    /// @throws NeonRefusal 423 while one of its operations is not over
    public static void unlocked(Stream<NeonOperation> operations, Instant now) {
        if (operations.anyMatch(operation -> !operation.over(now))) {
            throw NeonRefusal.locked();
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

    /// Whether a branch of a Neon project may be deleted.
    ///
    /// @param isParent whether others were made from it
    /// @param isRoot whether it was made from none
    /// @throws NeonRefusal 422 when it is protected, the default one, a parent or a root
    public static void deletable(
            boolean isProtected, boolean isDefault, boolean isParent, boolean isRoot) {
        if (isProtected) {
            throw NeonRefusal.invalid("cannot delete protected branch");
        }
        if (isDefault) {
            throw NeonRefusal.invalid("cannot delete the default branch");
        }
        if (isParent) {
            throw NeonRefusal.invalid("cannot delete branch that has children");
        }
        if (isRoot) {
            throw NeonRefusal.invalid("cannot delete a root branch");
        }
    }
}
