package dev.slipway.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The probes of one Worker in one gate, oldest first, and what they amount to. A value: adding a
/// probe gives another series.
public record Series(List<Probe> probes) {
    /// Nothing asked yet.
    public static final Series EMPTY = new Series(List.of());

    /// How many failures in a row end a gate at once, whatever the rate: one lost packet does not
    /// roll production back, three tries do.
    private static final int FAILURES_IN_A_ROW = 3;

    public Series {
        probes = List.copyOf(probes);
    }

    /// What a series amounts to.
    public enum Verdict {
        PASSED,
        FAILED,
        /// More probes are needed.
        OPEN
    }

    /// The same series and one probe more.
    public Series with(Probe probe) {
        var more = new ArrayList<>(probes);
        more.add(probe);
        return new Series(more);
    }

    /// How many good ones came last.
    public int passedInARow() {
        return trailing(Probe.Outcome.HEALTHY);
    }

    /// How many failed.
    public int failed() {
        return (int) probes.stream().filter(Series::isFailure).count();
    }

    /// Share of the decided probes that failed, 0 to 1.
    public double errorRate() {
        var decided = probes.stream().filter(p -> p.healthy() || isFailure(p)).count();
        return decided == 0 ? 0 : (double) failed() / decided;
    }

    /// 95th percentile of the latency of good probes; zero without any.
    public Duration p95() {
        var good = new ArrayList<Duration>();
        probes.stream().filter(Probe::healthy).map(Probe::latency).forEach(good::add);
        if (good.isEmpty()) {
            return Duration.ZERO;
        }
        Collections.sort(good);
        return good.get(Math.max(0, (int) Math.ceil(good.size() * 0.95) - 1));
    }

    /// What it amounts to under `limits`.
    ///
    /// A version that is not yet served ([Probe.Outcome#OTHER_VERSION]) and an answer nobody can
    /// judge leave the gate open; the deadline of the step ends that.
    public Verdict verdict(Limits limits) {
        if (failuresInARow() >= FAILURES_IN_A_ROW) {
            return Verdict.FAILED;
        }
        if (passedInARow() < limits.probes()) {
            return Verdict.OPEN;
        }
        return errorRate() > limits.maxErrorRate() && probes.size() < limits.probes() * 20
                ? Verdict.OPEN
                : errorRate() <= limits.maxErrorRate() && p95().compareTo(limits.maxP95()) <= 0
                        ? Verdict.PASSED
                        : Verdict.FAILED;
    }

    private int failuresInARow() {
        int count = 0;
        for (int i = probes.size() - 1; i >= 0 && isFailure(probes.get(i)); i--) {
            count++;
        }
        return count;
    }

    private int trailing(Probe.Outcome outcome) {
        int count = 0;
        for (int i = probes.size() - 1; i >= 0 && probes.get(i).outcome() == outcome; i--) {
            count++;
        }
        return count;
    }

    private static boolean isFailure(Probe probe) {
        return probe.outcome() == Probe.Outcome.FAILING
                || probe.outcome() == Probe.Outcome.UNREACHABLE;
    }
}
