package dev.slipway.release.throwaway;

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

/// Deletes branches by their id. Never one that is production, default, protected, a root or somebody's
/// parent, nor one that does not carry the mark it was asked for with.
public final class BranchRemoval implements Removal {
    private final World.Bounds bounds;
    private final Neon neon;
    private final Databases databases;
    private final InstantSource clock;

    public BranchRemoval(World.Bounds bounds, Neon neon, Databases databases, InstantSource clock) {
        this.bounds = bounds;
        this.neon = neon;
        this.databases = databases;
        this.clock = clock;
    }

    @Override
    public Result of(Debt debt) throws InterruptedException {
        if (!debt.place().equals(neon.project())) {
            return new Result.Stays(
                    "it is in the Neon project "
                            + debt.place()
                            + ", which this stack does not name.");
        }
        try {
            var branches = neon.branches();
            var found = found(debt, branches);
            if (found.isEmpty()) {
                return clock.instant().isBefore(debt.since().plus(bounds.quiet(Provider.NEON)))
                        ? new Result.MayCome(
                                "Neon does not have it and may still be about to make it.")
                        : new Result.NeverThere();
            }
            // The list may be older than what is about to be deleted.
            var branch = neon.branch(found.get().id());
            if (branch.isEmpty()) {
                return new Result.Deleted();
            }
            var refusal = refusal(branch.get(), debt, branches);
            return refusal.isPresent()
                    ? new Result.Stays(refusal.get())
                    : delete(branch.get().id());
        } catch (FailureException e) {
            return new Result.Stays(e.failure().sentence() + ".");
        }
    }

    /// The branch of the debt's name and mark, when Neon has it.
    static Optional<Branch> ours(Debt debt, List<Branch> branches) {
        return found(debt, branches).filter(branch -> marked(branch, debt));
    }

    private static Optional<Branch> found(Debt debt, List<Branch> branches) {
        return branches.stream()
                .filter(b ->
                        debt.id().map(b.id()::equals).orElseGet(() -> b.name().equals(debt.name())))
                .findFirst();
    }

    private static boolean marked(Branch branch, Debt debt) {
        return BranchMark.of(branch).equals(debt.mark());
    }

    private Optional<String> refusal(Branch branch, Debt debt, List<Branch> branches) {
        if (!branch.name().equals(debt.name()) || !marked(branch, debt)) {
            return Optional.of("the branch of that name is not ours; nothing was deleted.");
        }
        if (branch.isDefault()
                || branch.isProtected()
                || branch.parent().isEmpty()
                || branch.id().equals(databases.production(branches).id())) {
            return Optional.of(
                    "it is production, default, protected or a root; nothing was deleted.");
        }
        return branches.stream().anyMatch(b -> b.parent().filter(branch.id()::equals).isPresent())
                ? Optional.of("other branches were made from it; nothing was deleted.")
                : Optional.empty();
    }

    private Result delete(String id) throws InterruptedException {
        Optional<Failure> last = Optional.empty();
        var until = clock.instant().plus(bounds.mutation());
        do {
            try {
                Wire.during(Wire.Listener.NONE, () -> neon.deleteBranch(id));
                last = Optional.empty();
                if (neon.branch(id).isEmpty()) {
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
        } while (clock.instant().isBefore(until));
        return new Result.Stays(
                last.map(failure -> failure.sentence() + ".")
                        .orElse("Neon was asked to delete it and still has it."));
    }

    private Duration pause(Optional<Failure> failure) {
        return failure.orElse(null) instanceof Failure.RateLimited(_, var after)
                ? after
                : bounds.poll();
    }
}
