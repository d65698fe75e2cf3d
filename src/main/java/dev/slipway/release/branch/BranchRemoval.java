package dev.slipway.release.branch;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.World;
import dev.slipway.http.Wire;
import dev.slipway.neon.Branch;
import dev.slipway.neon.Neon;
import dev.slipway.production.Databases;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Deletes a branch a debt stands for, by id, after it was seen to be ours and to hold nothing else up.
final class BranchRemoval {
    /// How often a deletion is tried while Neon is busy, and how often it is looked for afterwards.
    private static final int TRIES = 20;

    private final World.Bounds bounds;
    private final Neon neon;
    private final Databases databases;
    private final InstantSource clock;

    BranchRemoval(World.Bounds bounds, Neon neon, Databases databases, InstantSource clock) {
        this.bounds = bounds;
        this.neon = neon;
        this.databases = databases;
        this.clock = clock;
    }

    /// What became of it.
    sealed interface Result {
        /// It was deleted and is gone.
        record Deleted() implements Result {}

        /// It is not there and can no longer come.
        record NeverThere() implements Result {}

        /// It is there, or may still come.
        record Stays(String reason) implements Result {}
    }

    /// Sees that nothing is left of `debt`.
    ///
    /// @param patient whether to wait for a branch that may still be made
    Result of(BranchDebt debt, boolean patient) {
        try {
            var branches = neon.branches();
            while (found(debt, branches).isEmpty()) {
                if (!clock.instant().isBefore(debt.since().plus(bounds.quiet(Provider.NEON)))) {
                    return new Result.NeverThere();
                }
                if (!patient) {
                    return new Result.Stays(
                            "Neon does not have it yet and may still be about to make it.");
                }
                Thread.sleep(bounds.poll());
                branches = neon.branches();
            }
            var branch = found(debt, branches).orElseThrow();
            var refusal = refusal(branch, debt, branches);
            return refusal.isPresent() ? new Result.Stays(refusal.get()) : delete(branch);
        } catch (FailureException e) {
            return new Result.Stays(e.failure().sentence() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result.Stays("looking for it was interrupted.");
        }
    }

    /// The branch of the debt's name and mark, when Neon has it.
    static Optional<Branch> ours(BranchDebt debt, List<Branch> branches) {
        return found(debt, branches).filter(branch -> marked(branch, debt));
    }

    private static Optional<Branch> found(BranchDebt debt, List<Branch> branches) {
        return branches.stream().filter(b -> b.name().equals(debt.name())).findFirst();
    }

    private static boolean marked(Branch branch, BranchDebt debt) {
        return BranchMark.of(branch).startsWith(debt.mark());
    }

    private Optional<String> refusal(Branch branch, BranchDebt debt, List<Branch> branches) {
        if (!marked(branch, debt)) {
            return Optional.of("the branch of that name is not ours; nothing was deleted.");
        }
        if (branch.isDefault()
                || branch.isProtected()
                || branch.parent().isEmpty()
                || branch.id().equals(debt.parent())
                || branch.id().equals(databases.production(branches).id())) {
            return Optional.of(
                    "it is production, default, protected or a root; nothing was deleted.");
        }
        return branches.stream().anyMatch(b -> b.parent().filter(branch.id()::equals).isPresent())
                ? Optional.of("other branches were made from it; nothing was deleted.")
                : Optional.empty();
    }

    private Result delete(Branch branch) throws InterruptedException {
        Optional<Failure> last = Optional.empty();
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try {
                Wire.during(Wire.Listener.NONE, () -> neon.deleteBranch(branch.id()));
                last = Optional.empty();
                if (gone(branch.id())) {
                    return new Result.Deleted();
                }
            } catch (FailureException e) {
                // Deleting once more what was deleted changes nothing, so a lost answer is asked
                // again.
                last = Optional.of(e.failure());
                if (e.failure().outcome() == Failure.Outcome.REFUSED) {
                    break;
                }
            }
            Thread.sleep(pause(last));
        }
        return new Result.Stays(
                last.map(failure -> failure.sentence() + ".")
                        .orElse("Neon was asked to delete it and still has it."));
    }

    private boolean gone(String id) {
        return neon.branch(id).isEmpty();
    }

    private Duration pause(Optional<Failure> failure) {
        return failure.orElse(null) instanceof Failure.RateLimited(_, var after)
                ? after
                : bounds.poll();
    }
}
