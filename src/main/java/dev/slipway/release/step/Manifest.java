package dev.slipway.release.step;

import dev.slipway.domain.CommitSha;
import dev.slipway.migration.catalog.ChangeClass;
import dev.slipway.operation.StepScope;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a release is made of: commit, Worker versions, migrations, restore point. Kept in its tag
/// and in GitHub's deployment, so that a colleague can go back from a release he did not make.
///
/// @param versions version id by Worker
/// @param previous the version that was live before, by Worker
/// @param migrations hash by tag, only those this release applied
/// @param secrets when a secret of each Worker was changed last before the release, by Worker; Cloudflare
///     does not say which one a change concerned. A Worker is absent when none of its newest versions
///     was made by such a change
/// @param classes what each of them was measured to be, by tag; see [#classes]
public record Manifest(
        String release,
        CommitSha commit,
        Map<String, String> versions,
        Map<String, String> previous,
        Map<String, String> migrations,
        Map<String, String> classes,
        Map<String, String> secrets,
        Map<String, String> restorePoint) {
    private static final String VERSION = "version.";
    private static final String PREVIOUS = "previous.";

    /// Prefix of the pins that name the hash of each migration.
    public static final String MIGRATION = "migration.";

    /// Prefix of the pins that say what each of them was measured to be, see [#classes].
    public static final String CLASS = "class.";

    private static final String RESTORE = "restore.";

    /// Prefix of the pins that say when a secret of each Worker was changed last.
    public static final String SECRETS = "secrets.";

    /// Prefix of the pins that name the version each Worker is to run.
    public static final String TO = "to.";

    /// Classes as plans and manifests write them: `expand+performance`.
    public static String classes(Set<ChangeClass> classes) {
        return classes.stream()
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining("+"));
    }

    /// Reads [#classes].
    ///
    /// @return empty when one of them is not known here
    public static Optional<Set<ChangeClass>> classes(String written) {
        var classes = EnumSet.noneOf(ChangeClass.class);
        for (var word : written.isEmpty() ? new String[0] : written.split("\\+", -1)) {
            try {
                classes.add(ChangeClass.valueOf(word.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.of(classes);
    }

    /// Reads the message of a tag.
    ///
    /// @return empty when it holds no manifest, as in a tag somebody else made
    public static Optional<Manifest> read(String message) {
        var pairs = new LinkedHashMap<String, String>();
        message.lines()
                .forEach(line -> {
                    var colon = line.indexOf(": ");
                    if (colon > 0) {
                        pairs.put(line.substring(0, colon), line.substring(colon + 2));
                    }
                });
        return read(pairs);
    }

    /// Reads the payload of a deployment.
    ///
    /// @return empty when it holds no manifest of a release: somebody else made it, or it tells that
    ///     production went back to one
    public static Optional<Manifest> released(Map<String, String> payload) {
        return read(payload).filter(m -> !m.restorePoint().isEmpty());
    }

    private static Optional<Manifest> read(Map<String, String> pairs) {
        var commit = pairs.getOrDefault("commit", "");
        if (!pairs.containsKey("release") || !CommitSha.isOne(commit)) {
            return Optional.empty();
        }
        return Optional.of(
                new Manifest(
                        pairs.get("release"),
                        new CommitSha(commit),
                        below(VERSION, pairs),
                        below(PREVIOUS, pairs),
                        below(MIGRATION, pairs),
                        below(CLASS, pairs),
                        below(SECRETS, pairs),
                        below(RESTORE, pairs)));
    }

    /// The pairs whose name begins with `prefix`, without it.
    public static Map<String, String> below(String prefix, Map<String, String> pairs) {
        var some = new LinkedHashMap<String, String>();
        pairs.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                some.put(name.substring(prefix.length()), value);
            }
        });
        return some;
    }

    static Manifest of(StepScope scope) {
        var pins = scope.plan().pins();
        var versions = new TreeMap<>(below(TO, pins));
        var previous = new TreeMap<>(below("live.", pins));
        scope.plan().steps().stream()
                .map(s -> s.parameters().get("worker"))
                .filter(java.util.Objects::nonNull)
                .distinct()
                .forEach(worker ->
                        scope.output("await-versions." + worker)
                                .ifPresent(v -> versions.put(worker, v)));
        // A plan without new code leaves what is live.
        if (versions.isEmpty() && scope.plan().step("await-versions").isEmpty()) {
            versions.putAll(previous);
        }
        var restorePoint = new LinkedHashMap<String, String>();
        scope.output("record-restore-point.lsn").ifPresent(v -> restorePoint.put("lsn", v));
        scope.output("record-restore-point.time").ifPresent(v -> restorePoint.put("time", v));
        Optional.ofNullable(pins.get("neonBranch"))
                .filter(_ -> !restorePoint.isEmpty())
                .ifPresent(branch -> restorePoint.put("branch", branch));
        return new Manifest(
                scope.plan().target(),
                Shipped.commit(scope),
                versions,
                previous,
                new TreeMap<>(below(MIGRATION, pins)),
                new TreeMap<>(below(CLASS, pins)),
                new TreeMap<>(below(SECRETS, pins)),
                restorePoint);
    }

    /// Flat pairs, as a deployment's payload holds them.
    Map<String, String> payload(String mark) {
        var payload = new LinkedHashMap<String, String>();
        payload.put("mark", mark);
        payload.put("release", release);
        payload.put("commit", commit.value());
        versions.forEach((worker, id) -> payload.put(VERSION + worker, id));
        previous.forEach((worker, id) -> payload.put(PREVIOUS + worker, id));
        migrations.forEach((tag, hash) -> payload.put(MIGRATION + tag, hash));
        classes.forEach((tag, classes) -> payload.put(CLASS + tag, classes));
        secrets.forEach((worker, time) -> payload.put(SECRETS + worker, time));
        restorePoint.forEach((name, value) -> payload.put(RESTORE + name, value));
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
