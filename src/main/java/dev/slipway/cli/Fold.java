package dev.slipway.cli;

import java.util.ArrayList;
import java.util.List;

/// Breaks long text between words, so that a person reads all of it beside its label.
final class Fold {
    private Fold() {}

    /// The lines of `text`, each at most `width` long unless a word is longer; at least one.
    static List<String> of(String text, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.strip().split("\\s+")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
