package dev.slipway.stack;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How traffic moves to a new version.
///
/// @param traffic percentages, rising, the last one 100
/// @param probes consecutive good probes per Worker that a step needs
/// @param maxErrorRate share of failing requests a step may have, 0 to 1
/// @param maxP95 95th percentile of the probes' latency a step may have
/// @param soak how long all traffic is watched; empty means the world's own time
/// @param merge how a pull request is merged
/// @param drillEvery how old the last drill may be before the preflight warns
/// @param timestampTag whether the release is also tagged `deploy-<yyyyMMdd-HHmmss>`
public record Promotion(
        List<Integer> traffic,
        int probes,
        double maxErrorRate,
        Duration maxP95,
        Optional<Duration> soak,
        Merge merge,
        Duration drillEvery,
        boolean timestampTag) {
    public Promotion {
        traffic = List.copyOf(traffic);
    }

    /// What a stack gets that says nothing about promotion.
    public static final Promotion DEFAULT =
            new Promotion(
                    List.of(10, 50, 100),
                    5,
                    0.01,
                    Duration.ofSeconds(2),
                    Optional.empty(),
                    Merge.SQUASH,
                    Duration.ofDays(30),
                    false);

    /// GitHub's ways to merge; [#key()] is its word.
    public enum Merge {
        MERGE,
        SQUASH,
        REBASE;

        /// As `merge_method` and `slipway.yaml` write it.
        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
