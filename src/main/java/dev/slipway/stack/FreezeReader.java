package dev.slipway.stack;

import dev.slipway.stack.Freeze.Dated;
import dev.slipway.stack.Freeze.WeekTime;
import dev.slipway.stack.Freeze.Weekly;
import dev.slipway.stack.Freeze.Window;
import dev.slipway.stack.yaml.YamlNode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the section `freeze`.
final class FreezeReader {
    private static final int MOST = 100;
    private static final Pattern WEEKLY =
            Pattern.compile("(Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([0-9]{2}:[0-9]{2})");
    private static final Pattern DATED =
            Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(?: ([0-9]{2}:[0-9]{2}))?");

    private final Report report;

    FreezeReader(Report report) {
        this.report = report;
    }

    /// An end of a window.
    private sealed interface Edge {
        record OfWeek(WeekTime time) implements Edge {}

        record OfDate(LocalDateTime time) implements Edge {}
    }

    /// What the file says; never frozen when it says nothing.
    Freeze read(Section top) {
        if (top.value("freeze").flatMap(YamlNode::asMap).isEmpty()) {
            top.optionalSection("freeze");
            return Freeze.NEVER;
        }
        var section = top.section("freeze");
        var zone = section.text("zone", FreezeReader::zoneComplaint);
        if (!section.has("windows")) {
            report.problem(section.at(), section.name("windows") + " is missing");
        }
        var windows =
                section.sections("windows", MOST).stream()
                        .flatMap(each -> window(each).stream())
                        .toList();
        section.finish();
        return new Freeze(zone.isEmpty() ? Freeze.NEVER.zone() : ZoneId.of(zone), windows);
    }

    /// ZoneId also takes offsets and short names, which do not know when clocks change.
    private static Optional<String> zoneComplaint(String text) {
        return text.equals("UTC") || ZoneId.getAvailableZoneIds().contains(text)
                ? Optional.empty()
                : Optional.of("is not a time zone; write it like Europe/Berlin or UTC");
    }

    private Optional<Window> window(Section section) {
        var from = edge(section, "from");
        var to = edge(section, "to");
        var reason = section.text("reason", _ -> Optional.empty());
        section.finish();
        return from.flatMap(begin -> to.flatMap(end -> window(section, begin, end, reason)));
    }

    private Optional<Window> window(Section section, Edge from, Edge to, String reason) {
        return switch (from) {
            case Edge.OfWeek(var begin) when to instanceof Edge.OfWeek(var end) ->
                    begin.equals(end)
                            ? wrong(section, "is the time it begins; a week is never all frozen")
                            : Optional.of(new Weekly(begin, end, reason));
            case Edge.OfDate(var begin) when to instanceof Edge.OfDate(var end) ->
                    end.isAfter(begin)
                            ? Optional.of(new Dated(begin, end, reason))
                            : wrong(section, "must be later than " + section.name("from"));
            default ->
                    wrong(
                            section,
                            "must be of the same kind as "
                                    + section.name("from")
                                    + ": both a day of the week or both a date");
        };
    }

    private Optional<Window> wrong(Section section, String sentence) {
        report.problem(section.at("to"), section.name("to") + " " + sentence);
        return Optional.empty();
    }

    private Optional<Edge> edge(Section section, String key) {
        if (!section.has(key)) {
            report.problem(section.at(), section.name(key) + " is missing");
        }
        return section.parsed(key, FreezeReader::edge);
    }

    private static Edge edge(String text) {
        var weekly = WEEKLY.matcher(text);
        var dated = DATED.matcher(text);
        try {
            if (weekly.matches()) {
                return new Edge.OfWeek(
                        new WeekTime(day(weekly.group(1)), LocalTime.parse(weekly.group(2))));
            }
            if (dated.matches()) {
                var time = Optional.ofNullable(dated.group(2)).map(LocalTime::parse);
                return new Edge.OfDate(
                        LocalDate.parse(dated.group(1)).atTime(time.orElse(LocalTime.MIDNIGHT)));
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + text + "\" is a time that does not exist", e);
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is not a time; write it like Fri 16:00 or 2026-12-23 18:00");
    }

    private static DayOfWeek day(String word) {
        return List.of(DayOfWeek.values()).stream()
                .filter(day -> day.name().startsWith(word.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
    }
}
