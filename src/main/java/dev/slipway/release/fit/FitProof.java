package dev.slipway.release.fit;

import dev.slipway.migration.verdict.Fit.Answer;
import dev.slipway.migration.verdict.Fit.Judgement;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the trials of a rehearsal prove. A code is judged by what only the schema changes about it: a
/// Worker that is not well on either schema says nothing about the schema, or is broken by itself.
///
/// @param tried every Worker's codes; empty when nothing was tried at all
public record FitProof(List<Tried> tried, Judgement liveOnNew, Judgement newOnLive) {
    public FitProof {
        tried = List.copyOf(tried);
    }

    /// Nothing was tried.
    public static FitProof none(String reason) {
        var unknown = Judgement.unknown(reason);
        return new FitProof(List.of(), unknown, unknown);
    }

    /// Judges.
    ///
    /// @param live how people call the code that is live, for example `r41`
    /// @param fresh how they call the code that is released, for example `#482`
    public static FitProof of(List<Tried> tried, String live, String fresh) {
        var controlled =
                tried.stream()
                        .filter(one -> one.code() == Tried.Code.LIVE)
                        .anyMatch(one -> one.today() == Answer.YES);
        return new FitProof(
                tried,
                judged(
                        tried,
                        Tried.Code.LIVE,
                        live,
                        "the new schema",
                        one -> one.today() == Answer.YES ? one.migrated() : Answer.UNKNOWN),
                judged(
                        tried,
                        Tried.Code.NEW,
                        fresh,
                        "today's schema",
                        one -> fresh(one, controlled)));
    }

    /// Code that is well on no schema is broken where other code is well in such a script; else it may
    /// lack something that only a real Worker has.
    private static Answer fresh(Tried one, boolean controlled) {
        if (one.today() != Answer.NO) {
            return one.today();
        }
        return one.migrated() == Answer.YES || controlled ? Answer.NO : Answer.UNKNOWN;
    }

    private static Judgement judged(
            List<Tried> tried,
            Tried.Code code,
            String name,
            String schema,
            Function<Tried, Answer> answer) {
        var all = tried.stream().filter(one -> one.code() == code).toList();
        var failing = all.stream().filter(one -> answer.apply(one) == Answer.NO).toList();
        if (!failing.isEmpty()) {
            return Judgement.no(
                    name + " does not work on " + schema + " (tried): " + told(failing) + ".");
        }
        if (!all.isEmpty() && all.stream().allMatch(one -> answer.apply(one) == Answer.YES)) {
            return Judgement.yes(name + " works on " + schema + " (tried).");
        }
        var well = all.stream().filter(one -> answer.apply(one) == Answer.YES).toList();
        var open = all.stream().filter(one -> answer.apply(one) == Answer.UNKNOWN).toList();
        return Judgement.unknown(
                "Whether "
                        + name
                        + " works on "
                        + schema
                        + " is not proven: "
                        + told(open)
                        + "."
                        + (well.isEmpty() ? "" : " Tried, and well: " + workers(well) + "."));
    }

    /// Workers with the same reason are named together.
    private static String told(List<Tried> some) {
        return some.stream()
                .collect(
                        Collectors.groupingBy(
                                Tried::reason, java.util.LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> workers(entry.getValue()) + ": " + entry.getKey())
                .collect(Collectors.joining("; "));
    }

    private static String workers(List<Tried> some) {
        return some.stream().map(Tried::worker).collect(Collectors.joining(", "));
    }
}
