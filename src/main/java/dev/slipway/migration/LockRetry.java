package dev.slipway.migration;

import dev.slipway.domain.World;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// How long locks are waited for. Who waits for a lock makes everybody behind it wait, so a wait is
/// short, and between two waits production's code gets its turn.
///
/// @param timeout how long a statement waits for a lock before the whole batch is taken back
/// @param tries how often the batch is tried; at least one
/// @param pause the pause after the first try; it doubles with each
/// @param longest the longest pause
public record LockRetry(Duration timeout, int tries, Duration pause, Duration longest) {
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final int TRIES = 12;

    public LockRetry {
        if (tries < 1) {
            throw new IllegalArgumentException("tries: " + tries);
        }
    }

    /// As careful as a world wants it: with real providers pauses from 0.2 s to 10 s.
    public static LockRetry of(World.Bounds bounds) {
        return new LockRetry(
                TIMEOUT, TRIES, bounds.twoReads().dividedBy(25), bounds.twoReads().multipliedBy(2));
    }

    /// What [#parameters] wrote.
    public static LockRetry of(Map<String, String> parameters) {
        return new LockRetry(
                millis(parameters, "lockTimeoutMs"),
                Integer.parseInt(parameters.getOrDefault("lockTries", "1")),
                millis(parameters, "lockPauseMs"),
                millis(parameters, "lockPauseMaxMs"));
    }

    private static Duration millis(Map<String, String> parameters, String name) {
        return Duration.ofMillis(
                Long.parseLong(parameters.getOrDefault(name, "" + TIMEOUT.toMillis())));
    }

    /// For a step of a plan, which is carried out as it was written.
    public Map<String, String> parameters() {
        return Map.of(
                "lockTimeoutMs", "" + timeout.toMillis(),
                "lockTries", "" + tries,
                "lockPauseMs", "" + pause.toMillis(),
                "lockPauseMaxMs", "" + longest.toMillis());
    }

    /// The pause after the try of this number, from one: between half of its bound and all of it, so
    /// that two who wait for each other do not do so in step.
    public Duration pause(int tried, RandomGenerator random) {
        long bound = Math.max(1, bound(tried).toMillis());
        return Duration.ofMillis(bound / 2 + random.nextLong(bound / 2 + 1));
    }

    private Duration bound(int tried) {
        var doubled = pause.multipliedBy(1L << Math.min(tried - 1, 20));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }

    /// How long it goes on at most: no try begins so late that its first wait would end later.
    public Duration most() {
        return IntStream.range(1, tries)
                .mapToObj(this::bound)
                .reduce(timeout.multipliedBy(tries), Duration::plus);
    }

    /// The bounds in words.
    public String sentence() {
        return "at most "
                + tries
                + (tries == 1 ? " try" : " tries in at most ")
                + (tries == 1 ? "" : spoken(most()))
                + ", each blocks the app at most "
                + timeout.toMillis()
                + " ms and as long as it runs";
    }

    private static String spoken(Duration time) {
        return (time.toMillis() + 999) / 1000 + " s";
    }
}
