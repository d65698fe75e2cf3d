package dev.slipway.release;

import dev.slipway.domain.Provider;
import dev.slipway.migration.Migration;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.PlanStep.Lasting;
import dev.slipway.operation.PlanStep.OnFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

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
        return List.of(
                PlanStep.mutation(
                                "rehearse.branch",
                                Provider.NEON,
                                Map.of("parent", basis.branchId()))
                        .told(
                                "Branch production for a rehearsal",
                                "Neon: throw-away branch",
                                "automatic",
                                "stop, nothing changed")
                        .lasting(new Lasting.Once()),
                PlanStep.mutation("rehearse.migrate", Provider.POSTGRES, migrations())
                        .told(
                                "Rehearse " + pendingTitle(),
                                "Neon: throw-away branch",
                                "automatic",
                                "stop, nothing changed")
                        .lasting(new Lasting.Once()),
                PlanStep.mutation("rehearse.remove", Provider.NEON, Map.of())
                        .told(
                                "Remove the rehearsal branch",
                                "Neon: throw-away branch",
                                "nothing to undo",
                                "warn, it expires by itself")
                        .onFailure(new OnFailure.WarnOnly())
                        .lasting(new Lasting.Once()));
    }

    /// Nothing when no migration is pending.
    List<PlanStep> migration() {
        if (basis.migrations().isEmpty()) {
            return List.of();
        }
        var parameters = new LinkedHashMap<>(migrations());
        parameters.put("branch", basis.branchId());
        return List.of(
                PlanStep.mutation("migrate.fence", Provider.POSTGRES, database())
                        .told(
                                "Raise the fence in the database",
                                "Neon: schema slipway",
                                "nothing to undo",
                                "stop, " + basis.liveName() + " keeps working")
                        .lasting(new Lasting.Once()),
                apply(PlanStep.mutation("migrate.apply", Provider.POSTGRES, parameters)));
    }

    private PlanStep apply(PlanStep step) {
        var told =
                step.told(
                        "Migrate " + pendingTitle(),
                        "Neon: " + basis.stack().neon().branch(),
                        basis.noReturn() ? "only from the restore point" : "stays, safe for days",
                        "stop, " + basis.liveName() + " keeps working");
        return basis.noReturn() ? told.withNoReturn() : told;
    }

    /// Sees at the end that the rehearsal left nothing, also when the operation stops early.
    List<PlanStep> cleaning() {
        if (basis.migrations().isEmpty()) {
            return List.of();
        }
        return List.of(
                PlanStep.mutation("discard-rehearsal", Provider.NEON, Map.of())
                        .told(
                                "See that no rehearsal branch is left",
                                "Neon: throw-away branch",
                                "nothing to undo",
                                "warn, it expires by itself")
                        .onFailure(new OnFailure.WarnOnly())
                        .lasting(new Lasting.Once())
                        .atTheEnd());
    }

    private Map<String, String> database() {
        return Map.of(
                "branch", basis.branchId(),
                "database", basis.stack().neon().database(),
                "role", basis.stack().neon().role());
    }

    private Map<String, String> migrations() {
        var neon = basis.stack().neon();
        var migrations = basis.stack().migrations();
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("database", neon.database());
        parameters.put("role", neon.role());
        parameters.put("folder", migrations.folder());
        parameters.put("schema", migrations.schema());
        parameters.put("table", migrations.table());
        parameters.put("tree", basis.now().tree().orElse(""));
        parameters.put("pending", joined(Migration::tag));
        parameters.put("hashes", joined(Migration::hash));
        return parameters;
    }

    private String joined(Function<Migration, String> field) {
        return basis.migrations().stream().map(field).collect(Collectors.joining(","));
    }

    private String pendingTitle() {
        var pending = basis.migrations();
        return pending.size() == 1
                ? pending.getFirst().tag()
                : pending.size()
                        + " migrations, "
                        + pending.getFirst().tag()
                        + " to "
                        + pending.getLast().tag();
    }
}
