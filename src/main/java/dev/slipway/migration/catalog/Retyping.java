package dev.slipway.migration.catalog;

import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What it means that a column gets another type, told from the two names `format_type` gives.
enum Retyping {
    /// Every value that fitted fits, and a client sees the same kind of value.
    WIDENS,
    /// Values that fitted may not.
    NARROWS,
    /// A client reads or writes another kind of value.
    CHANGES;

    private static final Pattern TYPE =
            Pattern.compile(
                    "([a-z ]+?)(?:\\((\\d+)(?:,(-?\\d+))?\\))?( with(?:out)? time zone)?(\\[\\])*");
    private static final Set<String> TEXT = Set.of("text", "character varying");
    private static final Set<String> SIZED =
            Set.of("character varying", "bit varying", "timestamp", "time", "interval");
    private static final java.util.List<String> INTEGERS =
            java.util.List.of("bigint", "integer", "smallint");

    static Retyping of(String from, String to) {
        var before = TYPE.matcher(from);
        var after = TYPE.matcher(to);
        if (!before.matches() || !after.matches() || !tail(before).equals(tail(after))) {
            return CHANGES;
        }
        var old = before.group(1);
        var now = after.group(1);
        if (TEXT.contains(old) && TEXT.contains(now)) {
            return fits(size(before), size(after)) ? WIDENS : NARROWS;
        }
        if (old.equals(now)) {
            return same(old, before, after);
        }
        int a = INTEGERS.indexOf(old);
        int b = INTEGERS.indexOf(now);
        // To a wider integer is a change, too: a driver may hand out another kind of value, as
        // node-postgres does with bigint, which it gives as a string.
        return a >= 0 && b > a ? NARROWS : CHANGES;
    }

    private static Retyping same(String type, MatchResult before, MatchResult after) {
        if (type.equals("numeric")) {
            return numeric(before, after) ? WIDENS : NARROWS;
        }
        if (SIZED.contains(type)) {
            return fits(size(before), size(after)) ? WIDENS : NARROWS;
        }
        return CHANGES;
    }

    /// More digits before the point and behind it, or no limit.
    private static boolean numeric(MatchResult before, MatchResult after) {
        if (size(after).isEmpty()) {
            return true;
        }
        if (size(before).isEmpty()) {
            return false;
        }
        int oldScale = scale(before);
        int newScale = scale(after);
        return newScale >= oldScale
                && size(after).get() - newScale >= size(before).get() - oldScale;
    }

    private static boolean fits(Optional<Integer> before, Optional<Integer> after) {
        return after.isEmpty() || (before.isPresent() && before.get() <= after.get());
    }

    private static Optional<Integer> size(MatchResult type) {
        return Optional.ofNullable(type.group(2)).map(Integer::valueOf);
    }

    private static int scale(MatchResult type) {
        return type.group(3) == null ? 0 : Integer.parseInt(type.group(3));
    }

    private static String tail(MatchResult type) {
        return java.util.Objects.requireNonNullElse(type.group(4), "")
                + java.util.Objects.requireNonNullElse(type.group(5), "");
    }
}
