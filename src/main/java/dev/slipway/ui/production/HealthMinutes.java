package dev.slipway.ui.production;

import dev.slipway.health.Probe;
import dev.slipway.ui.kit.HealthBar.Kind;
import dev.slipway.ui.kit.HealthBar.Mark;
import dev.slipway.ui.kit.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What probes said, one mark a minute: the worst of that minute. A minute nobody asked in stays
/// hollow.
final class HealthMinutes {
    static final int SHOWN = 60;
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final ZoneId zone;
    private final TreeMap<Instant, Mark> marks = new TreeMap<>();

    HealthMinutes(ZoneId zone) {
        this.zone = zone;
    }

    /// Takes in one round.
    void heard(List<Probe> probes) {
        for (var probe : probes) {
            var minute = probe.at().truncatedTo(ChronoUnit.MINUTES);
            var mark = mark(probe);
            marks.merge(minute, mark, (old, fresh) -> weight(fresh) > weight(old) ? fresh : old);
        }
        while (marks.size() > 2 * SHOWN) {
            marks.pollFirstEntry();
        }
    }

    /// The last hour, oldest first.
    List<Mark> lastHour(Instant now) {
        var minute = now.truncatedTo(ChronoUnit.MINUTES);
        var all = new ArrayList<Mark>();
        for (int back = SHOWN - 1; back >= 0; back--) {
            var at = minute.minus(back, ChronoUnit.MINUTES);
            all.add(
                    marks.getOrDefault(
                            at,
                            new Mark(Kind.NOT_CHECKED, Times.minutes(at, zone) + " not checked")));
        }
        return all;
    }

    private Mark mark(Probe probe) {
        var kind =
                switch (probe.outcome()) {
                    case FAILING -> Kind.FAILED;
                    case UNREACHABLE, CACHED -> Kind.NOT_CHECKED;
                    case HEALTHY, OTHER_VERSION, NO_VERSION ->
                            probe.latency().compareTo(SLOW) > 0 ? Kind.SLOW : Kind.OK;
                };
        return new Mark(kind, Times.minutes(probe.at(), zone) + " " + probe.line());
    }

    private static int weight(Mark mark) {
        return switch (mark.kind()) {
            case NOT_CHECKED -> 0;
            case OK -> 1;
            case SLOW -> 2;
            case FAILED -> 3;
        };
    }
}
