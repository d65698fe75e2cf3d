package dev.slipway.release.rollback;

import dev.slipway.cloudflare.Version;
import dev.slipway.domain.CommitSha;
import dev.slipway.github.Deployment;
import dev.slipway.github.GitHub;
import dev.slipway.github.Ref;
import dev.slipway.github.TagObject;
import dev.slipway.migration.catalog.ChangeClass;
import dev.slipway.operation.Questions;
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
import java.util.stream.Stream;

/// Reads the releases from their tags, and from GitHub's deployments where a tag has lost its manifest or is
/// gone. One that Slipway did not make has no manifest: its versions are those that were uploaded from its
/// commit.
record ReleaseHistory(GitHub gitHub, Stack stack) {
    private static final String TAGS = "refs/tags/";

    /// The newest releases, newest first.
    ///
    /// @param most how many at most
    /// @param versions what Cloudflare has of each Worker, newest first
    List<PastRelease> newest(int most, Supplier<Map<String, List<Version>>> versions) {
        try (var questions = new Questions()) {
            var deployed = questions.ask(this::deployed);
            var tags = gitHub.refs(TAGS + stack.environment() + "-r");
            var named =
                    Stream.concat(
                                    tags.stream().flatMap(ref -> named(ref).stream()),
                                    deployed.get().keySet().stream()
                                            .map(n -> new Named(n, Optional.empty())))
                            .sorted(
                                    Comparator.comparingInt(Named::number)
                                            .reversed()
                                            .thenComparing(n -> n.ref().isEmpty()))
                            .toList();
            return newest(named, most).stream()
                    .map(each ->
                            questions.ask(() ->
                                    read(
                                            each,
                                            Optional.ofNullable(deployed.get().get(each.number())),
                                            versions)))
                    .toList()
                    .stream()
                    .map(Supplier::get)
                    .toList();
        }
    }

    /// @param ref empty when the release has no tag any more
    private record Named(int number, Optional<Ref> ref) {}

    /// One of each number, the one with a tag.
    private static List<Named> newest(List<Named> sorted, int most) {
        var byNumber = new LinkedHashMap<Integer, Named>();
        sorted.forEach(each -> byNumber.putIfAbsent(each.number(), each));
        return byNumber.values().stream().limit(most).toList();
    }

    private Optional<Named> named(Ref ref) {
        return Releases.number(stack.environment(), ref.name().substring(TAGS.length()))
                .map(number -> new Named(number, Optional.of(ref)));
    }

    /// The manifests that GitHub's deployments hold, by the number of the release.
    private Map<Integer, Manifest> deployed() {
        var deployed = new LinkedHashMap<Integer, Manifest>();
        for (var deployment : gitHub.deployments(stack.environment())) {
            manifest(deployment)
                    .ifPresent(manifest ->
                            Releases.number(
                                            stack.environment(),
                                            stack.environment() + "-" + manifest.release())
                                    .ifPresent(number -> deployed.putIfAbsent(number, manifest)));
        }
        return deployed;
    }

    private static Optional<Manifest> manifest(Deployment deployment) {
        return Manifest.released(deployment.payload());
    }

    private PastRelease read(
            Named named,
            Optional<Manifest> deployed,
            Supplier<Map<String, List<Version>>> versions) {
        var object =
                named.ref()
                        .filter(ref -> ref.type().equals("tag"))
                        .flatMap(ref -> gitHub.tagObject(ref.sha()));
        var manifest = object.flatMap(o -> Manifest.read(o.message())).or(() -> deployed);
        var commit =
                manifest.map(Manifest::commit)
                        .or(() -> object.map(TagObject::commit))
                        .or(() -> named.ref().map(ref -> new CommitSha(ref.sha())))
                        .orElseThrow();
        return new PastRelease(
                named.number(),
                commit,
                manifest.map(Manifest::versions).orElseGet(() -> found(commit, versions.get())),
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
