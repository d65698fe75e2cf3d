package dev.slipway.release.rollback;

import dev.slipway.migration.Ledger;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.Migration;
import dev.slipway.migration.catalog.ChangeClass;
import dev.slipway.migration.verdict.Fit.Answer;
import dev.slipway.migration.verdict.Fit.Judgement;
import dev.slipway.release.rollback.PastRelease.Applied;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether the code of a release works on the schema of today, from what ran since and what each of it
/// was measured to be when it was rehearsed. What nobody measured is not guessed. Pure.
final class SchemaFit {
    private static final Set<ChangeClass> HARMLESS =
            EnumSet.of(ChangeClass.EXPAND, ChangeClass.PERFORMANCE);
    private static final Set<ChangeClass> NO_WAY_BACK =
            EnumSet.of(ChangeClass.BREAKS, ChangeClass.DATA);

    /// Which schema is asked about.
    enum When {
        TODAY("the schema of today", "which production never ran"),
        THEN("the schema of then", "which had not run then");

        private final String schema;
        private final String missing;

        When(String schema, String missing) {
            this.schema = schema;
            this.missing = missing;
        }
    }

    private SchemaFit() {}

    /// Judges.
    ///
    /// @param own the migrations `release` was made with, beside production's ledger
    /// @param later releases after it, which may have run more
    /// @param names tags by the hash of what ran, as far as the base branch knows them
    static Judgement of(
            PastRelease release,
            LedgerState own,
            List<PastRelease> later,
            Map<String, String> names,
            When when) {
        if (!own.problems().isEmpty()) {
            return Judgement.unknown(String.join(" ", own.problems()));
        }
        var missing = own.pending();
        if (!missing.isEmpty()) {
            return Judgement.unknown(
                    release.name()
                            + " has "
                            + tags(missing)
                            + ", "
                            + when.missing
                            + "; whether it works without is not known.");
        }
        var since = own.unknown();
        if (since.isEmpty()) {
            return Judgement.yes(
                    release.name()
                            + " was made for "
                            + when.schema
                            + own.latest().map(tag -> ", " + tag).orElse("")
                            + ".");
        }
        var measured = new ArrayList<Applied>();
        var unmeasured = new ArrayList<String>();
        for (var row : since) {
            var applied = applied(row, later);
            if (applied.flatMap(Applied::classes).isPresent()) {
                measured.add(applied.get());
            } else {
                unmeasured.add(
                        applied.map(Applied::tag)
                                .or(row::name)
                                .or(() -> Optional.ofNullable(names.get(row.hash())))
                                .orElseGet(() -> brief(row)));
            }
        }
        return judged(release, measured, unmeasured, when.schema);
    }

    private static Judgement judged(
            PastRelease release, List<Applied> measured, List<String> unmeasured, String schema) {
        var worst = with(measured, NO_WAY_BACK);
        if (!worst.isEmpty()) {
            return Judgement.no(
                    release.name()
                            + " does not work on "
                            + schema
                            + ": "
                            + worst.stream()
                                    .map(a -> a.tag() + " " + does(a))
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
        if (!unmeasured.isEmpty()) {
            return Judgement.unknown(
                    "Whether "
                            + release.name()
                            + " works on "
                            + schema
                            + " is not known: "
                            + String.join(", ", unmeasured)
                            + " ran since, measured by nobody.");
        }
        var doubtful = with(measured, EnumSet.complementOf(EnumSet.copyOf(HARMLESS)));
        if (!doubtful.isEmpty()) {
            return Judgement.unknown(
                    release.name()
                            + " may do something else on "
                            + schema
                            + ": "
                            + doubtful.stream().map(Applied::tag).collect(Collectors.joining(", "))
                            + " changed what statements do.");
        }
        return Judgement.yes(
                release.name()
                        + " works on "
                        + schema
                        + ": "
                        + measured.stream().map(Applied::tag).collect(Collectors.joining(", "))
                        + (measured.size() == 1 ? " only adds to it." : " only add to it."));
    }

    private static String does(Applied applied) {
        return applied.classes().orElseThrow().contains(ChangeClass.BREAKS)
                ? "took away what it needs"
                : "changed rows";
    }

    private static List<Applied> with(List<Applied> some, Set<ChangeClass> classes) {
        return some.stream()
                .filter(a -> a.classes().orElseThrow().stream().anyMatch(classes::contains))
                .toList();
    }

    /// Whether a migration took something away or changed rows.
    static boolean noWayBack(Applied applied) {
        return applied.classes()
                .filter(some -> some.stream().anyMatch(NO_WAY_BACK::contains))
                .isPresent();
    }

    private static Optional<Applied> applied(Ledger.Row row, List<PastRelease> later) {
        return later.stream()
                .flatMap(r -> r.applied().stream())
                .filter(a -> a.hash().equals(row.hash()))
                .findFirst();
    }

    private static String tags(List<Migration> some) {
        return some.stream().map(Migration::tag).collect(Collectors.joining(", "));
    }

    private static String brief(Ledger.Row row) {
        return "the migration " + row.hash().substring(0, Math.min(8, row.hash().length()));
    }

    /// The answer alone.
    static boolean fits(Judgement judgement) {
        return judgement.answer() == Answer.YES;
    }
}
