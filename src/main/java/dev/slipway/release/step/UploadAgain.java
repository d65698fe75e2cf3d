package dev.slipway.release.step;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.cloudflare.NewVersion;
import dev.slipway.cloudflare.Version;
import dev.slipway.operation.Observation;
import dev.slipway.operation.Sending;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Uploads the version of a Worker that serves once more, so that its newest version has the code and the
/// secrets users see. Nobody gets it yet. It is found again by the mark in its message, which also says what
/// it is a copy of.
public record UploadAgain(Cloudflare cloudflare) implements StepWork {
    /// The group of these steps, one for each Worker; its outputs are the ids of the versions made.
    public static final String GROUP = "upload-again";

    private static final int NEWEST = 100;

    private static final Pattern COPY =
            Pattern.compile("slipway:[0-9a-f]{8}:" + GROUP + "\\.\\S+ copy of (\\S{1,64})");

    /// The version `version` is a copy of, as its message says to everybody; empty when it is none.
    public static Optional<String> original(Version version) {
        return version.message()
                .map(COPY::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1));
    }

    @Override
    public Observation observe(StepScope scope) {
        var script = scope.step().parameter("script");
        var versions = cloudflare.versions(script, NEWEST);
        var made = made(scope, versions);
        if (!made.isEmpty()) {
            var id = made.getLast().id();
            return new Observation.Done(
                    Map.of(scope.step().key(), id), Map.of("version", id, "script", script));
        }
        var live = Deployments.of(cloudflare, script).stream().findFirst();
        var on = scope.step().parameter("on");
        if (live.filter(d -> d.id().equals(on)).isEmpty()) {
            return new Observation.Foreign(
                    script
                            + live.map(d -> " was deployed by " + Deployments.author(d))
                                    .orElse(" has no deployment any more")
                            + ", outside of this operation. Nothing was uploaded.",
                    live.map(Deployments::evidence).orElse(Map.of()));
        }
        return Observation.Absent.seen(Map.of("script", script, "serves", like(scope)));
    }

    /// Newest first; an upload whose answer was lost may have been sent again.
    private static List<Version> made(StepScope scope, List<Version> versions) {
        return versions.stream().filter(v -> v.message().filter(scope::mine).isPresent()).toList();
    }

    private static String like(StepScope scope) {
        return scope.step().parameter("like");
    }

    @Override
    public Receipt send(StepScope scope, Sending sending) {
        var script = scope.step().parameter("script");
        var like =
                cloudflare
                        .version(script, like(scope))
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        script + " has no version " + like(scope)));
        var id =
                cloudflare.uploadVersion(
                        new NewVersion(
                                script,
                                like,
                                cloudflare.code(script, like.version().id()),
                                Optional.ofNullable(scope.step().parameters().get("commit")),
                                scope.mark() + " copy of " + like.version().id()));
        return new Receipt(Map.of("version", id));
    }
}
