package dev.slipway.release.rollback;

import dev.slipway.cloudflare.Version;
import dev.slipway.release.Situation.Reading;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/// Whether one Worker can return to the version of a release.
///
/// @param worker the stack's name
/// @param version id; empty when the release has none of this Worker
/// @param obstacle why it cannot, one sentence; empty when it can
public record Returning(String worker, Optional<String> version, Optional<String> obstacle) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE;

    /// Cloudflare deploys the newest hundred versions of a Worker only.
    static final int DEPLOYABLE = 100;

    /// @param versions newest first
    static Returning of(
            String worker, Destination to, Reading<List<Version>> versions, Bindings bindings) {
        var id = Optional.ofNullable(to.versions().get(worker));
        if (id.isEmpty()) {
            return new Returning(
                    worker,
                    id,
                    Optional.of(
                            worker
                                    + ": no version of it is known for "
                                    + to.name()
                                    + (versions.value().isEmpty()
                                            ? ". " + versions.doubt()
                                            : ".")));
        }
        if (versions.value().isEmpty()) {
            return new Returning(worker, id, Optional.of(worker + ": " + versions.doubt()));
        }
        var all = versions.value().get();
        var version = all.stream().filter(v -> v.id().equals(id.get())).findFirst();
        if (version.isEmpty()) {
            return new Returning(
                    worker,
                    id,
                    Optional.of(
                            worker
                                    + ": the version "
                                    + brief(id.get())
                                    + " of "
                                    + to.name()
                                    + " is not among the newest "
                                    + DEPLOYABLE
                                    + ", which are all Cloudflare deploys."));
        }
        return new Returning(
                worker,
                id,
                Secrets.changedSince(version.get(), all)
                        .map(c -> changed(worker, c))
                        .or(() -> bindings.obstacle(worker, id.get(), to.name())));
    }

    private static String changed(String worker, Version change) {
        return worker
                + ": a secret was changed on "
                + DAY.format(change.created().atOffset(java.time.ZoneOffset.UTC))
                + change.author().map(a -> " by " + a).orElse("")
                + ", after that version. Cloudflare refuses it (10220), because the old secret would come"
                + " back with it; Slipway never forces that.";
    }

    /// The first eight digits of a version.
    public static String brief(String id) {
        return id.substring(0, Math.min(8, id.length()));
    }
}
