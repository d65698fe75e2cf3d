package dev.slipway.release.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A drill that was held.
///
/// @param at when it began
/// @param live the release whose code was tried, or what was live in a word
/// @param drilled the Workers that were put back
/// @param leftOut why others were not, part of a sentence, by Worker
/// @param parts what it consisted of, in order
/// @param back from the decision to go back until every Worker was seen well on the version it went back
///     to; empty when it did not come to that
/// @param reason why it failed, one or more sentences; empty when it did not
public record Drill(
        Instant at,
        String live,
        List<String> drilled,
        Map<String, String> leftOut,
        List<Part> parts,
        Optional<Duration> back,
        String reason) {
    /// How long going back may take.
    public static final Duration GOAL = Duration.ofMinutes(2);

    public Drill {
        drilled = List.copyOf(drilled);
        leftOut = Map.copyOf(leftOut);
        parts = List.copyOf(parts);
    }

    /// One part and how long it took.
    ///
    /// @param key stable name: `branch`, `canaries`, `deploy`, `check-deploy`, `back`, `check-back`,
    ///     `settle`, `cleanup`
    public record Part(String key, String title, Duration took) {}

    /// Whether everything went back and was seen well.
    public boolean passed() {
        return back.isPresent() && reason.isEmpty();
    }

    /// Whether it did within [#GOAL].
    public boolean withinGoal() {
        return passed() && back.filter(took -> took.compareTo(GOAL) <= 0).isPresent();
    }

    /// `4.2 s`.
    public static String words(Duration took) {
        return "%.1f s".formatted(took.toMillis() / 1e3);
    }
}
