package dev.slipway.sandbox.postgres;

import java.util.regex.Pattern;

/// A position in a write-ahead log, unsigned, written like Postgres does: `0/16B3748`.
public record Lsn(long value) implements Comparable<Lsn> {
    private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");

    /// Reads Postgres' own form.
    ///
    /// @throws IllegalArgumentException when it is none
    public static Lsn parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("not a log position: " + text);
        }
        return new Lsn(
                Long.parseLong(match.group(1), 16) << 32 | Long.parseLong(match.group(2), 16));
    }

    /// Bytes from `earlier` to this position.
    public long minus(Lsn earlier) {
        return value - earlier.value;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return "%X/%X".formatted(value >>> 32, value & 0xFFFF_FFFFL);
    }
}
