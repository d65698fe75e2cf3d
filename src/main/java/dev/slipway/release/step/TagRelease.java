package dev.slipway.release.step;

import dev.slipway.github.GitHub;
import dev.slipway.operation.Observation;
import dev.slipway.operation.Sending;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/// Tags the shipped commit with an annotated tag whose message is the release's manifest.
public record TagRelease(GitHub gitHub) implements StepWork {
    private static final DateTimeFormatter DEPLOY =
            DateTimeFormatter.ofPattern("'deploy-'yyyyMMdd-HHmmss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    @Override
    public Observation observe(StepScope scope) {
        var commit = Shipped.commit(scope);
        var name = name(scope);
        var ref = gitHub.ref("refs/tags/" + name);
        if (ref.isEmpty()) {
            return Observation.Absent.seen(Map.of("tag", name));
        }
        var object = gitHub.tagObject(ref.get().sha());
        var ours =
                object.map(o -> scope.mine(o.message()) && o.commit().equals(commit)).orElse(false);
        return ours
                ? Observation.Done.seen(Map.of("tag", name, "object", ref.get().sha()))
                : new Observation.Foreign(
                        "The tag " + name + " exists already and is not ours.",
                        Map.of("object", ref.get().sha()));
    }

    @Override
    public Receipt send(StepScope scope, Sending sending) {
        var name = name(scope);
        var object =
                gitHub.createTagObject(
                        name, Manifest.of(scope).text(scope.mark()), Shipped.commit(scope));
        gitHub.createRef("refs/tags/" + name, object);
        return new Receipt(Map.of("object", object));
    }

    private static String name(StepScope scope) {
        var given = scope.step().parameters().get("tag");
        return given != null ? given : DEPLOY.format(scope.plan().created());
    }
}
