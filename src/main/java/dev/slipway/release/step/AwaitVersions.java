package dev.slipway.release.step;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.Version;
import dev.slipway.cloudflare.VersionDetail;
import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.operation.Observation;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Waits until every Worker has a version that was built from the shipped commit. Slipway never
/// builds; a version is recognised by the commit it is annotated with, then by its tag.
public record AwaitVersions(Cloudflare cloudflare) implements StepWork {
    private static final int NEWEST = 100;

    @Override
    public Observation observe(StepScope scope) {
        var commit = Shipped.commit(scope);
        var outputs = new LinkedHashMap<String, String>();
        var missing = new ArrayList<String>();
        for (var pair : scope.step().parameter("workers").split(",")) {
            var name = pair.substring(0, pair.indexOf('='));
            var script = pair.substring(pair.indexOf('=') + 1);
            versionOf(commit, versions(script))
                    .ifPresentOrElse(
                            v -> outputs.put("await-versions." + name, v.id()),
                            () -> missing.add(name));
        }
        if (missing.isEmpty()) {
            var lacking = lacking(scope, outputs);
            if (!lacking.isEmpty()) {
                return new Observation.Failed(
                        String.join(" ", lacking)
                                + " It was not deployed. Upload a version with its secrets, then"
                                + " promote the commit.",
                        outputs);
            }
            return new Observation.Done(outputs, Map.of("commit", commit.value()));
        }
        var total = outputs.size() + missing.size();
        return new Observation.NotYet(
                "CI has not delivered a version of "
                        + String.join(", ", missing)
                        + " for "
                        + commit.brief()
                        + " yet",
                Optional.of((double) outputs.size() / total),
                Optional.empty(),
                Map.of());
    }

    /// What first versions lack: nobody hands secrets on to them, and without them they would fail
    /// before all users at once.
    private List<String> lacking(StepScope scope, Map<String, String> found) {
        var lacking = new ArrayList<String>();
        for (var pair : scope.step().parameter("workers").split(",")) {
            var name = pair.substring(0, pair.indexOf('='));
            var script = pair.substring(pair.indexOf('=') + 1);
            var wanted = scope.step().parameters().get("secrets." + name);
            if (wanted == null) {
                continue;
            }
            var version = found.get("await-versions." + name);
            var bound =
                    Optional.ofNullable(version)
                            .flatMap(id -> cloudflare.version(script, id))
                            .map(VersionDetail::secretNames)
                            .orElse(List.of());
            var absent =
                    List.of(wanted.split(",")).stream().filter(n -> !bound.contains(n)).toList();
            if (!absent.isEmpty()) {
                lacking.add(
                        "The first version of "
                                + name
                                + ", "
                                + version
                                + ", lacks "
                                + String.join(", ", absent)
                                + ".");
            }
        }
        return lacking;
    }

    private List<Version> versions(String script) {
        try {
            return cloudflare.versions(script, NEWEST);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.NotFound) {
                return List.of();
            }
            throw e;
        }
    }

    /// The version of `commit`, the oldest when there are several: doubles come from repeated
    /// uploads and hold the same code.
    static Optional<Version> versionOf(CommitSha commit, List<Version> newestFirst) {
        var oldestFirst = newestFirst.reversed();
        return oldestFirst.stream()
                .filter(v -> v.commit().map(commit.value()::equals).orElse(false))
                .findFirst()
                .or(() ->
                        oldestFirst.stream()
                                .filter(v -> v.commit().isEmpty())
                                .filter(v -> v.tag().map(t -> names(t, commit)).orElse(false))
                                .findFirst());
    }

    private static boolean names(String tag, CommitSha commit) {
        return tag.equals(commit.value())
                || (tag.matches("[0-9a-f]{7,39}") && commit.value().startsWith(tag));
    }
}
