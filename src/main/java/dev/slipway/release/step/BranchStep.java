package dev.slipway.release.step;

import dev.slipway.neon.Branch;
import dev.slipway.neon.Neon;
import dev.slipway.neon.NewBranch;
import dev.slipway.neon.Operation;
import dev.slipway.operation.Observation;
import dev.slipway.operation.Sending;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import dev.slipway.release.throwaway.BranchMark;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Makes and removes the branches an operation needs for itself. They are recognised by their name,
/// which holds the operation, and by the mark stored with them; only such a branch is ever deleted,
/// by its id.
public final class BranchStep {
    private BranchStep() {}

    static String name(StepScope scope, String kind) {
        return "slipway/" + scope.plan().brief() + "/" + kind;
    }

    static Optional<Branch> find(Neon neon, StepScope scope, String kind) {
        var name = name(scope, kind);
        return neon.branches().stream().filter(b -> b.name().equals(name)).findFirst();
    }

    static boolean ours(Branch branch, StepScope scope) {
        return scope.ours(BranchMark.of(branch));
    }

    /// The parameters of a step that makes a branch at `point`.
    public static Map<String, String> at(NewBranch.Point point) {
        return switch (point) {
            case NewBranch.Point.Head _ -> Map.of();
            case NewBranch.Point.Lsn(var lsn) -> Map.of("lsn", lsn);
            case NewBranch.Point.Time(var at) -> Map.of("time", at.toString());
        };
    }

    static NewBranch.Point point(Map<String, String> parameters) {
        return Optional.ofNullable(parameters.get("lsn"))
                .<NewBranch.Point>map(NewBranch.Point.Lsn::new)
                .or(() ->
                        Optional.ofNullable(parameters.get("time"))
                                .map(Instant::parse)
                                .map(NewBranch.Point.Time::new))
                .orElseGet(NewBranch.Point.Head::new);
    }

    /// Makes a branch of another, production or what a restore kept.
    ///
    /// @param kind last part of its name, for example `rehearsal` or `before`
    /// @param output name of the output that holds its id
    /// @param keep after how long it deletes itself
    /// @param compute whether it can be connected to
    public record Create(Neon neon, String kind, String output, Duration keep, boolean compute)
            implements StepWork {
        @Override
        public Observation observe(StepScope scope) {
            var found = find(neon, scope, kind);
            if (found.isEmpty()) {
                return Observation.Absent.seen(Map.of("branch", "none"));
            }
            var branch = found.get();
            var evidence = Map.of("branch", branch.id(), "state", branch.state());
            if (!ours(branch, scope)) {
                return new Observation.Foreign(
                        "The branch " + branch.name() + " exists and is not ours.", evidence);
            }
            var working =
                    neon.operations().stream()
                            .filter(o -> o.branch().map(branch.id()::equals).orElse(false))
                            .anyMatch(o ->
                                    o.phase() == Operation.Phase.RUNNING
                                            || o.phase() == Operation.Phase.FAILING);
            return branch.ready() && !working
                    ? new Observation.Done(Map.of(output, branch.id()), evidence)
                    : Observation.NotYet.because("Neon is making the branch " + branch.name());
        }

        @Override
        public Receipt send(StepScope scope, Sending sending) {
            var made =
                    neon.createBranch(
                            new NewBranch(
                                    name(scope, kind),
                                    scope.step().parameter("parent"),
                                    point(scope.step().parameters()),
                                    BranchMark.annotation(scope.mark()),
                                    Optional.of(
                                            scope.plan()
                                                    .created()
                                                    .plus(keep)
                                                    .truncatedTo(
                                                            java.time.temporal.ChronoUnit.SECONDS)),
                                    compute));
            return new Receipt(Map.of("branch", made.branch().id()));
        }
    }

    /// Removes the branch of that kind, however far the operation came.
    public record Remove(Neon neon, String kind) implements StepWork {
        @Override
        public Observation observe(StepScope scope) {
            var found = find(neon, scope, kind);
            if (found.isEmpty()) {
                return Observation.Done.seen(Map.of("branch", "none"));
            }
            var evidence = Map.of("branch", found.get().id());
            return ours(found.get(), scope) && !found.get().isDefault()
                    ? Observation.Absent.seen(evidence)
                    : new Observation.Foreign(
                            "The branch "
                                    + found.get().name()
                                    + " is not ours and was not deleted.",
                            evidence);
        }

        @Override
        public Receipt send(StepScope scope, Sending sending) {
            var branch =
                    find(neon, scope, kind)
                            .filter(b -> ours(b, scope) && !b.isDefault() && !b.isProtected());
            branch.ifPresent(b -> neon.deleteBranch(b.id()));
            return branch.map(b -> new Receipt(Map.of("branch", b.id()))).orElse(Receipt.NONE);
        }
    }
}
