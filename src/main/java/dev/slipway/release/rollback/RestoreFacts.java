package dev.slipway.release.rollback;

import dev.slipway.neon.Branch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/// What Neon says about the production branch, and what happens to others when it is restored.
///
/// @param branch the production branch
/// @param children names of the branches that were made from it; they move under the backup
/// @param databases every database of the branch; all of them go back
/// @param history how far back Neon keeps it
/// @param branches how many the project has
/// @param limit how many the plan includes, when Neon says it
/// @param backup the name under which what it holds is kept; nobody has it
public record RestoreFacts(
        Branch branch,
        List<String> children,
        List<String> databases,
        Duration history,
        int branches,
        OptionalInt limit,
        String backup) {
    private static final Duration FREE = Duration.ofHours(6);

    public RestoreFacts {
        children = List.copyOf(children);
        databases = List.copyOf(databases);
    }

    /// How much Neon keeps, in words. What a plan allows is not said; six hours are what the Free plan has,
    /// which keeps a gigabyte of changes at most.
    String window() {
        var hours = history.toHours();
        var length =
                hours > 48
                        ? history.toDays() + " days"
                        : hours > 0 ? hours + " h" : history.toMinutes() + " min";
        return history.compareTo(FREE) <= 0
                ? length + ", on the Free plan less if history passes 1 GB"
                : length;
    }

    /// The oldest moment Neon keeps, seen at `now`.
    public Instant oldest(Instant now) {
        return now.minus(history);
    }
}
