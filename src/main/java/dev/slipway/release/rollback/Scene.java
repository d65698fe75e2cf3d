package dev.slipway.release.rollback;

import dev.slipway.cloudflare.Version;
import dev.slipway.domain.CommitSha;
import dev.slipway.migration.LedgerState;
import dev.slipway.production.LiveWorker;
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
/// @param begun promotions that began on this computer and were not released, and those the lock tells of:
///     their migrations may have run
/// @param schemas the migrations each release was made with beside production's ledger, by its number
/// @param bindings what the versions of the releases and those that serve are bound to
public record Scene(
        Instant observed,
        String by,
        ProductionState production,
        Reading<List<PastRelease>> releases,
        Map<String, Reading<List<Version>>> versions,
        Map<Integer, Reading<LedgerState>> schemas,
        List<PastRelease> begun,
        Reading<LockHolder> lock,
        Bindings bindings) {
    /// A scene whose versions are bound to nothing outside of them.
    public Scene(
            Instant observed,
            String by,
            ProductionState production,
            Reading<List<PastRelease>> releases,
            Map<String, Reading<List<Version>>> versions,
            Map<Integer, Reading<LedgerState>> schemas,
            List<PastRelease> begun,
            Reading<LockHolder> lock) {
        this(
                observed,
                by,
                production,
                releases,
                versions,
                schemas,
                begun,
                lock,
                Bindings.none(releases));
    }

    public Scene {
        versions = Map.copyOf(versions);
        schemas = Map.copyOf(schemas);
        begun = List.copyOf(begun);
    }

    /// The release that is live, with secrets changed since or not; empty when what is live is none.
    public Optional<PastRelease> live() {
        var all = releases.value().orElse(List.of());
        return all.stream()
                .filter(r -> Optional.of(r.name()).equals(production.release()))
                .findFirst()
                .or(() -> all.stream().filter(this::runs).findFirst());
    }

    /// Its name; empty when what is live is none.
    public Optional<String> liveRelease() {
        return production.release().or(() -> live().map(PastRelease::name));
    }

    /// What is live was built from; empty when that is not known.
    public Optional<CommitSha> liveCommit() {
        return production.commit().or(() -> live().map(PastRelease::commit));
    }

    /// Whether every Worker runs the code of `release`: its version, a copy, or what only changes of secrets
    /// made of either.
    private boolean runs(PastRelease release) {
        return !production.workers().isEmpty()
                && production.workers().stream().allMatch(w -> runs(w, release));
    }

    private boolean runs(LiveWorker worker, PastRelease release) {
        var live = worker.only().flatMap(version -> code(worker.name(), version.id()));
        return Optional.ofNullable(release.versions().get(worker.name()))
                .map(id -> code(worker.name(), id).orElse(id))
                .filter(code -> live.equals(Optional.of(code)))
                .isPresent();
    }

    private Optional<String> code(String worker, String version) {
        var known = Optional.ofNullable(versions.get(worker)).flatMap(Reading::value);
        return Secrets.codeOf(version, known.orElse(List.of()));
    }

    /// What the code of a version was built from. A version that only a change of a secret made does not say
    /// it; the one whose code it has does.
    Optional<String> commitOf(String worker, String version) {
        var known = Optional.ofNullable(versions.get(worker)).flatMap(Reading::value);
        return code(worker, version)
                .flatMap(id ->
                        known.stream()
                                .flatMap(List::stream)
                                .filter(v -> v.id().equals(id))
                                .findFirst())
                .flatMap(Version::commit);
    }

    /// The Workers whose newest version is not the one that serves.
    public List<Overtaken> overtaken() {
        return production.workers().stream()
                .flatMap(worker ->
                        Optional.ofNullable(versions.get(worker.name()))
                                .flatMap(known -> Overtaken.of(worker, known))
                                .stream())
                .toList();
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
