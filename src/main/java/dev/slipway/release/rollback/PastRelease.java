package dev.slipway.release.rollback;

import dev.slipway.domain.CommitSha;
import dev.slipway.migration.catalog.ChangeClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A release production had, as its tag tells it.
///
/// @param number 41 for `r41`
/// @param versions version id by Worker, of those the manifest or Cloudflare names
/// @param recorded whether a manifest says so; otherwise the versions were found by their commit
/// @param applied the migrations it ran; empty for one without a manifest, which may have run some
/// @param before the point of production's history just before it changed anything; empty where no manifest
///     says it
/// @param database id of the Neon branch that point belongs to; empty where no manifest says it
/// @param held why its commit is held; empty when it is not
public record PastRelease(
        int number,
        CommitSha commit,
        Map<String, String> versions,
        boolean recorded,
        List<Applied> applied,
        Optional<RestorePoint> before,
        Optional<String> database,
        Optional<String> held) {
    public PastRelease {
        versions = Map.copyOf(versions);
        applied = List.copyOf(applied);
    }

    /// `r41`.
    public String name() {
        return "r" + number;
    }

    /// A migration a release ran.
    ///
    /// @param classes what a rehearsal measured it to be; empty when nobody measured it
    public record Applied(String tag, String hash, Optional<Set<ChangeClass>> classes) {}
}
