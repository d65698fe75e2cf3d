package dev.slipway.release.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether going back was practised lately and was fast enough. Pure.
///
/// @param last the newest drill
/// @param every how old it may be
public record Practice(Optional<Drill> last, Duration every, Instant now) {
    private static final String AGAIN = " Practise it with \"slipway drill\".";

    /// Whether people should be warned.
    public boolean warns() {
        return last.filter(Drill::withinGoal).isEmpty() || old();
    }

    private boolean old() {
        return last.filter(drill -> age(drill).compareTo(every) > 0).isPresent();
    }

    private Duration age(Drill drill) {
        return Duration.between(drill.at(), now);
    }

    /// What to know about it, with what to do where [#warns].
    public String sentence() {
        if (last.isEmpty()) {
            return "Going back was never practised from this computer." + AGAIN;
        }
        var drill = last.get();
        var when = "The last drill, " + ago(age(drill)) + ",";
        if (!drill.passed()) {
            return when + " failed: " + drill.reason() + AGAIN;
        }
        var took = when + " was back in " + Drill.words(drill.back().orElseThrow());
        if (!drill.withinGoal()) {
            return took + ", slower than the goal of " + Drill.GOAL.toSeconds() + " s." + AGAIN;
        }
        return old()
                ? took + ". It is older than " + every.toDays() + " days." + AGAIN
                : took + " (goal " + Drill.GOAL.toSeconds() + " s).";
    }

    private static String ago(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + (age.toDays() == 1 ? " day ago" : " days ago");
        }
        return age.toHours() > 0 ? age.toHours() + " h ago" : age.toMinutes() + " min ago";
    }
}
