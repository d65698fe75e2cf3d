package dev.slipway.migration.verdict;

import dev.slipway.migration.Untransactional;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a rehearsal says in the end.
///
/// @param sentence which code works on which schema, and which order is safe
public record Verdict(Fit fit, Order order, String sentence) {
    private static final Set<ChangeClass> BREAKING =
            EnumSet.of(ChangeClass.BREAKS, ChangeClass.DATA, ChangeClass.FAILED);

    /// Duplicate table or index, column, and object:
    /// https://www.postgresql.org/docs/current/errcodes-appendix.html.
    private static final Set<String> THERE_ALREADY = Set.of("42P07", "42701", "42710");

    private static final String LEFT_BEHIND =
            " What it makes is there already. An operation that was left may have made it without"
                    + " writing its row: go on with that one, or take away what it made (an index with"
                    + " DROP INDEX CONCURRENTLY), then rehearse again.";

    private static final int BRIEF = 70;

    /// The verdict when nothing is pending.
    public static Verdict nothing() {
        return new Verdict(
                Fit.SAME,
                Order.of(List.of(), Answer.YES),
                "No migration is pending. Nothing to rehearse.");
    }

    /// The verdict when nothing was run, because `statements` run neither in a transaction nor alone.
    public static Verdict untransactional(List<Untransactional> statements) {
        var first = statements.getFirst();
        var sentence =
                "Nothing was run: "
                        + first.tag()
                        + ", statement "
                        + first.number()
                        + ", cannot run with the others, as Drizzle would. "
                        + first.reason()
                        + " "
                        + first.remedy()
                        + (statements.size() > 1
                                ? " So it is with " + (statements.size() - 1) + " more."
                                : "");
        var unknown = Judgement.unknown("Nothing was run.");
        return new Verdict(
                new Fit(unknown, unknown),
                new Order(Order.Kind.NONE, List.of(), List.of(), sentence),
                sentence);
    }

    /// Judges.
    ///
    /// @param known tags of pending migrations with which the code that is live was made
    /// @param tried what was tried of the code that is live on the schema after the migrations
    /// @param newOnLive whether the new code works on today's schema, proven or not
    public static Verdict of(
            RehearsalReport rehearsal,
            WorkloadReport workload,
            Set<String> known,
            Judgement tried,
            Judgement newOnLive) {
        var seen = failing(workload, tried);
        var culprit = culprit(rehearsal, seen.isPresent(), known);
        var pending = new ArrayList<Order.Pending>();
        for (var migration : rehearsal.migrations()) {
            var judged = pending(migration, known.contains(migration.tag()));
            pending.add(
                    culprit.filter(migration::equals).isPresent()
                            ? judged.failing(seen.orElseThrow())
                            : judged);
        }
        var liveOnNew = joined(liveOnNew(rehearsal, workload, known), tried);
        var fit = new Fit(liveOnNew, newOnLive);
        var order = Order.of(pending, newOnLive.answer());
        return new Verdict(
                fit,
                order,
                liveOnNew.reason()
                        + filling(rehearsal)
                        + " "
                        + newOnLive.reason()
                        + " "
                        + order.sentence());
    }

    /// Rows that change only in columns no live code reads.
    private static String filling(RehearsalReport rehearsal) {
        return rehearsal.findings().stream()
                .filter(Finding::unread)
                .map(finding -> " " + upper(finding.sentence()) + ".")
                .distinct()
                .collect(Collectors.joining());
    }

    private static String upper(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    /// A trial that fails outdoes every other evidence; one that is well only adds to it, because code
    /// does more than say how it is.
    private static Judgement joined(Judgement judged, Judgement tried) {
        return switch (tried.answer()) {
            case NO ->
                    judged.answer() == Answer.NO
                            ? Judgement.no(judged.reason() + " " + tried.reason())
                            : tried;
            case YES ->
                    new Judgement(
                            judged.answer(),
                            judged.answer() == Answer.NO
                                    ? judged.reason()
                                    : tried.reason() + " " + judged.reason());
            case UNKNOWN -> judged;
        };
    }

    /// What fails on the new schema, when something does.
    private static Optional<String> failing(WorkloadReport workload, Judgement tried) {
        if (!workload.broken().isEmpty()) {
            return Optional.of(failing(workload));
        }
        return tried.answer() == Answer.NO ? Optional.of(tried.reason()) : Optional.empty();
    }

    /// The migration that is held responsible when statements of production, or a trial, fail and no
    /// catalog says why: the first that changes what something does, else the first of all.
    private static Optional<MigrationReport> culprit(
            RehearsalReport rehearsal, boolean failing, Set<String> known) {
        var suspects =
                rehearsal.migrations().stream()
                        .filter(migration -> !known.contains(migration.tag()))
                        .toList();
        if (!failing
                || suspects.stream()
                        .flatMap(migration -> migration.met().stream())
                        .anyMatch(BREAKING::contains)) {
            return Optional.empty();
        }
        return suspects.stream()
                .filter(migration -> migration.classes().contains(ChangeClass.BEHAVIOUR))
                .findFirst()
                .or(() -> suspects.stream().findFirst());
    }

    private static String failing(WorkloadReport workload) {
        var first = workload.broken().getFirst();
        return workload.broken().size()
                + " of "
                + workload.checked()
                + " statements production executes would fail, the first with "
                + first.sqlState()
                + " ("
                + first.reason()
                + ")";
    }

    private static Order.Pending pending(MigrationReport migration, boolean known) {
        return new Order.Pending(
                migration.tag(),
                migration.met(),
                known,
                sentences(migration, BREAKING),
                sentences(migration, EnumSet.of(ChangeClass.EXPAND)),
                migration.statements().stream()
                        .filter(statement ->
                                statement.findings().stream()
                                        .filter(finding -> !finding.unread())
                                        .map(Finding::change)
                                        .anyMatch(BREAKING::contains))
                        .map(statement ->
                                new Order.Moved(statement.number(), brief(statement.sql())))
                        .toList());
    }

    /// How a statement begins, enough to find it and without the values it may hold.
    private static String brief(String sql) {
        var line = sql.strip().replaceAll("\\s+", " ").replaceAll("'[^']*'?", "'…'");
        return line.length() <= BRIEF ? line : line.substring(0, BRIEF - 1) + "…";
    }

    private static List<String> sentences(MigrationReport migration, Set<ChangeClass> classes) {
        return migration.findings().stream()
                .filter(finding -> classes.contains(finding.change()) && !finding.unread())
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
                            + "."
                            + (THERE_ALREADY.contains(failure.sqlState()) ? LEFT_BEHIND : ""));
        }
        if (!workload.broken().isEmpty()) {
            return Judgement.no(
                    "What is live does not work on the new schema: " + failing(workload) + ".");
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

    private static Optional<Finding> first(RehearsalReport rehearsal, ChangeClass change) {
        return rehearsal.findings().stream()
                .filter(finding -> finding.change() == change)
                .findFirst();
    }
}
