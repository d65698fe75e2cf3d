package dev.slipway.domain;

/// Text for a person that others wrote, ended as a sentence.
public final class Sentence {
    private Sentence() {}

    /// `text` with a full stop where it has none; what says nothing stays empty.
    public static String of(String text) {
        return text.isEmpty() || text.endsWith(".") ? text : text + ".";
    }
}
