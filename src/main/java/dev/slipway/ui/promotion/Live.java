package dev.slipway.ui.promotion;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What only a running operation knows and no journal keeps: how far the look of the moment is.
///
/// @param step key of the step it is about, empty for none
/// @param done 0 to 1, negative when unknown
/// @param text in words, empty when nothing was said
/// @param notes what was counted so far
/// @param next when it looks again
record Live(
        String step, double done, String text, Map<String, String> notes, Optional<Instant> next) {
    static final Live NOTHING = new Live("", -1, "", Map.of(), Optional.empty());

    Live {
        notes = Map.copyOf(notes);
    }

    Live until(String key, Instant at) {
        return new Live(
                key,
                key.equals(step) ? done : -1,
                key.equals(step) ? text : "",
                key.equals(step) ? notes : Map.of(),
                Optional.of(at));
    }
}
