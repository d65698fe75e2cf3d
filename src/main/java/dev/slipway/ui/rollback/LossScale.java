package dev.slipway.ui.rollback;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where moments stand along what Neon keeps. A restore mostly goes back by minutes, and Neon may keep
/// weeks: the last hour is drawn wider where it would be too narrow to read. Pure.
///
/// @param oldest the oldest moment that is kept
/// @param now the newest
record LossScale(Instant oldest, Instant now) {
    private static final Duration NEAR = Duration.ofHours(1);

    /// The part of the bar that the time before the last hour has.
    private static final double FAR = 1 / 3.0;

    private static final List<Duration> STEPS =
            List.of(
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofHours(1),
                    Duration.ofHours(2),
                    Duration.ofHours(6),
                    Duration.ofDays(1),
                    Duration.ofDays(2),
                    Duration.ofDays(7),
                    Duration.ofDays(14),
                    Duration.ofDays(60));

    /// At most this many marks are on one part.
    private static final int MARKS = 4;

    /// Where the scale changes; empty when it does not.
    Optional<Instant> bend() {
        return length().compareTo(NEAR.multipliedBy(3)) > 0
                ? Optional.of(now.minus(NEAR))
                : Optional.empty();
    }

    private Duration length() {
        return Duration.between(oldest, now);
    }

    /// Where `moment` stands, from 0, the oldest, to 1, now.
    double at(Instant moment) {
        return bend().map(bend ->
                        moment.isBefore(bend)
                                ? FAR * part(oldest, bend, moment)
                                : FAR + (1 - FAR) * part(bend, now, moment))
                .orElseGet(() -> part(oldest, now, moment));
    }

    private static double part(Instant first, Instant last, Instant moment) {
        var whole = Math.max(1, Duration.between(first, last).toMillis());
        return Math.clamp((double) Duration.between(first, moment).toMillis() / whole, 0, 1);
    }

    /// Round moments to mark, oldest first.
    ///
    /// @param zone whose clock they are round on
    List<Instant> marks(ZoneId zone) {
        return bend().map(bend ->
                        Stream.concat(
                                        marks(oldest, bend, zone, MARKS - 1).stream(),
                                        marks(bend, now, zone, MARKS).stream())
                                .toList())
                .orElseGet(() -> marks(oldest, now, zone, MARKS));
    }

    private static List<Instant> marks(Instant first, Instant last, ZoneId zone, int most) {
        var length = Duration.between(first, last);
        var step =
                STEPS.stream()
                        .filter(each -> each.multipliedBy(most).compareTo(length) >= 0)
                        .findFirst()
                        .orElse(STEPS.getLast());
        var marks = new ArrayList<Instant>();
        var mark = first.atZone(zone).truncatedTo(ChronoUnit.DAYS);
        // By the wall clock where a step is days: they are not all of one length.
        while (!mark.toInstant().isAfter(last)) {
            if (mark.toInstant().isAfter(first)) {
                marks.add(mark.toInstant());
            }
            mark = step.toDays() > 0 ? mark.plusDays(step.toDays()) : mark.plus(step);
        }
        return marks;
    }
}
