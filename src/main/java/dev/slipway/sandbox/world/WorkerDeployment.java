package dev.slipway.sandbox.world;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which versions get which share of the traffic from `createdOn` on.
///
/// @param id UUID
/// @param versions shares that make 100 together; a version may be at 0
public record WorkerDeployment(
        String id,
        Instant createdOn,
        String source,
        String author,
        Map<String, String> annotations,
        List<Share> versions) {

    /// A version and its percentage, 0 to 100.
    public record Share(String version, double percentage) {}

    public WorkerDeployment {
        annotations = Map.copyOf(annotations);
        versions = List.copyOf(versions);
    }

    /// The version that has all traffic, when one has.
    public Optional<String> sole() {
        return versions.stream().filter(s -> s.percentage() == 100).map(Share::version).findFirst();
    }

    /// Whether `version` takes part, be it at 0 %.
    public boolean includes(String version) {
        return versions.stream().anyMatch(s -> s.version().equals(version));
    }
}
