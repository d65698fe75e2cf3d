package dev.slipway.preview;

import dev.slipway.domain.Failure;
import dev.slipway.domain.Provider;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One refresh.
///
/// @param asOf when it ended
/// @param providers how each provider answered
/// @param previews one for each open pull request, the one that needs attention most first
public record PreviewList(
        Instant asOf, Map<Provider, ProviderState> providers, List<Preview> previews) {
    public PreviewList {
        providers = Map.copyOf(providers);
        previews = List.copyOf(previews);
    }

    /// How a provider answered.
    ///
    /// @param asOf when its data was read; older than the refresh when it did not answer
    /// @param failure why it did not
    public record ProviderState(Optional<Instant> asOf, Optional<Failure> failure) {
        /// As `--json` writes it: `live`, `stale` (older data is shown) or `unavailable`.
        public String key() {
            return failure.isEmpty() ? "live" : asOf.isPresent() ? "stale" : "unavailable";
        }
    }
}
