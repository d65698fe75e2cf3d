package dev.slipway.release.step;

import dev.slipway.domain.CommitSha;
import dev.slipway.operation.StepScope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// What a release is made of: commit, Worker versions, migrations, restore point. Kept in its tag
/// and in GitHub's deployment, so that a colleague can go back from a release he did not make.
///
/// @param versions version id by Worker
/// @param previous the version that was live before, by Worker
/// @param migrations hash by tag, only those this release applied
public record Manifest(
        String release,
        CommitSha commit,
        Map<String, String> versions,
        Map<String, String> previous,
        Map<String, String> migrations,
        Map<String, String> restorePoint) {

    static Manifest of(StepScope scope) {
        var pins = scope.plan().pins();
        var versions = new TreeMap<String, String>();
        var previous = new TreeMap<String, String>();
        var migrations = new TreeMap<String, String>();
        pins.forEach((name, value) -> {
            if (name.startsWith("live.")) {
                previous.put(name.substring("live.".length()), value);
            } else if (name.startsWith("migration.")) {
                migrations.put(name.substring("migration.".length()), value);
            }
        });
        scope.plan().steps().stream()
                .map(s -> s.parameters().get("worker"))
                .filter(java.util.Objects::nonNull)
                .distinct()
                .forEach(worker ->
                        scope.output("await-versions." + worker)
                                .ifPresent(v -> versions.put(worker, v)));
        // A plan without new code leaves what is live.
        if (scope.plan().step("await-versions").isEmpty()) {
            versions.putAll(previous);
        }
        var restorePoint = new LinkedHashMap<String, String>();
        scope.output("record-restore-point.lsn").ifPresent(v -> restorePoint.put("lsn", v));
        scope.output("record-restore-point.time").ifPresent(v -> restorePoint.put("time", v));
        return new Manifest(
                scope.plan().target(),
                Shipped.commit(scope),
                versions,
                previous,
                migrations,
                restorePoint);
    }

    /// Flat pairs, as a deployment's payload holds them.
    Map<String, String> payload(String mark) {
        var payload = new LinkedHashMap<String, String>();
        payload.put("mark", mark);
        payload.put("release", release);
        payload.put("commit", commit.value());
        versions.forEach((worker, id) -> payload.put("version." + worker, id));
        previous.forEach((worker, id) -> payload.put("previous." + worker, id));
        migrations.forEach((tag, hash) -> payload.put("migration." + tag, hash));
        restorePoint.forEach((name, value) -> payload.put("restore." + name, value));
        return payload;
    }

    /// The same as lines for a tag's message.
    String text(String mark) {
        var text = new StringBuilder(release).append("\n\n");
        payload(mark)
                .forEach(
                        (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }
}
