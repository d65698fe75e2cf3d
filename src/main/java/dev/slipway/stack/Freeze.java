package dev.slipway.stack;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// When production stays as it is: windows on the wall clock of one time zone.
///
/// Where clocks are set forward, a wall time that does not exist means the moment they are set.
/// Where they are set back, a window begins with the first and ends with the second of the two
/// moments its wall time names, so it is never shorter than written.
///
/// @param zone whose wall clock the windows are read on
/// @param windows in the order of the file; empty means production is never frozen
public record Freeze(ZoneId zone, List<Window> windows) {
    /// Never frozen.
    public static final Freeze NEVER = new Freeze(ZoneId.of("UTC"), List.of());

    /// So many windows may follow each other without a gap before the end is said to be far away.
    private static final int MOST_JOINED = 100;

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm", Locale.ENGLISH);

    public Freeze {
        windows = List.copyOf(windows);
    }

    /// A time in which nothing is promoted.
    public sealed interface Window {
        /// Why, a person's words.
        String reason();

        /// As the file writes it: `Fri 16:00 – Mon 08:00`.
        String words();

        /// The occurrences that may touch the week around `near`.
        Stream<Span> around(LocalDateTime near);
    }

    /// From one wall time to a later one.
    ///
    /// @param to the first moment after it
    public record Span(LocalDateTime from, LocalDateTime to) {}

    /// A day of the week and a time.
    public record WeekTime(DayOfWeek day, LocalTime time) {
        @Override
        public String toString() {
            return DateTimeFormatter.ofPattern("EEE", Locale.ENGLISH).format(day) + " " + time;
        }
    }

    /// Every week.
    public record Weekly(WeekTime from, WeekTime to, String reason) implements Window {
        @Override
        public String words() {
            return from + " – " + to;
        }

        @Override
        public Stream<Span> around(LocalDateTime near) {
            return LongStream.rangeClosed(-2, 1)
                    .mapToObj(weeks -> {
                        var begin =
                                near.toLocalDate()
                                        .with(TemporalAdjusters.nextOrSame(from.day()))
                                        .plusWeeks(weeks)
                                        .atTime(from.time());
                        var end =
                                begin.toLocalDate()
                                        .with(TemporalAdjusters.nextOrSame(to.day()))
                                        .atTime(to.time());
                        return new Span(begin, end.isAfter(begin) ? end : end.plusWeeks(1));
                    });
        }
    }

    /// Once.
    public record Dated(LocalDateTime from, LocalDateTime to, String reason) implements Window {
        @Override
        public String words() {
            return from.toString().replace('T', ' ') + " – " + to.toString().replace('T', ' ');
        }

        @Override
        public Stream<Span> around(LocalDateTime near) {
            return Stream.of(new Span(from, to));
        }
    }

    /// A window production is in.
    ///
    /// @param window the one that ends last of those that hold now
    /// @param until when production is free again, windows that follow at once included
    public record Frozen(Window window, Instant until) {}

    /// Whether production is frozen at `now`.
    public Optional<Frozen> at(Instant now) {
        var last = longest(now);
        if (last.isEmpty()) {
            return Optional.empty();
        }
        var until = last.get().until();
        for (int i = 0; i < MOST_JOINED; i++) {
            var next = longest(until);
            if (next.isEmpty()) {
                break;
            }
            until = next.get().until();
        }
        return Optional.of(new Frozen(last.get().window(), until));
    }

    private Optional<Frozen> longest(Instant now) {
        var local = now.atZone(zone).toLocalDateTime();
        return windows.stream()
                .flatMap(window ->
                        window.around(local)
                                .filter(span ->
                                        !now.isBefore(begin(span.from()))
                                                && now.isBefore(end(span.to())))
                                .map(span -> new Frozen(window, end(span.to()))))
                .max(Comparator.comparing(Frozen::until));
    }

    private Instant begin(LocalDateTime wall) {
        return existing(wall).withEarlierOffsetAtOverlap().toInstant();
    }

    private Instant end(LocalDateTime wall) {
        return existing(wall).withLaterOffsetAtOverlap().toInstant();
    }

    private ZonedDateTime existing(LocalDateTime wall) {
        var change = zone.getRules().getTransition(wall);
        return change != null && change.isGap()
                ? change.getInstant().atZone(zone)
                : wall.atZone(zone);
    }

    /// `Mon 2026-11-30 08:00 Europe/Berlin`.
    public String words(Instant moment) {
        return MOMENT.format(moment.atZone(zone)) + " " + zone.getId();
    }
}
