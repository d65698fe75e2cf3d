package dev.slipway.ui.kit;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Times and durations as the window writes them. Pure: the zone and the moment called now are
/// given.
public final class Times {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter WEEKDAY =
            DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter FULL =
            DateTimeFormatter.ofPattern("EEEE d MMMM yyyy HH:mm:ss 'UTC'xxx", Locale.ENGLISH);

    private Times() {}

    /// `14:02:11`.
    public static String clock(Instant at, ZoneId zone) {
        return CLOCK.format(at.atZone(zone));
    }

    /// `14:02:11.204`.
    public static String millis(Instant at, ZoneId zone) {
        return MILLIS.format(at.atZone(zone));
    }

    /// `14:02`.
    public static String minutes(Instant at, ZoneId zone) {
        return MINUTES.format(at.atZone(zone));
    }

    /// With the zone, for a tooltip: `Saturday 21 November 2026 14:02:11 UTC+01:00`.
    public static String full(Instant at, ZoneId zone) {
        return FULL.format(at.atZone(zone));
    }

    /// The day only as far as it is needed: `today 11:06`, `Thu 16:20`, `3 Nov 09:15`.
    public static String day(Instant at, Instant now, ZoneId zone) {
        var moment = at.atZone(zone);
        var days = ChronoUnit.DAYS.between(moment.toLocalDate(), now.atZone(zone).toLocalDate());
        if (days == 0) {
            return "today " + MINUTES.format(moment);
        }
        return days > 0 && days < 7 ? WEEKDAY.format(moment) : DAY.format(moment);
    }

    /// Whether both moments are on one day there.
    public static boolean sameDay(Instant one, Instant other, ZoneId zone) {
        return one.atZone(zone).toLocalDate().equals(other.atZone(zone).toLocalDate());
    }

    /// How long ago, coarse: `now`, `40 s`, `22 min`, `3 h`, `9 d`. The future is `now`.
    public static String ago(Instant at, Instant now) {
        var age = Duration.between(at, now);
        return age.toSeconds() < 10 ? "now" : coarse(age);
    }

    /// How long, coarse: `4 s`, `22 min`, `3 h`, `9 d`.
    public static String coarse(Duration length) {
        if (length.toSeconds() < 60) {
            return length.toSeconds() + " s";
        }
        if (length.toMinutes() < 60) {
            return length.toMinutes() + " min";
        }
        return length.toHours() < 24 ? length.toHours() + " h" : length.toDays() + " d";
    }

    /// How long, in words: `40 s`, `3 min 12 s`, `2 h 5 min`.
    public static String words(Duration length) {
        if (length.toSeconds() < 60) {
            return length.toSeconds() + " s";
        }
        if (length.toMinutes() < 60) {
            var seconds = length.toSecondsPart();
            return length.toMinutes() + " min" + (seconds == 0 ? "" : " " + seconds + " s");
        }
        var minutes = length.toMinutesPart();
        return length.toHours() + " h" + (minutes == 0 ? "" : " " + minutes + " min");
    }

    /// How long, for a column of figures: `3:12`, `15:00`, `1:02:03`.
    public static String figures(Duration length) {
        return length.toHours() > 0
                ? "%d:%02d:%02d"
                        .formatted(length.toHours(), length.toMinutesPart(), length.toSecondsPart())
                : "%d:%02d".formatted(length.toMinutes(), length.toSecondsPart());
    }
}
