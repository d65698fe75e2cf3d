package dev.slipway.migration.verdict;

import dev.slipway.migration.catalog.ChangeClass;
import dev.slipway.migration.catalog.Finding;
import dev.slipway.migration.rehearsal.MigrationReport;
import dev.slipway.migration.rehearsal.RehearsalReport;
import dev.slipway.migration.verdict.Fit.Answer;
import dev.slipway.migration.verdict.Fit.Judgement;
import dev.slipway.migration.workload.WorkloadReport;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What a rehearsal says in the end.
///
/// @param sentence which code works on which schema, and which order is safe
public record Verdict(Fit fit, Order order, String sentence) {
    private static final Set<ChangeClass> BREAKING =
            EnumSet.of(ChangeClass.BREAKS, ChangeClass.DATA, ChangeClass.FAILED);

    /// The verdict when nothing is pending.
    public static Verdict nothing() {
        return new Verdict(
                Fit.SAME,
                Order.of(List.of(), Answer.YES),
                "No migration is pending. Nothing to rehearse.");
    }

    /// Judges.
    ///
    /// @param known tags of pending migrations with which the code that is live was made
    /// @param newOnLive whether the new code works on today's schema, proven or not
    public static Verdict of(
            RehearsalReport rehearsal,
            WorkloadReport workload,
            Set<String> known,
            Judgement newOnLive) {
        var pending = new ArrayList<Order.Pending>();
        for (var migration : rehearsal.migrations()) {
            pending.add(pending(migration, known.contains(migration.tag())));
        }
        var liveOnNew = liveOnNew(rehearsal, workload, known);
        var fit = new Fit(liveOnNew, newOnLive);
        var order = Order.of(pending, newOnLive.answer());
        return new Verdict(
                fit, order, liveOnNew.reason() + " " + newOnLive.reason() + " " + order.sentence());
    }

    private static Order.Pending pending(MigrationReport migration, boolean known) {
        return new Order.Pending(
                migration.tag(),
                migration.classes(),
                known,
                sentences(migration, BREAKING),
                sentences(migration, EnumSet.of(ChangeClass.EXPAND)),
                migration.statements().stream()
                        .filter(statement ->
                                statement.findings().stream()
                                        .map(Finding::change)
                                        .anyMatch(BREAKING::contains))
                        .map(statement -> statement.number())
                        .toList());
    }

    private static List<String> sentences(MigrationReport migration, Set<ChangeClass> classes) {
        return migration.findings().stream()
                .filter(finding -> classes.contains(finding.change()))
                .map(Finding::sentence)
                .toList();
    }

    private static Judgement liveOnNew(
            RehearsalReport rehearsal, WorkloadReport workload, Set<String> known) {
        if (rehearsal.failure().isPresent()) {
            var failure = rehearsal.failure().get();
            return Judgement.no(
                    failure.tag()
                            + ", statement "
                            + failure.statement()
                            + ", fails with "
                            + failure.sqlState()
                            + ": "
                            + failure.message()
                            + ".");
        }
        if (!workload.broken().isEmpty()) {
            return Judgement.no(
                    "What is live does not work on the new schema: "
                            + workload.broken().size()
                            + " of "
                            + workload.checked()
                            + " statements production executes would fail, the first with "
                            + workload.broken().getFirst().sqlState()
                            + " ("
                            + workload.broken().getFirst().reason()
                            + ").");
        }
        boolean allKnown =
                rehearsal.migrations().stream().map(MigrationReport::tag).allMatch(known::contains);
        if (allKnown) {
            return Judgement.yes(
                    "What is live was made for the new schema, and "
                            + tried(workload)
                            + " work on it.");
        }
        var breaking = first(rehearsal, ChangeClass.BREAKS);
        if (breaking.isPresent()) {
            return Judgement.no(
                    "What is live may not work on the new schema: "
                            + breaking.get().sentence()
                            + "; "
                            + tried(workload)
                            + " did not fail.");
        }
        var behaviour = first(rehearsal, ChangeClass.BEHAVIOUR);
        if (behaviour.isPresent()) {
            return Judgement.unknown(
                    "What is live works on the new schema and may do something else: "
                            + behaviour.get().sentence()
                            + ".");
        }
        if (!workload.slower().isEmpty()) {
            return Judgement.unknown(
                    "What is live works on the new schema and gets slower: "
                            + workload.slower().size()
                            + " statements lose their index.");
        }
        return Judgement.yes(
                "What is live works on the new schema: nothing it relies on changes, and "
                        + tried(workload)
                        + " work on it.");
    }

    private static String tried(WorkloadReport workload) {
        return workload.checked() == 0
                ? "no observed statements"
                : workload.checked() + " of " + workload.observed() + " observed statements";
    }

    private static java.util.Optional<Finding> first(
            RehearsalReport rehearsal, ChangeClass change) {
        return rehearsal.findings().stream()
                .filter(finding -> finding.change() == change)
                .findFirst();
    }
}
