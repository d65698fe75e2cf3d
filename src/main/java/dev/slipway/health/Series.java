package dev.slipway.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What came of the probes of one Worker in one gate, oldest first. A value: adding a probe gives
/// another series. Its text form can be kept and read back.
public record Series(List<Mark> marks) {
    /// Nothing asked yet.
    public static final Series EMPTY = new Series(List.of());

    /// How many failures in a row end a gate at once, whatever the rate: one lost packet does not
    /// roll production back, three tries do.
    private static final int FAILURES_IN_A_ROW = 3;

    /// A gate that has a failure or a slow answer is given this many times its probes to come below
    /// the limit before it counts as failed: of a few probes one is far above 1 %, and the 95th
    /// percentile is the slowest.
    private static final int PATIENCE = 20;

    private static final double PERCENTILE = 0.95;

    public Series {
        marks = List.copyOf(marks);
    }

    /// One probe, as far as a gate counts it.
    public record Mark(Probe.Outcome outcome, Duration latency) {}

    /// What a series amounts to.
    public enum Verdict {
        PASSED,
        FAILED,
        /// More probes are needed.
        OPEN
    }

    /// Reads what [#toString()] wrote.
    public static Series parse(String text) {
        return text.isEmpty()
                ? EMPTY
                : new Series(Arrays.stream(text.split(" ")).map(Series::mark).toList());
    }

    private static Mark mark(String text) {
        var colon = text.indexOf(':');
        return new Mark(
                Probe.Outcome.valueOf(text.substring(0, colon)),
                Duration.ofMillis(Long.parseLong(text.substring(colon + 1))));
    }

    /// The same series and one probe more.
    public Series with(Probe probe) {
        var more = new ArrayList<>(marks);
        more.add(new Mark(probe.outcome(), probe.latency()));
        return new Series(more);
    }

    /// How many good ones came last.
    public int passedInARow() {
        int count = 0;
        for (int i = marks.size() - 1; i >= 0 && good(marks.get(i)); i--) {
            count++;
        }
        return count;
    }

    /// How many failed.
    public int failed() {
        return (int) marks.stream().filter(Series::bad).count();
    }

    /// Share of the decided probes that failed, 0 to 1.
    public double errorRate() {
        var decided = marks.stream().filter(m -> good(m) || bad(m)).count();
        return decided == 0 ? 0 : (double) failed() / decided;
    }

    /// 95th percentile of the latency of good probes; zero without any.
    public Duration p95() {
        var sorted = marks.stream().filter(Series::good).map(Mark::latency).sorted().toList();
        return sorted.isEmpty()
                ? Duration.ZERO
                : sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * PERCENTILE) - 1));
    }

    /// What ends a series badly.
    public enum Broken {
        /// Too many failed one after the other.
        IN_A_ROW,
        /// Too many failed of all.
        ERRORS,
        /// The good ones were too slow.
        LATENCY
    }

    /// Which of `limits` is broken; empty while none is.
    public Optional<Broken> broken(Limits limits) {
        if (failuresInARow() >= FAILURES_IN_A_ROW) {
            return Optional.of(Broken.IN_A_ROW);
        }
        if (slow(limits) > (1 - PERCENTILE) * limits.probes() * PATIENCE) {
            return Optional.of(Broken.LATENCY);
        }
        return marks.size() >= limits.probes() * PATIENCE && errorRate() > limits.maxErrorRate()
                ? Optional.of(Broken.ERRORS)
                : Optional.empty();
    }

    /// What it amounts to under `limits`. A version that is not served yet leaves the gate open; the
    /// deadline of the step ends that.
    public Verdict verdict(Limits limits) {
        if (broken(limits).isPresent()) {
            return Verdict.FAILED;
        }
        return passedInARow() >= limits.probes()
                        && errorRate() <= limits.maxErrorRate()
                        && p95().compareTo(limits.maxP95()) <= 0
                ? Verdict.PASSED
                : Verdict.OPEN;
    }

    /// How many good ones came later than the limit. As soon as they are too many for all the probes
    /// there can be, the limit cannot be met any more.
    private long slow(Limits limits) {
        return marks.stream()
                .filter(Series::good)
                .filter(mark -> mark.latency().compareTo(limits.maxP95()) > 0)
                .count();
    }

    /// How many failed last, one after the other.
    public int failuresInARow() {
        int count = 0;
        for (int i = marks.size() - 1; i >= 0 && bad(marks.get(i)); i--) {
            count++;
        }
        return count;
    }

    private static boolean good(Mark mark) {
        return mark.outcome() == Probe.Outcome.HEALTHY;
    }

    /// An answer without a version or from a cache proves nothing, which must not pass for long.
    private static boolean bad(Mark mark) {
        return switch (mark.outcome()) {
            case FAILING, UNREACHABLE, NO_VERSION, CACHED -> true;
            case HEALTHY, OTHER_VERSION -> false;
        };
    }

    /// Outcomes and milliseconds, for example `HEALTHY:96 FAILING:12`.
    @Override
    public String toString() {
        return marks.stream()
                .map(m -> m.outcome() + ":" + m.latency().toMillis())
                .collect(Collectors.joining(" "));
    }
}
