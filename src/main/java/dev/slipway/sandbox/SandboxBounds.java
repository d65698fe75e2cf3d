package dev.slipway.sandbox;

import dev.slipway.sandbox.world.Pace;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// How long things take in a sandbox at most. What waits for the world gets shorter with its speed;
/// what protects against this machine being busy (timeouts, the lease) does not.
///
/// @param pace the speed
public record SandboxBounds(Pace pace) {
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration SOAK = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(150);
    private static final Duration GAP = Duration.ofMillis(50);
    private static final Duration SHORTEST = Duration.ofMillis(20);

    /// The object of the world file, in milliseconds.
    Map<String, Object> keys() {
        var quiet = new LinkedHashMap<String, Object>();
        for (var provider : new String[] {"github", "neon", "cloudflare", "postgres"}) {
            quiet.put(provider, paced(QUIET));
        }
        var keys = new LinkedHashMap<String, Object>();
        keys.put("quietMs", quiet);
        keys.put("twoReadsMs", paced(Duration.ofMillis(300)));
        keys.put("leaseMs", Duration.ofSeconds(30).toMillis());
        keys.put("renewMs", Duration.ofSeconds(5).toMillis());
        keys.put("pollMs", paced(LOOK));
        keys.put("probeIntervalMs", paced(LOOK));
        keys.put("soakMs", paced(SOAK));
        keys.put("stepDeadlineMs", Duration.ofMinutes(2).toMillis());
        keys.put("connectMs", Duration.ofSeconds(2).toMillis());
        keys.put("readMs", Duration.ofSeconds(15).toMillis());
        keys.put("mutationMs", Duration.ofSeconds(20).toMillis());
        keys.put("gapMs", Map.of("github", paced(GAP)));
        return keys;
    }

    private long paced(Duration usual) {
        var paced = pace.of(usual);
        return (paced.compareTo(SHORTEST) < 0 ? SHORTEST : paced).toMillis();
    }
}
