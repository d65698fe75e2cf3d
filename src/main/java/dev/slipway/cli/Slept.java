package dev.slipway.cli;

import dev.slipway.operation.Entry;
import dev.slipway.operation.Event;
import java.time.Duration;

/// Tells a person that the computer slept while an operation ran.
final class Slept {
    private Slept() {}

    /// Nothing for lines that say something else.
    static void tell(Output output, Entry entry) {
        if (entry.event() instanceof Event.WokeUp(long millis)) {
            output.log(
                    "warn",
                    "This computer slept for %s. Everything is looked at again before anything is changed."
                            .formatted(words(Duration.ofMillis(millis))));
        }
    }

    private static String words(Duration slept) {
        return slept.toMinutes() > 0
                ? slept.toMinutes() + " min"
                : Math.max(1, slept.toSeconds()) + " s";
    }
}
