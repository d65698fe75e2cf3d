package dev.slipway.ui.kit;

import java.util.Optional;

/// A key that does something in a view, and the words that say what.
///
/// @param keys in the notation of [KeyCombination], such as `Shortcut+F` or `F5`; a single letter
///     or sign such as `F` or `/` works only outside text fields; two letters such as `G P` are
///     pressed one after the other
/// @param words what it does, for the sheet of shortcuts, such as "Follow the newest line"
/// @param unavailable why it leads nowhere now, for the palette; empty when it does something
public record Shortcut(String keys, String words, Runnable action, Optional<String> unavailable) {
    /// One that can be used now.
    public Shortcut(String keys, String words, Runnable action) {
        this(keys, words, action, Optional.empty());
    }

    /// A key that a control takes by itself, for the sheet of shortcuts alone.
    public static Shortcut told(String keys, String words) {
        return new Shortcut(keys, words, () -> {});
    }

    /// Whether this is a plain letter or sign, which a text field must be able to take.
    boolean isPlain() {
        return keys.length() == 1 || isSequence();
    }

    /// Whether two letters are pressed one after the other.
    boolean isSequence() {
        return keys.length() == 3 && keys.charAt(1) == ' ';
    }

    /// The keys as people write them.
    public String shown() {
        return keys.replace("Shortcut", "Ctrl").replace("Comma", ",").replace(" ", " then ");
    }
}
