package dev.slipway.release.rollback;

import dev.slipway.cloudflare.Version;
import dev.slipway.production.LiveWorker;
import dev.slipway.release.Situation.Reading;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/// A Worker whose newest version is not the one that serves, as after a rollback. Cloudflare takes changes
/// of its secrets (10215) and of its settings (10214) only when it is.
///
/// @param worker the stack's name
/// @param serves id of the version that serves
/// @param newest the newest version
public record Overtaken(String worker, String serves, Version newest) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE;

    /// Whether this is so of `worker`.
    ///
    /// @param versions newest first
    /// @return empty when its newest version serves, or it is not known which do
    static Optional<Overtaken> of(LiveWorker worker, Reading<List<Version>> versions) {
        var newest = versions.value().stream().flatMap(List::stream).findFirst();
        return worker.only()
                .flatMap(live ->
                        newest.filter(version -> !version.id().equals(live.id()))
                                .map(version -> new Overtaken(worker.name(), live.id(), version)));
    }

    /// Id of the newest version.
    public String newestId() {
        return newest.id();
    }

    /// The first digits of what serves.
    public String servesBrief() {
        return Returning.brief(serves);
    }

    /// The first digits of the newest version.
    public String newestBrief() {
        return Returning.brief(newest.id());
    }

    /// The newest version in words: `1a2b3c4d of 8b4d0c7 by kim on 2026-11-28`.
    public String left() {
        return newestBrief()
                + newest.commit()
                        .map(c -> " of " + c.substring(0, Math.min(7, c.length())))
                        .orElse("")
                + newest.author().map(a -> " by " + a).orElse("")
                + " on "
                + DAY.format(newest.created().atOffset(ZoneOffset.UTC));
    }

    /// What it means and what to do, whole sentences.
    public String sentence() {
        return worker
                + " serves the version "
                + servesBrief()
                + ", and its newest is "
                + left()
                + ". Cloudflare refuses changes of its secrets (10215) and settings (10214) until the"
                + " newest serves: \"slipway heal\" uploads what serves again.";
    }
}
