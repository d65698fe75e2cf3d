package dev.slipway.release.step;

import dev.slipway.health.Limits;
import dev.slipway.health.Probe;
import dev.slipway.health.Prober;
import dev.slipway.health.Question;
import dev.slipway.health.Series;
import dev.slipway.operation.Observation;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import dev.slipway.operation.Together;
import dev.slipway.release.ProbePoint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Probes Workers until they have passed or failed: the check of the live versions, the smoke test,
/// the gate of a traffic step and the soak. Each look asks every Worker once; what was counted so
/// far is kept in the notes, so a resumed gate counts anew. A plan may ask for more frequent looks than
/// those of the world.
///
/// A gate of a traffic step asks twice: pinned to the new version, and unpinned, as users do.
public record Watch(Prober prober, InstantSource clock, Duration interval, Together together)
        implements StepWork {
    private static final String UNPINNED = "~";
    private static final String BEGAN = "began";

    @Override
    public Observation observe(StepScope scope) {
        var step = scope.step();
        var limits = ProbePoint.limitsOf(step);
        var notes = new LinkedHashMap<>(scope.notes());
        var began = notes.computeIfAbsent(BEGAN, _ -> "" + clock.millis());
        var counted = new LinkedHashMap<String, Series>();
        var failures = new ArrayList<String>();
        var passed = true;
        for (var asked : ask(questions(scope))) {
            var series = Series.parse(notes.getOrDefault(asked.key(), "")).with(asked.probe());
            notes.put(asked.key(), series.toString());
            counted.put(asked.key(), series);
            scope.log(
                    asked.probe().healthy() ? StepScope.Level.INFO : StepScope.Level.WARN,
                    asked.probe().line());
            var verdict = series.verdict(limits);
            passed &= verdict == Series.Verdict.PASSED;
            if (verdict == Series.Verdict.FAILED) {
                failures.add(failure(asked.probe(), series, limits));
            }
        }
        if (!failures.isEmpty()) {
            return new Observation.Failed(String.join(" ", failures), told(counted));
        }
        var watched = Duration.ofMillis(clock.millis() - Long.parseLong(began));
        var soak = soak(scope);
        var all = counted.values();
        if (passed && watched.compareTo(soak) >= 0) {
            scope.log(StepScope.Level.INFO, summary(all));
            return Observation.Done.seen(told(counted));
        }
        return new Observation.NotYet(
                progress(all, limits.probes(), watched, soak),
                Optional.of(share(all, limits.probes(), watched, soak)),
                Optional.of(every(scope)),
                notes);
    }

    private record Asked(String key, Probe probe) {}

    private record Ask(String key, Question question) {}

    private static List<Ask> questions(StepScope scope) {
        var asks = new ArrayList<Ask>();
        var shared = scope.step().parameters().containsKey("percent");
        for (var point : ProbePoint.of(scope.step())) {
            var version =
                    point.version().isEmpty()
                            ? scope.need(
                                    scope.step().parameters().getOrDefault("made", "await-versions")
                                            + "."
                                            + point.worker())
                            : point.version();
            asks.add(new Ask(point.worker(), question(point, version, point.pinned(), true)));
            if (shared) {
                asks.add(
                        new Ask(point.worker() + UNPINNED, question(point, version, false, false)));
            }
        }
        return asks;
    }

    private static Question question(
            ProbePoint point, String version, boolean pinned, boolean expected) {
        return new Question(
                point.worker(),
                point.script(),
                point.hostname(),
                point.health(),
                pinned ? Optional.of(version) : Optional.empty(),
                expected ? Optional.of(version) : Optional.empty());
    }

    private List<Asked> ask(List<Ask> asks) {
        return together.ask(
                asks.stream()
                        .<Supplier<Asked>>map(
                                a -> () -> new Asked(a.key(), prober.probe(a.question())))
                        .toList());
    }

    /// The limit that is broken comes first, with its value.
    static String failure(Probe probe, Series series, Limits limits) {
        var counted = series.failed() + " of " + series.marks().size() + " probes failed";
        var p95 = p95(series);
        var parts = new ArrayList<String>();
        switch (series.broken(limits).orElse(Series.Broken.ERRORS)) {
            case IN_A_ROW -> {
                parts.add("the last " + series.failuresInARow() + " probes failed");
                parts.add(counted + " in all");
                parts.add(p95);
            }
            case ERRORS -> {
                parts.add(
                        counted
                                + ", "
                                + percent(series.errorRate())
                                + " (limit "
                                + percent(limits.maxErrorRate())
                                + ")");
                parts.add(p95);
            }
            case LATENCY -> {
                parts.add(p95 + " (limit " + limits.maxP95().toMillis() + " ms)");
                parts.add(counted);
            }
        }
        parts.removeIf(String::isEmpty);
        return "Health of "
                + probe.worker()
                + " is below the limit: "
                + String.join(", ", parts)
                + (probe.healthy()
                        ? ""
                        : "; the last one: "
                                + (probe.status() > 0 ? probe.status() + " " : "")
                                + probe.detail())
                + ".";
    }

    /// Nothing when no probe succeeded: there is no latency then.
    private static String p95(Series series) {
        return series.failed() == series.marks().size()
                ? ""
                : "p95 " + series.p95().toMillis() + " ms";
    }

    /// `1 %`, `2.5 %`.
    private static String percent(double share) {
        var tenths = Math.round(share * 1000);
        return (tenths % 10 == 0 ? "" + tenths / 10 : tenths / 10 + "." + tenths % 10) + " %";
    }

    private static Duration soak(StepScope scope) {
        return Optional.ofNullable(scope.step().parameters().get("soakMillis"))
                .map(ms -> Duration.ofMillis(Long.parseLong(ms)))
                .orElse(Duration.ZERO);
    }

    private Duration every(StepScope scope) {
        return Optional.ofNullable(scope.step().parameters().get("everyMillis"))
                .map(ms -> Duration.ofMillis(Long.parseLong(ms)))
                .orElse(interval);
    }

    private static int done(Collection<Series> all, int needed) {
        return all.stream().mapToInt(s -> Math.min(needed, s.passedInARow())).sum();
    }

    /// `12/12 healthy, p95 41 ms`, of the slowest series.
    private static String summary(Collection<Series> all) {
        var marks = all.stream().flatMap(s -> s.marks().stream()).toList();
        var healthy = marks.stream().filter(m -> m.outcome() == Probe.Outcome.HEALTHY).count();
        var p95 = all.stream().mapToLong(s -> s.p95().toMillis()).max().orElse(0);
        return healthy + "/" + marks.size() + " healthy, p95 " + p95 + " ms";
    }

    private static String progress(
            Collection<Series> all, int needed, Duration watched, Duration soak) {
        var total = needed * all.size();
        var probes = done(all, needed) + " of " + total + " probes counted";
        return soak.isZero()
                ? probes
                : probes + ", " + Math.max(0, soak.minus(watched).toSeconds()) + " s left to watch";
    }

    private static double share(
            Collection<Series> all, int needed, Duration watched, Duration soak) {
        var total = Math.max(1, needed * all.size());
        var probes = (double) done(all, needed) / total;
        return soak.isZero()
                ? probes
                : Math.min(probes, (double) watched.toMillis() / soak.toMillis());
    }

    private static Map<String, String> told(Map<String, Series> counted) {
        var told = new LinkedHashMap<String, String>();
        counted.forEach((key, series) ->
                told.put(
                        key,
                        Stream.of(
                                        series.marks().size() + " probes",
                                        series.failed() + " failed",
                                        p95(series))
                                .filter(words -> !words.isEmpty())
                                .collect(Collectors.joining(", "))));
        return told;
    }
}
