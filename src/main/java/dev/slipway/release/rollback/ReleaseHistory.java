package dev.slipway.release.rollback;

import dev.slipway.cloudflare.Version;
import dev.slipway.domain.CommitSha;
import dev.slipway.github.GitHub;
import dev.slipway.github.Ref;
import dev.slipway.migration.catalog.ChangeClass;
import dev.slipway.operation.Together;
import dev.slipway.production.Releases;
import dev.slipway.release.rollback.PastRelease.Applied;
import dev.slipway.release.step.Manifest;
import dev.slipway.stack.Stack;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Reads the releases from their tags. One that Slipway did not make has no manifest: its versions are
/// those that were uploaded from its commit.
record ReleaseHistory(GitHub gitHub, Stack stack, Together together) {
    private static final String TAGS = "refs/tags/";

    /// The newest releases, newest first.
    ///
    /// @param most how many at most
    /// @param versions what Cloudflare has of each Worker, newest first
    List<PastRelease> newest(int most, Map<String, List<Version>> versions) {
        var named =
                gitHub.refs(TAGS + stack.environment() + "-r").stream()
                        .flatMap(ref -> number(ref).map(n -> new Named(n, ref)).stream())
                        .sorted(Comparator.comparingInt(Named::number).reversed())
                        .limit(most)
                        .toList();
        return together.ask(
                named.stream()
                        .<Supplier<PastRelease>>map(each -> () -> read(each, versions))
                        .toList());
    }

    private record Named(int number, Ref ref) {}

    private Optional<Integer> number(Ref ref) {
        return Releases.number(stack.environment(), ref.name().substring(TAGS.length()));
    }

    private PastRelease read(Named named, Map<String, List<Version>> versions) {
        var object =
                named.ref().type().equals("tag")
                        ? gitHub.tagObject(named.ref().sha())
                        : Optional.<dev.slipway.github.TagObject>empty();
        var manifest = object.flatMap(o -> Manifest.read(o.message()));
        var commit =
                manifest.map(Manifest::commit)
                        .or(() -> object.map(o -> o.commit()))
                        .orElseGet(() -> new CommitSha(named.ref().sha()));
        return new PastRelease(
                named.number(),
                commit,
                manifest.map(Manifest::versions).orElseGet(() -> found(commit, versions)),
                manifest.isPresent(),
                manifest.map(ReleaseHistory::applied).orElse(List.of()),
                manifest.map(Manifest::restorePoint).flatMap(RestorePoint::recorded),
                manifest.map(m -> m.restorePoint().get("branch")),
                Holds.of(gitHub, commit));
    }

    /// A change of a secret makes a version of its own with the code of the one before; it stands for no
    /// release.
    private static Map<String, String> found(
            CommitSha commit, Map<String, List<Version>> versions) {
        var found = new LinkedHashMap<String, String>();
        versions.forEach((worker, some) ->
                some.stream()
                        .filter(v -> v.commit().equals(Optional.of(commit.value())))
                        .filter(v -> !Secrets.madeOf(v))
                        .findFirst()
                        .ifPresent(v -> found.put(worker, v.id())));
        return found;
    }

    private static List<Applied> applied(Manifest manifest) {
        return manifest.migrations().entrySet().stream()
                .map(e ->
                        new Applied(
                                e.getKey(),
                                e.getValue(),
                                Optional.ofNullable(manifest.classes().get(e.getKey()))
                                        .<Set<ChangeClass>>flatMap(Manifest::classes)))
                .toList();
    }
}
