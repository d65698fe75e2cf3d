package dev.slipway.production;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A production Worker and what serves its traffic.
///
/// @param name the stack's name
/// @param script the script's name at Cloudflare
/// @param state what is known
/// @param deployment id of the live deployment; empty when there is none or it is not known
/// @param since when that was made; empty likewise
/// @param versions with their part of the traffic, the largest first; parts of 0 % included
/// @param doubt why the state is not known, one sentence; empty otherwise
public record LiveWorker(
        String name,
        String script,
        State state,
        Optional<String> deployment,
        Optional<Instant> since,
        List<LiveVersion> versions,
        Optional<String> doubt) {
    public LiveWorker {
        versions = List.copyOf(versions);
    }

    /// How traffic is served.
    public enum State {
        /// One version has all of it.
        LIVE,
        /// Two or more versions share it.
        SPLIT,
        /// The Worker does not exist or was never deployed.
        NOT_DEPLOYED,
        UNKNOWN
    }

    /// The only version with traffic, when there is just one.
    public Optional<LiveVersion> only() {
        return state == State.LIVE ? versions.stream().findFirst() : Optional.empty();
    }

    /// Whether its next version is its first.
    public boolean neverDeployed() {
        return state == State.NOT_DEPLOYED;
    }

    /// `web 8b4d0c7a 100 %`, or what is known instead.
    public String sentence() {
        var shares =
                versions.stream()
                        .map(v -> brief(v.id()) + " " + Math.round(v.percent()) + " %")
                        .toList();
        return name
                + " "
                + (shares.isEmpty()
                        ? state.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        : String.join(" + ", shares));
    }

    private static String brief(String id) {
        return id.substring(0, Math.min(8, id.length()));
    }

    /// A version and its part of the traffic.
    ///
    /// @param percent 0 to 100
    /// @param commit full sha the uploader annotated
    /// @param tag label the uploader gave
    public record LiveVersion(
            String id, double percent, Optional<String> commit, Optional<String> tag) {}
}
