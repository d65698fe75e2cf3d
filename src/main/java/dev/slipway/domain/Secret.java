package dev.slipway.domain;

import java.util.Arrays;
import java.util.Objects;

/// A value that must not be seen: a token, a password, a connection string with one.
///
/// It prints as dots and is not serialisable, so that a log line, a journal entry or a failed
/// assertion that holds one by mistake shows nothing. [#reveal()] is the only way to the value.
public final class Secret {
    private final char[] value;

    private Secret(char[] value) {
        this.value = value;
    }

    /// Wraps `value`.
    public static Secret of(String value) {
        return new Secret(value.toCharArray());
    }

    /// The value itself, to be handed to a header or a driver and to nothing else.
    public String reveal() {
        return new String(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && Arrays.equals(value, secret.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Secret.class, value.length);
    }

    @Override
    public String toString() {
        return "•••";
    }
}
