package dev.slipway.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How much a token may ask. The primary limits count requests or points an hour, the secondary ones
/// keep anyone from asking too fast. An hour and a minute are those of the world's pace. Safe for
/// many threads.
public final class GitHubQuota {
    private static final int POINTS_A_MINUTE = 900;
    private static final int GRAPHQL_POINTS_A_MINUTE = 2_000;
    private static final int WRITINGS_A_MINUTE = 80;
    private static final int AT_ONCE = 100;

    private final GitHubCore core;
    private final Map<Resource, Integer> limits = new HashMap<>();
    private final Map<String, Window> windows = new HashMap<>();
    private Instant refusingUntil = Instant.MIN;
    private int running;

    /// What is counted by itself.
    public enum Resource {
        CORE,
        GRAPHQL;

        /// As GitHub prints it.
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What is used of a limit.
    ///
    /// @param reset when it starts anew
    public record Window(int limit, int used, Instant reset) {
        /// What is left, never below zero.
        public int remaining() {
            return Math.max(0, limit - used);
        }
    }

    GitHubQuota(GitHubCore core) {
        this.core = core;
    }

    /// Sets how much every token may ask in an hour; 5,000 unless told.
    public synchronized void limit(Resource resource, int perHour) {
        limits.put(resource, perHour);
        windows.keySet().removeIf(k -> k.endsWith(resource.name()));
    }

    /// Refuses everybody for a while by the secondary limit, as GitHub does with whoever hurries.
    ///
    /// @param wall how long by the clock on the wall
    public synchronized void refuseFor(Duration wall) {
        refusingUntil = core.exactly().plus(wall);
    }

    /// What a token has used.
    public synchronized Window look(long token, Resource resource) {
        return window(
                token + "/" + resource.name(),
                limits.getOrDefault(resource, 5_000),
                Duration.ofHours(1));
    }

    /// Counts against the primary limit.
    public synchronized void use(long token, Resource resource, int points) {
        var now = look(token, resource);
        windows.put(
                token + "/" + resource.name(),
                new Window(now.limit(), now.used() + points, now.reset()));
    }

    /// Counts against the secondary limits.
    ///
    /// @param bucket what is limited by itself: an endpoint, or GraphQL as a whole
    /// @param points 1 for reading, 5 for writing
    /// @param writes whether people are told of it
    /// @return how long to wait; empty when it may go on
    public synchronized Optional<Duration> hurry(
            long token, String bucket, Resource resource, int points, boolean writes) {
        var now = core.exactly();
        if (now.isBefore(refusingUntil)) {
            return Optional.of(Duration.between(now, refusingUntil));
        }
        var most = resource == Resource.GRAPHQL ? GRAPHQL_POINTS_A_MINUTE : POINTS_A_MINUTE;
        return full(token + " " + bucket, most, points)
                .or(() ->
                        writes ? full(token + " writing", WRITINGS_A_MINUTE, 1) : Optional.empty());
    }

    private Optional<Duration> full(String key, int limit, int points) {
        var window = window(key, limit, Duration.ofMinutes(1));
        if (window.used() + points > limit) {
            return Optional.of(Duration.between(core.exactly(), window.reset()));
        }
        windows.put(key, new Window(limit, window.used() + points, window.reset()));
        return Optional.empty();
    }

    private Window window(String key, int limit, Duration length) {
        var now = core.exactly();
        var window = windows.get(key);
        if (window == null || !now.isBefore(window.reset())) {
            window = new Window(limit, 0, now.plus(core.pace.of(length)));
            windows.put(key, window);
        }
        return window;
    }

    /// Whether one more request may run beside those that do; [#leave()] must follow when it may.
    public synchronized boolean enter() {
        if (running == AT_ONCE) {
            return false;
        }
        running++;
        return true;
    }

    /// A request has ended.
    public synchronized void leave() {
        running--;
    }
}
