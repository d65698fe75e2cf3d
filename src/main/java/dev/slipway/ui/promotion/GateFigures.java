package dev.slipway.ui.promotion;

import dev.slipway.health.Limits;
import dev.slipway.health.Series;
import dev.slipway.operation.PlanStep;
import dev.slipway.release.ProbePoint;
import dev.slipway.ui.kit.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A health gate in numbers: what was counted, against which limits, for each Worker.
///
/// @param percent part of the traffic the new version has; empty when the gate is not about that
/// @param counted good probes in a row, all Workers together, as far as they are needed
/// @param ordinary probes without a named version, as users ask; `ordinaryFailed` of them failed
/// @param left of the time that must be watched in any case; empty when only probes count
record GateFigures(
        Limits limits,
        Optional<Integer> percent,
        List<Worker> workers,
        int counted,
        int needed,
        int ordinary,
        int ordinaryFailed,
        Optional<Duration> left) {
    private static final String ORDINARY = "~";

    GateFigures {
        workers = List.copyOf(workers);
    }

    /// One Worker.
    ///
    /// @param good good probes in a row, at most as many as are needed
    record Worker(String name, int good, int asked, Duration p95, double errors, Status status) {}

    /// The figures of `step`, empty when it probes nothing.
    ///
    /// @param notes what its last look counted
    static Optional<GateFigures> of(PlanStep step, Map<String, String> notes, Instant now) {
        var points = ProbePoint.of(step);
        if (points.isEmpty()) {
            return Optional.empty();
        }
        var limits = ProbePoint.limitsOf(step);
        var workers = new ArrayList<Worker>();
        int ordinary = 0;
        int failed = 0;
        for (var point : points) {
            workers.add(
                    worker(
                            point.worker(),
                            Series.parse(notes.getOrDefault(point.worker(), "")),
                            limits));
            var users = Series.parse(notes.getOrDefault(point.worker() + ORDINARY, ""));
            ordinary += users.marks().size();
            failed += users.failed();
        }
        return Optional.of(
                new GateFigures(
                        limits,
                        percent(step),
                        workers,
                        workers.stream().mapToInt(Worker::good).sum(),
                        limits.probes() * workers.size(),
                        ordinary,
                        failed,
                        left(step, notes, now)));
    }

    private static Worker worker(String name, Series series, Limits limits) {
        var status =
                switch (series.verdict(limits)) {
                    case PASSED -> Status.PASSED;
                    case FAILED -> Status.FAILED;
                    case OPEN -> series.failed() > 0 ? Status.ATTENTION : Status.WAITING;
                };
        return new Worker(
                name,
                Math.min(limits.probes(), series.passedInARow()),
                series.marks().size(),
                series.p95(),
                series.errorRate(),
                status);
    }

    private static Optional<Integer> percent(PlanStep step) {
        if (step.group().equals("smoke")) {
            return Optional.of(0);
        }
        return step.group().equals("settle")
                ? Optional.of(100)
                : Optional.ofNullable(step.parameters().get("percent")).map(Integer::valueOf);
    }

    private static Optional<Duration> left(PlanStep step, Map<String, String> notes, Instant now) {
        var soak = step.parameters().get("soakMillis");
        var began = notes.get("began");
        if (soak == null || began == null) {
            return Optional.empty();
        }
        var end = Instant.ofEpochMilli(Long.parseLong(began)).plusMillis(Long.parseLong(soak));
        var rest = Duration.between(now, end);
        return Optional.of(rest.isNegative() ? Duration.ZERO : rest);
    }

    /// Whether every Worker is inside its limits so far.
    boolean inside() {
        return workers.stream()
                .noneMatch(w ->
                        w.status().equals(Status.FAILED) || w.status().equals(Status.ATTENTION));
    }

    /// 0 to 1.
    double share() {
        return needed == 0 ? 0 : (double) counted / needed;
    }
}
