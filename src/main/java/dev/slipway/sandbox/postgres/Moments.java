package dev.slipway.sandbox.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/// Moments in a write-ahead log: naming, checking and reaching them.
final class Moments {
    private static final DateTimeFormatter POSTGRES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS'+00'").withZone(ZoneOffset.UTC);

    private Moments() {}

    /// Writes a mark that changes nothing and commits it. What came before the returned position is
    /// everything committed so far; the mark's own commit comes after it.
    static Lsn mark(PostgresServer server) {
        return Lsn.parse(
                server.ask("select pg_logical_emit_message(true, 'slipway', 'mark')::text"));
    }

    /// Postgres' number of the line a running cluster writes.
    static int number(PostgresServer server) {
        var file = server.ask("select pg_walfile_name(pg_current_wal_lsn())");
        return Integer.parseUnsignedInt(file.substring(0, 8), 16);
    }

    /// Where a recovered cluster left its ancestor, from the last line of its history file.
    static Lsn leftAt(Path data, int number) {
        var history = data.resolve("pg_wal").resolve("%08X.history".formatted(number));
        try {
            var last =
                    Files.readAllLines(history).stream()
                            .filter(l -> !l.isBlank())
                            .toList()
                            .getLast();
            return Lsn.parse(last.split("\t", -1)[1]);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + history, e);
        }
    }

    /// The settings that bring a copy forward to a point and make a line of its own of it.
    static Map<String, String> recovery(Point until, int number, String fetch) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("restore_command", fetch);
        settings.put("recovery_target_timeline", String.valueOf(number));
        settings.put("recovery_target_action", "promote");
        switch (until) {
            case Point.Head _ -> {}
            case Point.At(var lsn) -> {
                settings.put("recovery_target_lsn", lsn.toString());
                settings.put("recovery_target_inclusive", "off");
            }
            case Point.When(var instant) ->
                    settings.put("recovery_target_time", POSTGRES.format(instant));
        }
        return settings;
    }

    static void check(Timeline line, Lsn head, Lsn asked) {
        if (asked.compareTo(head) > 0) {
            throw new HistoryException(
                    "LSN " + asked + " is ahead of the branch, which is at " + head);
        }
        if (asked.compareTo(line.start()) < 0) {
            throw new HistoryException(
                    "LSN "
                            + asked
                            + " is before the history of the branch, which starts at "
                            + line.start());
        }
    }

    static void check(Timeline line, Instant now, Instant asked) {
        if (asked.isAfter(now)) {
            throw new HistoryException("timestamp " + asked + " is in the future");
        }
        if (asked.isBefore(line.bornAt())) {
            throw new HistoryException(
                    "timestamp "
                            + asked
                            + " is before the history of the branch, which starts at "
                            + line.bornAt());
        }
    }
}
