package dev.slipway.log;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// One row of the log.
///
/// @param at when it happened, by this machine's clock
/// @param kind whether something was said, or why something was not
/// @param channel which tab it belongs to
/// @param source who said it, such as `auth`, `health`, `migration`
/// @param text one line without line breaks
/// @param detail further lines, such as a stack trace or the statement that failed
/// @param operation id of the operation it belongs to
/// @param step key of that operation's step
/// @param worker the Worker it is about
/// @param where the place it comes from, such as a Cloudflare location or `neon`; may be empty
public record LogRow(
        Instant at,
        Kind kind,
        Channel channel,
        String source,
        Level level,
        String text,
        List<String> detail,
        Optional<String> operation,
        Optional<String> step,
        Optional<String> worker,
        String where) {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /// What a row is.
    public enum Kind {
        /// Somebody said something.
        LINE,
        /// A source dropped lines; nobody knows what they said.
        GAP,
        /// A source was connected again; lines between may be missing.
        RECONNECT,
        /// Lines were left out here because there were too many; the file may hold them.
        TRUNCATED
    }

    /// Which part of the work a row tells about.
    public enum Channel {
        HEALTH("Health"),
        MIGRATION("Migration"),
        WORKER("Worker tail"),
        CI("CI"),
        OPERATION("Operation");

        private final String title;

        Channel(String title) {
            this.title = title;
        }

        /// As people read it.
        public String title() {
            return title;
        }

        /// The lower-case key used in JSON and on the command line.
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How much a row matters.
    public enum Level {
        DEBUG(0),
        INFO(1),
        /// As important as INFO: something was checked and is well.
        OK(1),
        WARN(2),
        ERROR(3);

        private final int weight;

        Level(int weight) {
            this.weight = weight;
        }

        /// Whether this level is shown when `least` and more important ones are asked for.
        public boolean atLeast(Level least) {
            return weight >= least.weight;
        }
    }

    public LogRow {
        text = text.replace('\n', ' ').replace('\r', ' ');
        detail = List.copyOf(detail);
    }

    /// A plain line.
    public static LogRow line(
            Instant at, Channel channel, String source, Level level, String text) {
        return new LogRow(
                at,
                Kind.LINE,
                channel,
                source,
                level,
                text,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
    }

    /// A row that says what is missing and why.
    public static LogRow missing(
            Instant at, Kind kind, Channel channel, String source, String text) {
        return new LogRow(
                at,
                kind,
                channel,
                source,
                Level.WARN,
                text,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "");
    }

    /// The same row with `lines` below it.
    public LogRow withDetail(List<String> lines) {
        return new LogRow(
                at, kind, channel, source, level, text, lines, operation, step, worker, where);
    }

    /// The same row as part of a step of an operation.
    public LogRow inOperation(String id, String stepKey) {
        return new LogRow(
                at,
                kind,
                channel,
                source,
                level,
                text,
                detail,
                Optional.of(id),
                Optional.of(stepKey),
                worker,
                where);
    }

    /// The same row, about `name`.
    public LogRow aboutWorker(String name) {
        return new LogRow(
                at,
                kind,
                channel,
                source,
                level,
                text,
                detail,
                operation,
                step,
                Optional.of(name),
                where);
    }

    /// The same row, coming from `place`.
    public LogRow from(String place) {
        return new LogRow(
                at, kind, channel, source, level, text, detail, operation, step, worker, place);
    }

    /// The same row with everything a foreign system may have put a secret into passed through
    /// `redactor`.
    LogRow masked(UnaryOperator<String> redactor) {
        return new LogRow(
                at,
                kind,
                channel,
                redactor.apply(source),
                level,
                redactor.apply(text),
                detail.stream().map(redactor).toList(),
                operation,
                step,
                worker,
                redactor.apply(where));
    }

    /// As one line of plain text, details below it indented: what copying gives.
    public String plain() {
        var head = "%s  %s  %s  %s".formatted(MOMENT.format(at), source, level, text);
        return detail.isEmpty() ? head : head + "\n    " + String.join("\n    ", detail);
    }
}
