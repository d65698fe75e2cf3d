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
record RunSteps(PlanBasis basis) {
    private List<Part> parts() {
        return RunPlan.of(basis.migrations()).parts();
    }

    List<PlanStep> rehearsal(Map<String, String> settings) {
        var parts = parts();
        var steps = new ArrayList<PlanStep>();
        for (int i = 0; i < parts.size(); i++) {
            var title =
                    switch (parts.get(i)) {
                        case Part.Together(var migrations, _) -> "Rehearse " + title(migrations);
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
                        case Part.Together(var migrations, _) -> together(step, migrations);
                        case Part.Apart(_, var lone) ->
                                apart(step, lone).lasting(new Lasting.Until(next));
                    });
        }
        return steps;
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
                                        production(),
                                        "nothing to undo",
                                        "warn, drop it by hand")
                                .onFailure(new OnFailure.WarnOnly())
                                .lasting(new Lasting.Once())
                                .atTheEnd());
            }
        }
        return steps;
    }

    private PlanStep together(PlanStep step, List<Migration> migrations) {
        var told =
                step.told(
                        "Migrate " + title(migrations),
                        production(),
                        basis.noReturn() ? "only from the restore point" : "stays, safe for days",
                        LockRetry.of(basis.world().bounds()).sentence() + "; then " + ifFails());
        return basis.noReturn() ? told.withNoReturn() : told;
    }

    private PlanStep apart(PlanStep step, LoneStatement lone) {
        return step.told(where(lone), production(), "stays, safe for days", ifFails())
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
        var migrations =
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
        parameters.put("pending", joined(migrations, Migration::tag));
        parameters.put("hashes", joined(migrations, Migration::hash));
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

    private String production() {
        return "Neon: " + basis.stack().neon().branch();
    }

    private String ifFails() {
        return "stop, " + basis.liveName() + " keeps working";
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
