package dev.slipway.release.rollback;

import dev.slipway.domain.CommitSha;
import java.util.Map;
import java.util.Optional;

/// The code production is to run.
///
/// @param name `r41`, or the commit where it was no release
/// @param commit empty where nobody knows what its versions were built from
/// @param versions version id by Worker
/// @param held why its commit is held; empty when it is not
public record Destination(
        String name,
        Optional<CommitSha> commit,
        Map<String, String> versions,
        Optional<String> held) {
    public Destination {
        versions = Map.copyOf(versions);
    }

    /// The code of a release.
    public static Destination of(PastRelease release) {
        return new Destination(
                release.name(), Optional.of(release.commit()), release.versions(), release.held());
    }
}
