package dev.slipway.ui.rehearsal;

import dev.slipway.migration.catalog.ChangeClass;
import dev.slipway.migration.rehearsal.LockMode;
import dev.slipway.migration.rehearsal.StatementReport.Lock;
import dev.slipway.migration.rehearsal.StatementReport.Rows;
import dev.slipway.ui.kit.Tone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What was measured, in words. Pure.
public final class Figures {
    private Figures() {}

    /// `< 1 ms`, `12 ms`, `3.3 s`.
    public static String took(Duration length) {
        long millis = length.toMillis();
        if (millis < 1) {
            return "< 1 ms";
        }
        return millis < 1_000
                ? millis + " ms"
                : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    /// `0 B`, `812 B`, `12 kB`, `191 MB`; 1 kB is 1,024 bytes, as PostgreSQL counts.
    public static String bytes(long count) {
        if (count < 1_024) {
            return count + " B";
        }
        double size = count / 1_024.0;
        for (var unit : List.of("kB", "MB", "GB")) {
            if (size < 1_024 || unit.equals("GB")) {
                return size < 10
                        ? String.format(Locale.ROOT, "%.1f %s", size, unit)
                        : Math.round(size) + " " + unit;
            }
            size /= 1_024;
        }
        throw new IllegalStateException("there is always a unit");
    }

    /// `1 row`, `200,000 rows`.
    public static String rows(long count) {
        return String.format(Locale.ROOT, "%,d", count) + (count == 1 ? " row" : " rows");
    }

    /// What became of rows of a table: `users: 200,000 read, 200,000 updated`.
    static String rows(Rows rows) {
        return rows.table() + ": " + String.join(", ", words(rows));
    }

    private static List<String> words(Rows rows) {
        var words = new ArrayList<String>();
        add(words, rows.read(), "read");
        add(words, rows.inserted(), "inserted");
        add(words, rows.updated(), "updated");
        add(words, rows.deleted(), "deleted");
        if (rows.truncated()) {
            words.add("emptied as a whole");
        }
        return words.isEmpty() ? List.of("none") : words;
    }

    private static void add(List<String> words, long count, String word) {
        if (count > 0) {
            words.add(String.format(Locale.ROOT, "%,d", count) + " " + word);
        }
    }

    /// What became of rows of all tables, for a narrow column: what was changed, else what was read.
    public static String rowsShort(List<Rows> all) {
        if (all.stream().anyMatch(Rows::truncated)) {
            return "emptied";
        }
        long changed = all.stream().mapToLong(r -> r.inserted() + r.updated() + r.deleted()).sum();
        if (changed > 0) {
            return String.format(Locale.ROOT, "%,d changed", changed);
        }
        long read = all.stream().mapToLong(Rows::read).sum();
        return read > 0 ? String.format(Locale.ROOT, "%,d read", read) : "none";
    }

    /// `AccessExclusive`.
    static String mode(LockMode mode) {
        return mode.server().replaceFirst("Lock$", "");
    }

    /// What waits while it is held.
    static String waits(LockMode mode) {
        return mode.blocksReads()
                ? "reads and writes wait"
                : mode.blocksWrites() ? "writes wait" : "reads and writes go on";
    }

    /// `users AccessExclusive, orders ShareRowExclusive`.
    public static String locks(List<Lock> locks) {
        return locks.isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        locks.stream()
                                .map(lock -> lock.relation() + " " + mode(lock.mode()))
                                .toList());
    }

    /// `Expand`, `Breaks`.
    public static String word(ChangeClass change) {
        var name = change.name().toLowerCase(Locale.ROOT);
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /// What a class means to code that is live.
    static String meaning(ChangeClass change) {
        return switch (change) {
            case EXPAND -> "Only adds or loosens. Code that does not know of it works on.";
            case BREAKS -> "Takes away or demands something. Code that is live may fail.";
            case BEHAVIOUR -> "Statements work as before and may do something else.";
            case PERFORMANCE -> "Statements work as before and may be slower.";
            case DATA -> "Rows that existed are changed or gone.";
            case FAILED -> "A statement failed. Nothing of the batch would hold.";
        };
    }

    /// How a class is coloured; its word says the same.
    public static Tone tone(ChangeClass change) {
        return switch (change) {
            case EXPAND -> Tone.SUCCESS;
            case BEHAVIOUR, PERFORMANCE, DATA -> Tone.WARNING;
            case BREAKS, FAILED -> Tone.DANGER;
        };
    }

    /// SQL on one line.
    static String oneLine(String sql) {
        return sql.strip().replaceAll("\\s+", " ");
    }

    /// SQL as a person reads it: without the empty lines around, tabs narrow.
    static String lines(String sql) {
        return sql.strip().replace("\t", "  ");
    }
}
