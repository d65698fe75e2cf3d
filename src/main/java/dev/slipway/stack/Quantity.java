package dev.slipway.stack;

import java.time.Duration;
import java.util.regex.Pattern;

/// Reads times, shares and counts as people write them.
final class Quantity {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?) ?%");
    private static final Pattern SHARE = Pattern.compile("[01](?:\\.[0-9]{1,8})?");

    private Quantity() {}

    /// `800ms`, `2s`, `15m`, `1h`, `1d`, between `min` and `max`.
    ///
    /// @throws IllegalArgumentException with a sentence
    static Duration time(String text, Duration min, Duration max) {
        var matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a time; write it like 800ms, 2s, 15m or 1h");
        }
        long number = Long.parseLong(matcher.group(1));
        var time =
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                };
        if (time.compareTo(min) < 0 || time.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not between " + words(min) + " and " + words(max));
        }
        return time;
    }

    private static String words(Duration time) {
        return time.toMillis() % 1000 != 0 ? time.toMillis() + "ms" : time.toSeconds() + "s";
    }

    /// `1%` or `0.01`, as a number between 0 and 1.
    ///
    /// @throws IllegalArgumentException with a sentence
    static double share(String text) {
        var percent = PERCENT.matcher(text);
        double share = 2;
        if (percent.matches()) {
            share = Double.parseDouble(percent.group(1)) / 100;
        } else if (SHARE.matcher(text).matches()) {
            share = Double.parseDouble(text);
        }
        if (share > 1) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a share; write it like 1% or 0.01");
        }
        return share;
    }

    /// A whole number between `min` and `max`.
    ///
    /// @throws IllegalArgumentException with a sentence
    static int count(String text, int min, int max) {
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is not a whole number from " + min + " to " + max);
    }

    /// `true` or `false`.
    ///
    /// @throws IllegalArgumentException with a sentence
    static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("\"" + text + "\" is not true or false");
        };
    }
}
