package dev.slipway.release.step;

import dev.slipway.domain.Provider;
import dev.slipway.neon.Branch;
import dev.slipway.neon.BranchRestore;
import dev.slipway.neon.Neon;
import dev.slipway.neon.Operation;
import dev.slipway.operation.Observation;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.Sending;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives the production branch the data it had at a point, or takes such a restore back. What it held
/// stays on the backup branch, whose name nobody else has: when that branch is there and production
/// hangs where it should, the restore has happened.
///
/// @param neon the project of the branch
public record RestoreBranch(Neon neon) implements StepWork {
    /// Key of the step.
    public static final String KEY = "restore";

    /// Name of the output that holds the id of the backup branch.
    public static final String BACKUP = KEY + ".backup";

    /// The step.
    public static PlanStep step(BranchRestore restore, String name) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("branch", restore.branch());
        parameters.put("name", name);
        parameters.put("source", restore.source());
        parameters.put("backup", restore.backup());
        parameters.putAll(BranchStep.at(restore.point()));
        return PlanStep.mutation(KEY, Provider.NEON, parameters);
    }

    /// What a step restores.
    public static BranchRestore of(PlanStep step) {
        var parameters = step.parameters();
        return new BranchRestore(
                step.parameter("branch"),
                step.parameter("source"),
                BranchStep.point(parameters),
                step.parameter("backup"));
    }

    @Override
    public Observation observe(StepScope scope) {
        var restore = of(scope.step());
        var branches = neon.branches();
        var target = find(branches, restore.branch());
        if (target.isEmpty() || !target.get().name().equals(scope.step().parameter("name"))) {
            return new Observation.Foreign(
                    "The branch "
                            + scope.step().parameter("name")
                            + " is not the one the plan was made for any more. Nothing was restored.",
                    Map.of("planned", restore.branch()));
        }
        var backup = branches.stream().filter(b -> b.name().equals(restore.backup())).findFirst();
        return backup.isEmpty()
                ? absent(restore, target.get(), branches)
                : kept(scope, restore, target.get(), backup.get());
    }

    private static Observation absent(BranchRestore restore, Branch target, List<Branch> branches) {
        if (!restore.source().equals(restore.branch())
                && (find(branches, restore.source()).isEmpty()
                        || !target.parent().equals(Optional.of(restore.source())))) {
            return new Observation.Foreign(
                    target.name()
                            + " does not hang under the branch its data would come from any more, so"
                            + " that is no undo. Nothing was restored.",
                    Map.of("parent", target.parent().orElse("none")));
        }
        return Observation.Absent.seen(
                Map.of("branch", target.id(), "parent", target.parent().orElse("none")));
    }

    private Observation kept(StepScope scope, BranchRestore restore, Branch target, Branch backup) {
        var evidence =
                Map.of(
                        "branch", target.id(),
                        "parent", target.parent().orElse("none"),
                        "backup", backup.id());
        var hangs = restore.source().equals(restore.branch()) ? backup.id() : restore.source();
        if (!scope.begun(KEY) || !target.parent().equals(Optional.of(hangs))) {
            return new Observation.Foreign(
                    "The branch "
                            + backup.name()
                            + " exists already and was not made by this restore. Nothing was restored.",
                    evidence);
        }
        return target.ready() && !working(target.id()) && !working(backup.id())
                ? new Observation.Done(Map.of(BACKUP, backup.id()), evidence)
                : Observation.NotYet.because("Neon is restoring " + target.name());
    }

    private boolean working(String branch) {
        return neon.operations().stream()
                .filter(o -> o.branch().map(branch::equals).orElse(false))
                .anyMatch(o ->
                        o.phase() == Operation.Phase.RUNNING
                                || o.phase() == Operation.Phase.FAILING);
    }

    private static Optional<Branch> find(List<Branch> branches, String id) {
        return branches.stream().filter(b -> b.id().equals(id)).findFirst();
    }

    @Override
    public Receipt send(StepScope scope, Sending sending) {
        var begun = neon.restore(of(scope.step()));
        return begun.isEmpty()
                ? Receipt.NONE
                : new Receipt(Map.of("operation", begun.getFirst().id()));
    }
}
