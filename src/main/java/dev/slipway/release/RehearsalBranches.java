package dev.slipway.release;

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
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Throw-away branches for rehearsals that no operation makes. A branch carries its name and its mark,
/// is deleted by its id, and expires by itself when that is prevented.
public final class RehearsalBranches {
    private static final String MARK = "slipway-mark";
    private static final Duration KEPT = Duration.ofHours(1);

    private final Neon neon;
    private final World.Bounds bounds;
    private final InstantSource clock;
    private final RandomGenerator random;

    public RehearsalBranches(
            Neon neon, World.Bounds bounds, InstantSource clock, RandomGenerator random) {
        this.neon = neon;
        this.bounds = bounds;
        this.clock = clock;
        this.random = random;
    }

    /// A branch that exists until it is closed.
    public interface Open extends AutoCloseable {
        /// Its id at Neon.
        String id();

        /// Its name.
        String name();

        /// Deletes it.
        ///
        /// @throws FailureException when it could not be deleted; it expires by itself
        @Override
        void close();
    }

    /// Branches off the head of `parent` and waits until it can be connected to.
    ///
    /// @param parent id of the branch
    /// @throws FailureException when Neon does not make it; nothing is left then that does not expire
    /// @throws InterruptedException while it waited
    public Open open(String parent) throws InterruptedException {
        var id = Plan.freshId(random).substring(0, 8);
        var name = "slipway/" + id + "/rehearsal";
        var made =
                Wire.during(
                        Wire.Listener.NONE,
                        () ->
                                neon.createBranch(
                                        new NewBranch(
                                                name,
                                                parent,
                                                new NewBranch.Point.Head(),
                                                Map.of(MARK, "slipway:" + id + ":rehearsal"),
                                                Optional.of(
                                                        clock.instant()
                                                                .plus(KEPT)
                                                                .truncatedTo(ChronoUnit.SECONDS)),
                                                true)));
        var branch = new Made(made.branch().id(), name);
        try {
            awaitReady(branch);
            return branch;
        } catch (RuntimeException | InterruptedException e) {
            try {
                branch.close();
            } catch (FailureException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    private void awaitReady(Made branch) throws InterruptedException {
        var deadline = clock.instant().plus(bounds.stepDeadline());
        while (!ready(branch.id())) {
            if (clock.instant().isAfter(deadline)) {
                throw new FailureException(
                        new Failure.Busy(
                                Provider.NEON,
                                "the branch "
                                        + branch.name()
                                        + " was not ready in "
                                        + bounds.stepDeadline().toSeconds()
                                        + " s"));
            }
            Thread.sleep(bounds.poll());
        }
    }

    private boolean ready(String id) {
        return neon.branch(id).filter(Branch::ready).isPresent()
                && neon.operations().stream()
                        .filter(each -> each.branch().filter(id::equals).isPresent())
                        .noneMatch(each ->
                                each.phase() == Operation.Phase.RUNNING
                                        || each.phase() == Operation.Phase.FAILING);
    }

    private final class Made implements Open {
        private final String id;
        private final String name;

        Made(String id, String name) {
            this.id = id;
            this.name = name;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void close() {
            // Whoever interrupted the rehearsal did not mean that its branch shall stay.
            boolean interrupted = Thread.interrupted();
            try {
                delete();
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private void delete() {
            var deadline = clock.instant().plus(bounds.mutation());
            while (true) {
                try {
                    Wire.during(Wire.Listener.NONE, () -> neon.deleteBranch(id));
                    return;
                } catch (FailureException e) {
                    if (!e.failure().notApplied() || clock.instant().isAfter(deadline)) {
                        throw e;
                    }
                    pause(e);
                }
            }
        }

        private void pause(FailureException cause) {
            try {
                Thread.sleep(bounds.poll());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw cause;
            }
        }
    }
}
