package dev.slipway.ui.previews;

import dev.slipway.preview.Preview;
import dev.slipway.preview.Preview.State;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The words a person typed to narrow the list. Every word must hold: `#482` or `482` is a number,
/// `is:failing`, `branch:feat`, `db:pr-4` and `author:kim` ask one column, anything else is looked
/// for in title, author and branch.
record Filter(List<String> words) {
    private static final Set<State> ATTENTION =
            Set.of(State.FAILING, State.PARTIAL, State.UNKNOWN, State.EXPIRED);

    /// The groups of the list.
    enum Group {
        ALL("All"),
        READY("Ready"),
        ATTENTION("Attention"),
        BUILDING("Building"),
        MINE("Mine");

        final String word;

        Group(String word) {
            this.word = word;
        }

        /// @param login whose previews are "mine"
        boolean has(Preview preview, String login) {
            return switch (this) {
                case ALL -> true;
                case READY -> preview.state() == State.READY;
                case ATTENTION -> Filter.ATTENTION.contains(preview.state());
                case BUILDING -> preview.state() == State.BUILDING;
                case MINE -> preview.author().map(login::equalsIgnoreCase).orElse(false);
            };
        }
    }

    static Filter of(String text) {
        return new Filter(
                List.of(text.strip().toLowerCase(Locale.ROOT).split("\\s+", -1)).stream()
                        .filter(word -> !word.isEmpty())
                        .toList());
    }

    boolean accepts(Preview preview, String login) {
        return words.stream().allMatch(word -> accepts(word, preview, login));
    }

    private static boolean accepts(String word, Preview preview, String login) {
        if (word.matches("#[0-9]+")) {
            return word.equals("#" + preview.number().value());
        }
        if (word.matches("[0-9]+")) {
            return Integer.toString(preview.number().value()).startsWith(word);
        }
        int colon = word.indexOf(':');
        var value = word.substring(colon + 1);
        return switch (colon < 0 ? "" : word.substring(0, colon)) {
            case "is" -> is(value, preview, login);
            case "branch" -> contains(preview.branch(), value);
            case "db" -> preview.database().branch().map(b -> contains(b, value)).orElse(false);
            case "author" -> preview.author().map(a -> contains(a, value)).orElse(false);
            default ->
                    contains(preview.title(), word)
                            || contains(preview.branch(), word)
                            || preview.author().map(a -> contains(a, word)).orElse(false);
        };
    }

    private static boolean is(String value, Preview preview, String login) {
        for (var group : Group.values()) {
            if (group.word.equalsIgnoreCase(value)) {
                return group.has(preview, login);
            }
        }
        return preview.state().key().equals(value)
                || preview.traits().stream().anyMatch(trait -> trait.key().equals(value));
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part);
    }
}
