package dev.slipway.migration.verdict;

import dev.slipway.migration.catalog.ChangeClass;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// In which order code and migrations reach production so that after each part what runs fits what is
/// there. The order of the migrations among themselves is Drizzle's and never changed.
///
/// @param before tags that run before the new code gets traffic
/// @param after tags that wait for a plan of their own, until the new code has had all traffic
/// @param sentence the order and its reason, for a person
public record Order(Kind kind, List<String> before, List<String> after, String sentence) {
    /// The orders there are.
    public enum Kind {
        /// Nothing is pending.
        NOTHING,
        /// The migrations, then the code; the other way round would do, too.
        ANY,
        /// The migrations, then the code.
        SCHEMA_FIRST,
        /// The code, and the migrations in a plan of their own.
        CODE_FIRST,
        /// Some migrations, the code, and the rest in a plan of their own.
        SPLIT,
        /// None is safe.
        NONE
    }

    /// A statement that has to wait for the next release.
    ///
    /// @param number in its migration, from one
    /// @param sql how it begins
    public record Moved(int number, String sql) {
        @Override
        public String toString() {
            return number + " (" + sql + ")";
        }
    }

    /// A pending migration as the order sees it.
    ///
    /// @param known whether the code that is live was made with it, so that it fits by construction
    /// @param breaking sentences of what breaks the code that is live or touches its rows
    /// @param adding sentences of what it adds, which the new code may need
    /// @param split the statements that break or touch rows; empty when not known
    public record Pending(
            String tag,
            Set<ChangeClass> classes,
            boolean known,
            List<String> breaking,
            List<String> adding,
            List<Moved> split) {
        /// The same, found out to break what is live.
        Pending failing(String sentence) {
            var more = EnumSet.of(ChangeClass.BREAKS);
            more.addAll(classes);
            return new Pending(tag, more, known, List.of(sentence), adding, split);
        }

        /// Whether it may run while the code that is live has traffic.
        boolean fits() {
            return known
                    || classes.stream()
                            .noneMatch(change ->
                                    switch (change) {
                                        case BREAKS, DATA, FAILED -> true;
                                        case EXPAND, BEHAVIOUR, PERFORMANCE -> false;
                                    });
        }
    }

    /// The order of `pending`.
    ///
    /// @param newOnLive whether the new code was proven to work without any of them
    public static Order of(List<Pending> pending, Fit.Answer newOnLive) {
        if (pending.isEmpty()) {
            return new Order(Kind.NOTHING, List.of(), List.of(), "No migration is pending.");
        }
        var failed =
                pending.stream()
                        .filter(each -> each.classes().contains(ChangeClass.FAILED))
                        .findFirst();
        if (failed.isPresent()) {
            return none(failed.get().tag() + " does not run; nothing can be released with it.");
        }
        int count = 0;
        while (count < pending.size() && pending.get(count).fits()) {
            count++;
        }
        var before = tags(pending.subList(0, count));
        var rest = pending.subList(count, pending.size());
        if (rest.isEmpty()) {
            return newOnLive == Fit.Answer.YES
                    ? new Order(Kind.ANY, before, List.of(), "Any order is safe.")
                    : new Order(
                            Kind.SCHEMA_FIRST,
                            before,
                            List.of(),
                            "The migrations run first, then the new code gets traffic.");
        }
        return newOnLive == Fit.Answer.YES ? split(before, rest) : needed(before, rest);
    }

    /// Whether what waits holds something the new code needs.
    private static Order needed(List<String> before, List<Pending> rest) {
        var first = rest.getFirst();
        if (!first.adding().isEmpty()) {
            return none(
                    first.tag()
                            + " both takes away and adds: "
                            + first.breaking().getFirst()
                            + ", and "
                            + first.adding().getFirst()
                            + ". Before the new code it breaks what is live, after it the new code lacks"
                            + " what it adds. "
                            + proposal(first));
        }
        var needing = rest.stream().skip(1).filter(each -> !each.adding().isEmpty()).findFirst();
        if (needing.isPresent()) {
            return none(
                    first.tag()
                            + " must not run beside the code that is live: "
                            + first.breaking().getFirst()
                            + ". Behind it "
                            + needing.get().tag()
                            + " adds what the new code may need: "
                            + needing.get().adding().getFirst()
                            + ". Drizzle's order is not changed, so no order is safe: every plan"
                            + " would begin with what runs up to "
                            + first.tag()
                            + "."
                            + more(rest)
                            + " Take "
                            + first.tag()
                            + moved(first, ", that is ", "")
                            + " out of this release and generate it again in the next one"
                            + behind(rest)
                            + ".");
        }
        return split(before, rest);
    }

    /// What else must not run beside the code that is live, behind the first.
    private static String more(List<Pending> rest) {
        return rest.stream()
                .skip(1)
                .filter(each -> !each.fits())
                .map(each ->
                        " Nor may "
                                + each.tag()
                                + each.breaking().stream()
                                        .findFirst()
                                        .map(sentence -> ": " + sentence)
                                        .orElse("")
                                + ".")
                .collect(Collectors.joining());
    }

    /// What of the rest may stay in this release once the first is out of it.
    private static String behind(List<Pending> rest) {
        var fitting = rest.stream().skip(1).takeWhile(Pending::fits).map(Pending::tag).toList();
        return fitting.isEmpty() ? "" : "; " + String.join(", ", fitting) + " may stay";
    }

    private static String proposal(Pending migration) {
        return migration.split().isEmpty()
                ? "Split it: leave what adds, and generate the rest in the next release."
                : "Split it: "
                        + moved(
                                migration,
                                "move ",
                                " to a migration of the next release, and leave what adds")
                        + ".";
    }

    private static String moved(Pending migration, String before, String after) {
        return migration.split().isEmpty()
                ? ""
                : before
                        + "statement "
                        + migration.split().stream()
                                .map(Moved::toString)
                                .collect(Collectors.joining(", "))
                        + after;
    }

    private static Order split(List<String> before, List<Pending> rest) {
        var after = tags(rest);
        var why = rest.getFirst().breaking().stream().findFirst().orElse("it touches rows");
        var waiting =
                String.join(", ", after)
                        + (after.size() == 1
                                ? " waits for a plan of its own: "
                                : " wait for a plan of their own: ")
                        + why
                        + ".";
        return before.isEmpty()
                ? new Order(
                        Kind.CODE_FIRST,
                        before,
                        after,
                        "The new code gets traffic first. " + waiting)
                : new Order(
                        Kind.SPLIT,
                        before,
                        after,
                        String.join(", ", before)
                                + (before.size() == 1 ? " runs" : " run")
                                + " first, then the new code gets traffic. "
                                + waiting);
    }

    private static Order none(String sentence) {
        return new Order(Kind.NONE, List.of(), List.of(), sentence);
    }

    private static List<String> tags(List<Pending> pending) {
        return new ArrayList<>(pending.stream().map(Pending::tag).toList());
    }
}
