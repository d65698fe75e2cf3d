package dev.slipway.release.rollback;

import dev.slipway.domain.CommitSha;
import dev.slipway.migration.catalog.ChangeClass;
import dev.slipway.operation.Plan;
import dev.slipway.release.step.Manifest;
import java.util.ArrayList;
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

    /// The release a promotion was to make, as far as its plan says it: no version was uploaded for it yet.
    ///
    /// @return empty when the plan makes none
    public static Optional<PastRelease> planned(Plan plan) {
        var pins = plan.pins();
        var sha = pins.getOrDefault("commit", "");
        if (!plan.target().matches("r[1-9][0-9]{0,8}") || !CommitSha.isOne(sha)) {
            return Optional.empty();
        }
        var applied = new ArrayList<Applied>();
        Manifest.below(Manifest.MIGRATION, pins)
                .forEach((tag, hash) ->
                        applied.add(
                                new Applied(
                                        tag,
                                        hash,
                                        Optional.ofNullable(pins.get(Manifest.CLASS + tag))
                                                .flatMap(Manifest::classes))));
        return Optional.of(
                new PastRelease(
                        Integer.parseInt(plan.target().substring(1)),
                        new CommitSha(sha),
                        Map.of(),
                        true,
                        applied,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /// The same with these versions, by Worker.
    public PastRelease with(Map<String, String> uploaded) {
        return new PastRelease(number, commit, uploaded, recorded, applied, before, database, held);
    }

    /// The same, held.
    public PastRelease held(String why) {
        return new PastRelease(
                number, commit, versions, recorded, applied, before, database, Optional.of(why));
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
