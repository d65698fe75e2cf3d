package dev.slipway.domain;

import java.util.regex.Pattern;

/// The full name of a commit. Two releases carry the same code exactly when their shas are equal.
///
/// @param value forty lower-case hexadecimal digits
public record CommitSha(String value) {
    private static final Pattern FORTY_HEX = Pattern.compile("[0-9a-f]{40}");

    /// @throws IllegalArgumentException when the value is not a full sha
    public CommitSha {
        if (!FORTY_HEX.matcher(value).matches()) {
            throw new IllegalArgumentException("not a full commit sha: " + value);
        }
    }

    /// Whether `text` is a full sha.
    public static boolean isOne(String text) {
        return FORTY_HEX.matcher(text).matches();
    }

    /// The first seven digits, as people quote it.
    public String brief() {
        return value.substring(0, 7);
    }

    @Override
    public String toString() {
        return value;
    }
}
