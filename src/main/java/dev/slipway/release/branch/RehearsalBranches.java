package dev.slipway.release.branch;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.World;
import dev.slipway.http.Wire;
import dev.slipway.neon.Branch;
import dev.slipway.neon.Neon;
import dev.slipway.neon.NewBranch;
import dev.slipway.neon.Operation;
import dev.slipway.operation.Plan;
import dev.slipway.operation.journal.SingleWriter.Holder;
import dev.slipway.production.Databases;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Makes throw-away branches of production and sees that none stays. A branch is written down before it
/// is asked for; it is found again by name and mark and deleted by id, and never is when it is the
/// default, protected, somebody's parent or marked by somebody else.
///
/// Safe for use by several threads.
public final class RehearsalBranches implements AutoCloseable {
    /// After how long Neon deletes a branch by itself, should nobody else do it.
    private static final Duration EXPIRES = Duration.ofHours(1);

    /// How often a branch is asked for while Neon is busy.
    private static final int TRIES = 20;

    private final World.Bounds bounds;
    private final Neon neon;
    private final Databases databases;
    private final BranchDebts debts;
    private final Abandoned abandoned;
    private final Holder self;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final BranchRemoval removal;
    private final Map<String, BranchDebt> open = new ConcurrentHashMap<>();

    /// Tells which branches operations of this home left behind.
    @FunctionalInterface
    public interface Abandoned {
        /// The first eight digits of operations that nobody goes on with and whose rehearsal branch
        /// was not seen to be gone.
        List<String> operations(Instant now);
    }

    /// @param self this process, so that the branches it uses are not swept by another one
    public RehearsalBranches(
            World.Bounds bounds,
            Neon neon,
            Databases databases,
            BranchDebts debts,
            Abandoned abandoned,
            Holder self,
            InstantSource clock,
            RandomGenerator random) {
        this.bounds = bounds;
        this.neon = neon;
        this.databases = databases;
        this.debts = debts;
        this.abandoned = abandoned;
        this.self = self;
        this.clock = clock;
        this.random = random;
        removal = new BranchRemoval(bounds, neon, databases, clock);
    }

    /// Branches production's newest state and waits until the branch can be used. Changes Neon only.
    ///
    /// @param say hears what is waited for
    /// @throws FailureException when there is no branch; one that was made is deleted
    /// @throws InterruptedException likewise
    public RehearsalBranch open(Consumer<String> say) throws InterruptedException {
        var parent = databases.production(neon.branches()).id();
        var name = "slipway/" + Plan.freshId(random).substring(0, 8) + "/rehearsal";
        boolean usable = false;
        try {
            var id = create(name, parent, say);
            awaitUsable(id, name);
            var branch = new RehearsalBranch(this, name, id, databases.connection(id));
            usable = true;
            return branch;
        } finally {
            if (!usable) {
                var _ = remove(name);
            }
        }
    }

    private BranchDebt writeDown(String name, String parent) {
        var debt =
                new BranchDebt(
                        name,
                        name.replace('/', ':'),
                        neon.project(),
                        parent,
                        clock.instant(),
                        self);
        open.put(name, debt);
        debts.write(debt);
        return debt;
    }

    private String create(String name, String parent, Consumer<String> say)
            throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            var debt = writeDown(name, parent);
            try {
                return Wire.during(Wire.Listener.NONE, () -> neon.createBranch(wanted(debt)))
                        .branch()
                        .id();
            } catch (FailureException e) {
                var failure = e.failure();
                if (failure.outcome() == Failure.Outcome.UNKNOWN) {
                    say.accept(failure.sentence() + "; looking for the branch.");
                    return made(debt).orElseThrow(() -> e);
                }
                if (!failure.notApplied() || attempt == TRIES) {
                    throw e;
                }
                say.accept(failure.sentence() + "; waiting.");
                Thread.sleep(bounds.poll());
            }
        }
    }

    private NewBranch wanted(BranchDebt debt) {
        var expires = clock.instant().plus(EXPIRES).truncatedTo(ChronoUnit.SECONDS);
        return new NewBranch(
                debt.name(),
                debt.parent(),
                new NewBranch.Point.Head(),
                BranchMark.annotation(debt.mark()),
                Optional.of(expires),
                true);
    }

    /// The id of a branch whose making was not answered; empty once it can no longer come.
    private Optional<String> made(BranchDebt debt) throws InterruptedException {
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

    /// Deletes the open branch `name`, and says why when that did not work.
    Optional<BranchDebt.Left> remove(String name) {
        var debt = open.get(name);
        if (debt == null) {
            return Optional.empty();
        }
        // Whoever interrupted the rehearsal did not mean that its branch shall stay.
        boolean interrupted = Thread.interrupted();
        try {
            return pay(debt, true);
        } finally {
            open.remove(name);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Deletes every branch this process still uses: it ends.
    @Override
    public void close() {
        for (var name : List.copyOf(open.keySet())) {
            var _ = remove(name);
        }
    }

    /// What is written down, also branches that are in use now.
    public List<BranchDebt> debts() {
        return debts.all();
    }

    /// Removes what earlier runs of this home left. Without a debt nobody is asked anything. A branch
    /// whose making was never answered is not waited for; the next sweep looks again.
    public Sweep sweep() {
        return sweep(false);
    }

    /// The same, and waits until it is certain that no branch can come any more.
    public Sweep sweepPatiently() {
        return sweep(true);
    }

    private Sweep sweep(boolean patient) {
        var removed = new ArrayList<String>();
        var left = new ArrayList<BranchDebt.Left>();
        for (var debt : debts.all()) {
            if (!debt.project().equals(neon.project())) {
                left.add(
                        new BranchDebt.Left(
                                debt,
                                "it is in the Neon project "
                                        + debt.project()
                                        + ", which this stack does not name."));
            } else if (!inUse(debt)) {
                note(debt, removal.of(debt, patient), removed, left);
            }
        }
        for (var digits : abandoned.operations(clock.instant())) {
            var name = "slipway/" + digits + "/rehearsal";
            var debt =
                    new BranchDebt(
                            name,
                            "slipway:" + digits + ":",
                            neon.project(),
                            "",
                            Instant.EPOCH,
                            self);
            note(debt, removal.of(debt, false), removed, left);
        }
        return new Sweep(removed, left);
    }

    private boolean inUse(BranchDebt debt) {
        return debt.holder().session().equals(self.session())
                ? open.containsKey(debt.name())
                : debt.holder().alive(self.boot());
    }

    private void note(
            BranchDebt debt,
            BranchRemoval.Result result,
            List<String> removed,
            List<BranchDebt.Left> left) {
        switch (result) {
            case BranchRemoval.Result.Deleted() -> {
                debts.remove(debt);
                removed.add(debt.name());
            }
            case BranchRemoval.Result.NeverThere() -> debts.remove(debt);
            case BranchRemoval.Result.Stays(var reason) ->
                    left.add(new BranchDebt.Left(debt, reason));
        }
    }

    private Optional<BranchDebt.Left> pay(BranchDebt debt, boolean patient) {
        var left = new ArrayList<BranchDebt.Left>();
        note(debt, removal.of(debt, patient), new ArrayList<>(), left);
        return left.stream().findFirst();
    }
}
