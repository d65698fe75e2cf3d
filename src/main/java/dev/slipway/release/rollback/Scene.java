package dev.slipway.release.rollback;

import dev.slipway.cloudflare.Version;
import dev.slipway.migration.LedgerState;
import dev.slipway.production.ProductionState;
import dev.slipway.release.Situation.LockHolder;
import dev.slipway.release.Situation.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything a rollback is decided from, observed once. Answer, gates and planner read nothing else.
///
/// @param observed when the reading began
/// @param by the login that asks
/// @param releases newest first
/// @param versions what Cloudflare can deploy of each Worker, newest first
/// @param schemas the migrations each release was made with beside production's ledger, by its number
public record Scene(
        Instant observed,
        String by,
        ProductionState production,
        Reading<List<PastRelease>> releases,
        Map<String, Reading<List<Version>>> versions,
        Map<Integer, Reading<LedgerState>> schemas,
        Reading<LockHolder> lock) {
    public Scene {
        versions = Map.copyOf(versions);
        schemas = Map.copyOf(schemas);
    }

    /// The release that is live; empty when what is live is none.
    public Optional<PastRelease> live() {
        return releases.value().orElse(List.of()).stream()
                .filter(r -> Optional.of(r.name()).equals(production.release()))
                .findFirst();
    }

    /// The release of this name, `r40`.
    public Optional<PastRelease> release(String name) {
        return releases.value().orElse(List.of()).stream()
                .filter(r -> r.name().equals(name))
                .findFirst();
    }

    /// Releases one could go back to: older than the live one, newest first. Without a live release, all.
    public List<PastRelease> earlier() {
        var live = live();
        return releases.value().orElse(List.of()).stream()
                .filter(r -> live.map(l -> r.number() < l.number()).orElse(true))
                .toList();
    }
}
