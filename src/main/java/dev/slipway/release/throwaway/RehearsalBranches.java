package dev.slipway.release.throwaway;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.RefusedException;
import dev.slipway.domain.World;
import dev.slipway.http.Wire;
import dev.slipway.neon.Branch;
import dev.slipway.neon.Neon;
import dev.slipway.neon.NewBranch;
import dev.slipway.neon.Operation;
import dev.slipway.operation.Plan;
import dev.slipway.production.Databases;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Makes throw-away branches of production and sees that none stays: each is written down before it is
/// asked for, and expires by itself where nobody comes to remove it.
///
/// Safe for use by several threads.
public final class RehearsalBranches {
    /// After how long Neon deletes a branch by itself, should nobody else do it.
    private static final Duration EXPIRES = Duration.ofHours(1);

    private static final Pattern KEPT = Pattern.compile("slipway/[0-9a-f]{8}/look");

    /// How often a branch is asked for while Neon is busy.
    private static final int TRIES = 20;

    private final World.Bounds bounds;
    private final Neon neon;
    private final Databases databases;
    private final ThrowAways book;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param book where each branch is written down
    public RehearsalBranches(
            World.Bounds bounds,
            Neon neon,
            Databases databases,
            ThrowAways book,
            InstantSource clock,
            RandomGenerator random) {
        this.bounds = bounds;
        this.neon = neon;
        this.databases = databases;
        this.book = book;
        this.clock = clock;
        this.random = random;
    }

    /// Branches production's newest state and waits until the branch can be used. Changes Neon only.
    ///
    /// @param say hears what is waited for
    /// @throws FailureException when there is no branch; one that was made is deleted
    /// @throws InterruptedException likewise
    public RehearsalBranch open(Consumer<String> say) throws InterruptedException {
        var parent = databases.production(neon.branches()).id();
        return open("rehearsal", new Wanted(parent, new NewBranch.Point.Head(), EXPIRES), say);
    }

    /// The same of any branch at any point of its history, to look into.
    ///
    /// @param parent id of the branch
    /// @param keep after how long Neon deletes it by itself
    public RehearsalBranch look(
            String parent, NewBranch.Point point, Duration keep, Consumer<String> say)
            throws InterruptedException {
        return open("look", new Wanted(parent, point, keep), say);
    }

    private record Wanted(String parent, NewBranch.Point point, Duration keep) {}

    private RehearsalBranch open(String kind, Wanted wanted, Consumer<String> say)
            throws InterruptedException {
        var name = "slipway/" + Plan.freshId(random).substring(0, 8) + "/" + kind;
        boolean usable = false;
        try {
            var id = create(name, wanted, say);
            awaitUsable(id, name);
            var branch = new RehearsalBranch(this, name, id, databases.connection(id));
            usable = true;
            return branch;
        } finally {
            if (!usable) {
                remove(name).ifPresent(debt -> say.accept(debt.sentence()));
            }
        }
    }

    private String create(String name, Wanted wanted, Consumer<String> say)
            throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            var debt = book.begin(Debt.Kind.BRANCH, name, name.replace('/', ':'), neon.project());
            try {
                var made =
                        Wire.during(
                                Wire.Listener.NONE, () -> neon.createBranch(wanted(debt, wanted)));
                book.made(debt, made.branch().id());
                return made.branch().id();
            } catch (FailureException e) {
                var failure = e.failure();
                if (failure.outcome() == Failure.Outcome.UNKNOWN) {
                    say.accept(failure.sentence() + "; looking for the branch.");
                    var id = made(debt).orElseThrow(() -> e);
                    book.made(debt, id);
                    return id;
                }
                book.forget(debt);
                if (!failure.notApplied() || attempt == TRIES) {
                    throw e;
                }
                say.accept(failure.sentence() + "; waiting.");
                Thread.sleep(bounds.poll());
            }
        }
    }

    private NewBranch wanted(Debt debt, Wanted wanted) {
        var expires = clock.instant().plus(wanted.keep()).truncatedTo(ChronoUnit.SECONDS);
        return new NewBranch(
                debt.name(),
                wanted.parent(),
                wanted.point(),
                BranchMark.annotation(debt.mark()),
                Optional.of(expires),
                true);
    }

    /// The id of a branch whose making was not answered; empty once it can no longer come.
    private Optional<String> made(Debt debt) throws InterruptedException {
        var last = clock.instant().plus(bounds.quiet(Provider.NEON));
        while (true) {
            var late = clock.instant().isAfter(last);
            var found = BranchRemoval.ours(debt, neon.branches());
            if (found.isPresent() || late) {
                return found.map(Branch::id);
            }
            Thread.sleep(bounds.poll());
        }
    }

    private void awaitUsable(String id, String name) throws InterruptedException {
        var last = clock.instant().plus(bounds.stepDeadline());
        while (!usable(id, name)) {
            if (clock.instant().isAfter(last)) {
                throw new FailureException(
                        new Failure.Busy(
                                Provider.NEON, "the branch " + name + " did not become ready"));
            }
            Thread.sleep(bounds.poll());
        }
    }

    private boolean usable(String id, String name) {
        var operations =
                neon.operations().stream()
                        .filter(o -> o.branch().filter(id::equals).isPresent())
                        .toList();
        for (var operation : operations) {
            if (operation.phase() == Operation.Phase.FAILED) {
                throw new FailureException(
                        new Failure.Refused(
                                Provider.NEON,
                                0,
                                operation.status(),
                                "it could not make the branch "
                                        + name
                                        + ": "
                                        + operation.error().orElse(operation.action()),
                                Optional.empty()));
            }
        }
        return operations.stream().allMatch(o -> o.phase() == Operation.Phase.DONE)
                && neon.branch(id).filter(Branch::ready).isPresent();
    }

    /// Deletes a branch that was kept, and says why when that did not work.
    ///
    /// @throws RefusedException when `name` is none of the branches that are kept
    public Optional<Debt> removeKept(String name) {
        var branch =
                neon.branches().stream()
                        .filter(b -> b.name().equals(name) && KEPT.matcher(name).matches())
                        .filter(b -> BranchMark.of(b).equals(name.replace('/', ':')))
                        .findFirst()
                        .orElseThrow(() ->
                                new RefusedException(
                                        "There is no branch "
                                                + name
                                                + " that a look has kept. Nothing was deleted."));
        var debt = book.begin(Debt.Kind.BRANCH, name, BranchMark.of(branch), neon.project());
        book.made(debt, branch.id());
        return book.remove(name);
    }

    /// Leaves the open branch `name` to its expiry.
    void keep(String name) {
        book.keep(name);
    }

    /// Deletes the open branch `name`, and says why when that did not work.
    Optional<Debt> remove(String name) {
        return book.remove(name);
    }
}
