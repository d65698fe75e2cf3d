package dev.slipway.release;

import dev.slipway.domain.Provider;
import dev.slipway.migration.LockRetry;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.PlanStep.Lasting;
import dev.slipway.operation.PlanStep.OnFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The steps of a plan that are about the database.
record SchemaSteps(PlanBasis basis) {
    List<PlanStep> restorePoint() {
        var steps = new ArrayList<PlanStep>();
        steps.add(
                PlanStep.check("record-restore-point", database())
                        .told(
                                "Record the restore point",
                                "Neon: reads " + basis.stack().neon().branch(),
                                "nothing to undo",
                                "stop, nothing changed"));
        if (PlanBasis.keepsBranch(basis.soak(), basis.now())) {
            steps.add(
                    PlanStep.mutation(
                                    "record-restore-point.branch",
                                    Provider.NEON,
                                    Map.of("parent", basis.branchId(), "keepHours", "72"))
                            .told(
                                    "Keep the restore point in a branch for 72 h",
                                    "Neon: new branch",
                                    "deletes itself",
                                    "stop, nothing changed")
                            .lasting(new Lasting.Once()));
        }
        return steps;
    }

    /// Nothing when no migration is pending.
    List<PlanStep> rehearsal() {
        if (basis.migrations().isEmpty()) {
            return List.of();
        }
        return onBranch(RunSteps.of(basis).rehearsal(settings()));
    }

    /// `steps` between making a throw-away branch and removing it.
    List<PlanStep> onBranch(List<PlanStep> rehearsing) {
        var steps = new ArrayList<PlanStep>();
        steps.add(
                PlanStep.mutation(
                                "rehearse.branch",
                                Provider.NEON,
                                Map.of("parent", basis.branchId()))
                        .told(
                                "Branch production for a rehearsal",
                                "Neon: throw-away branch",
                                "automatic",
                                "stop, nothing changed")
                        .lasting(new Lasting.Once()));
        steps.addAll(rehearsing);
        steps.add(
                PlanStep.mutation("rehearse.remove", Provider.NEON, Map.of())
                        .told(
                                "Remove the rehearsal branch",
                                "Neon: throw-away branch",
                                "nothing to undo",
                                "warn, it expires by itself")
                        .onFailure(new OnFailure.WarnOnly())
                        .lasting(new Lasting.Once()));
        return steps;
    }

    /// Nothing when no migration is pending.
    List<PlanStep> migration() {
        if (basis.migrations().isEmpty()) {
            return List.of();
        }
        var steps = new ArrayList<PlanStep>();
        steps.add(fence());
        steps.addAll(RunSteps.of(basis).migration(settingsOfProduction()));
        return steps;
    }

    PlanStep fence() {
        return PlanStep.mutation("migrate.fence", Provider.POSTGRES, database())
                .told(
                        "Raise the fence in the database",
                        "Neon: schema slipway",
                        "nothing to undo",
                        "stop, " + basis.liveName() + " keeps working")
                .lasting(new Lasting.Once());
    }

    /// Sees at the end that neither an attempt nor the rehearsal left anything, also when the operation stops early.
    List<PlanStep> cleaning() {
        if (basis.migrations().isEmpty()) {
            return List.of();
        }
        return discarding(RunSteps.of(basis).discarding(settingsOfProduction()));
    }

    /// `first`, then what sees that the rehearsal left nothing.
    List<PlanStep> discarding(List<PlanStep> first) {
        var steps = new ArrayList<>(first);
        steps.add(
                PlanStep.mutation("discard-rehearsal", Provider.NEON, Map.of())
                        .told(
                                "See that no rehearsal branch is left",
                                "Neon: throw-away branch",
                                "nothing to undo",
                                "warn, it expires by itself")
                        .onFailure(new OnFailure.WarnOnly())
                        .lasting(new Lasting.Once())
                        .atTheEnd());
        return steps;
    }

    private Map<String, String> database() {
        return Map.of(
                "branch", basis.branchId(),
                "database", basis.stack().neon().database(),
                "role", basis.stack().neon().role());
    }

    private Map<String, String> settingsOfProduction() {
        return settingsOfProduction(basis.needed());
    }

    /// @param locks what the migrations need, as [PlanBasis#needed] tells it
    Map<String, String> settingsOfProduction(String locks) {
        var parameters = new LinkedHashMap<>(settings());
        parameters.put("branch", basis.branchId());
        parameters.put("locks", locks);
        return parameters;
    }

    Map<String, String> settings() {
        var neon = basis.stack().neon();
        var migrations = basis.stack().migrations();
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("database", neon.database());
        parameters.put("role", neon.role());
        parameters.put("folder", migrations.folder());
        parameters.put("schema", migrations.schema());
        parameters.put("table", migrations.table());
        parameters.put("tree", basis.now().tree().orElse(""));
        parameters.putAll(LockRetry.of(basis.world().bounds()).parameters());
        return parameters;
    }
}
