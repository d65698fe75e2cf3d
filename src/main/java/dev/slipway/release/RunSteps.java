package dev.slipway.release;

import dev.slipway.domain.Provider;
import dev.slipway.migration.LockRetry;
import dev.slipway.migration.LoneMigrator;
import dev.slipway.migration.LoneStatement;
import dev.slipway.migration.Migration;
import dev.slipway.migration.RunPlan;
import dev.slipway.migration.RunPlan.Part;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.PlanStep.Lasting;
import dev.slipway.operation.PlanStep.OnFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The steps that carry out migrations: one for each part of their [RunPlan], the same on the
/// rehearsal branch and in production. The last transaction has the key it has when there is no other:
/// when it holds, everything is applied.
///
/// @param migrations what is carried out
/// @param production the name of the production branch at Neon
/// @param liveName what users see, in a word
/// @param locks how long locks are waited for
/// @param noReturn whether there is no way back from it
record RunSteps(
        List<Migration> migrations,
        String production,
        String liveName,
        LockRetry locks,
        boolean noReturn) {
    /// The steps of `migrations` in a plan of `basis`.
    static RunSteps of(PlanBasis basis, List<Migration> migrations, boolean noReturn) {
        return new RunSteps(
                migrations,
                basis.stack().neon().branch(),
                basis.liveName(),
                LockRetry.of(basis.world().bounds()),
                noReturn);
    }

    static RunSteps of(PlanBasis basis) {
        return of(basis, basis.migrations(), basis.noReturn());
    }

    private List<Part> parts() {
        return RunPlan.of(migrations).parts();
    }

    List<PlanStep> rehearsal(Map<String, String> settings) {
        var parts = parts();
        var steps = new ArrayList<PlanStep>();
        for (int i = 0; i < parts.size(); i++) {
            var title =
                    switch (parts.get(i)) {
                        case Part.Together(var some, _) -> "Rehearse " + title(some);
                        case Part.Apart(_, var lone) -> "Rehearse " + where(lone);
                    };
            steps.add(
                    step("rehearse", "migrate", i, parts, settings)
                            .told(
                                    title,
                                    "Neon: throw-away branch",
                                    "automatic",
                                    "stop, nothing changed")
                            .lasting(new Lasting.Once()));
        }
        return steps;
    }

    List<PlanStep> migration(Map<String, String> settings) {
        var parts = parts();
        var steps = new ArrayList<PlanStep>();
        for (int i = 0; i < parts.size(); i++) {
            var step = step("migrate", "apply", i, parts, settings);
            var next = i + 1 < parts.size() ? key("migrate", "apply", i + 1, parts) : "";
            steps.add(
                    switch (parts.get(i)) {
                        case Part.Together(var some, _) -> together(step, some);
                        case Part.Apart(_, var lone) ->
                                apart(step, lone).lasting(new Lasting.Until(next));
                    });
        }
        return steps;
    }

    /// The ledger row of the only migration, and none of its statements.
    PlanStep record(Map<String, String> settings) {
        var migration = migrations.getFirst();
        var parameters =
                new LinkedHashMap<>(
                        parameters(
                                new Part.Together(migrations, migration.statements().size()),
                                settings));
        return PlanStep.mutation("migrate.apply", Provider.POSTGRES, parameters)
                .told(
                        "Record " + migration.tag() + " as applied",
                        touches(),
                        "delete the ledger row",
                        ifFails());
    }

    /// One closing step for each statement that may leave something behind when it is interrupted.
    List<PlanStep> discarding(Map<String, String> settings) {
        var parts = parts();
        var steps = new ArrayList<PlanStep>();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Part.Apart(_, var lone) && lone.leaves()) {
                var parameters = new LinkedHashMap<>(parameters(parts.get(i), settings));
                parameters.put("of", key("migrate", "apply", i, parts));
                steps.add(
                        PlanStep.mutation(
                                        "discard-unfinished." + (i + 1),
                                        Provider.POSTGRES,
                                        parameters)
                                .told(
                                        "See that no unfinished " + lone.thing() + " is left",
                                        touches(),
                                        "nothing to undo",
                                        "warn, drop it by hand")
                                .onFailure(new OnFailure.WarnOnly())
                                .lasting(new Lasting.Once())
                                .atTheEnd());
            }
        }
        return steps;
    }

    private PlanStep together(PlanStep step, List<Migration> some) {
        var told =
                step.told(
                        "Migrate " + title(some),
                        touches(),
                        noReturn ? "only from the restore point" : "stays, safe for days",
                        locks.sentence() + "; then " + ifFails());
        return noReturn ? told.withNoReturn() : told;
    }

    private PlanStep apart(PlanStep step, LoneStatement lone) {
        return step.told(where(lone), touches(), "stays, safe for days", ifFails())
                .within(LoneMigrator.STATEMENT_TIMEOUT);
    }

    private static PlanStep step(
            String group, String last, int index, List<Part> parts, Map<String, String> settings) {
        var parameters = new LinkedHashMap<>(parameters(parts.get(index), settings));
        if (index + 1 < parts.size()) {
            parameters.put("more", "" + (parts.size() - 1 - index));
        }
        return PlanStep.mutation(key(group, last, index, parts), Provider.POSTGRES, parameters);
    }

    private static String key(String group, String last, int index, List<Part> parts) {
        if (index + 1 == parts.size()) {
            return group + "." + last;
        }
        return group
                + switch (parts.get(index)) {
                    case Part.Together _ -> ".apply-";
                    case Part.Apart _ -> ".statement-";
                }
                + (index + 1);
    }

    private static Map<String, String> parameters(Part part, Map<String, String> settings) {
        var parameters = new LinkedHashMap<>(settings);
        var some =
                switch (part) {
                    case Part.Together(var together, var skipped) -> {
                        if (skipped > 0) {
                            parameters.put("skipped", "" + skipped);
                        }
                        yield together;
                    }
                    case Part.Apart(var migration, var lone) -> {
                        parameters.put("statement", "" + lone.number());
                        yield List.of(migration);
                    }
                };
        parameters.put("pending", joined(some, Migration::tag));
        parameters.put("hashes", joined(some, Migration::hash));
        return parameters;
    }

    private static String joined(List<Migration> migrations, Function<Migration, String> field) {
        return migrations.stream().map(field).collect(Collectors.joining(","));
    }

    private static String where(LoneStatement lone) {
        return lone.tag() + ": " + lowered(lone.imperative()) + ", in no transaction";
    }

    private static String lowered(String sentence) {
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }

    private String touches() {
        return "Neon: " + production;
    }

    private String ifFails() {
        return "stop, " + liveName + " keeps working";
    }

    private static String title(List<Migration> migrations) {
        return migrations.size() == 1
                ? migrations.getFirst().tag()
                : migrations.size()
                        + " migrations, "
                        + migrations.getFirst().tag()
                        + " to "
                        + migrations.getLast().tag();
    }
}
