package dev.slipway.operation;

import dev.slipway.domain.Provider;
import dev.slipway.domain.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What keeps an engine from doing harm when answers are lost, late or stale. Each is an object the
/// engine is composed of, so that a test can compose one without it and show that it is needed; the
/// product has one composition, [#of].
///
/// Two more belong to what surrounds the engine: the look at the production lock before each change
/// ([Fence]) and the epoch that the database itself compares
/// ([dev.slipway.postgres.EpochCheck]).
///
/// @param quiet before a change of unknown outcome is taken for not made
/// @param agreement before "absent" is believed
/// @param announcement before a change leaves
/// @param marks before something is taken for ours
public record Safeguards(
        QuietTime quiet, Agreement agreement, Announcement announcement, Marks marks) {
    /// All of them, as `bounds` want them.
    public static Safeguards of(World.Bounds bounds) {
        return new Safeguards(
                new QuietTime.OfProvider(bounds.quiet()),
                new Agreement.TwoReads(bounds.twoReads()),
                Announcement.DURABLE,
                Marks.EXACT);
    }

    /// How long a call of unknown outcome may still take effect.
    @FunctionalInterface
    public interface QuietTime {
        /// That of the call of `step`.
        Duration of(PlanStep step);

        /// The provider's own, and the longest of all for a step that names none.
        record OfProvider(Map<Provider, Duration> times) implements QuietTime {
            public OfProvider {
                times = Map.copyOf(times);
            }

            @Override
            public Duration of(PlanStep step) {
                return step.provider()
                        .map(p -> times.getOrDefault(p, Duration.ZERO))
                        .orElseGet(() ->
                                times.values().stream()
                                        .max(Duration::compareTo)
                                        .orElse(Duration.ZERO));
            }
        }
    }

    /// When readings that say "absent" are believed.
    public interface Agreement {
        /// Whether they are enough.
        ///
        /// @param absent when each of them was made, in order
        boolean certain(List<Moment> absent);

        /// How long after one reading the next one counts.
        Duration distance();

        /// Two readings, the second so much later that it cannot be as stale as the first.
        record TwoReads(Duration distance) implements Agreement {
            @Override
            public boolean certain(List<Moment> absent) {
                return !absent.isEmpty()
                        && absent.getLast().since(absent.getFirst()).compareTo(distance) >= 0
                        && absent.size() > 1;
            }
        }
    }

    /// How the journal hears of a change.
    @FunctionalInterface
    public interface Announcement {
        /// What is journalled through the result becomes durable before the call returns.
        Consumer<Event> through(Consumer<Event> journal);

        /// At once, so that nothing leaves unrecorded.
        Announcement DURABLE = journal -> journal;
    }

    /// Tells our work from that of others.
    @FunctionalInterface
    public interface Marks {
        /// Whether `text`, as a remote shows it, carries `mark`.
        ///
        /// @param mark of a step, or what the marks of all steps of a plan begin with
        boolean carry(String text, String mark);

        /// The mark itself, not a longer one that begins like it.
        Marks EXACT = Safeguards::carries;
    }

    private static boolean carries(String text, String mark) {
        for (var at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
            var end = at + mark.length();
            if (mark.endsWith(":") || end == text.length() || !ofKey(text.charAt(end))) {
                return true;
            }
        }
        return false;
    }

    private static boolean ofKey(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
    }
}
