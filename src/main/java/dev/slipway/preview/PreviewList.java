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

    /// Whether none of those asked over the network could be reached at all.
    public boolean offline() {
        var remote = List.of(Provider.GITHUB, Provider.NEON, Provider.CLOUDFLARE);
        return remote.stream()
                .allMatch(provider ->
                        Optional.ofNullable(providers.get(provider))
                                .flatMap(ProviderState::failure)
                                .filter(Failure::unreachable)
                                .isPresent());
    }

    /// When the oldest part of it was read; empty when a part was never read.
    public Optional<Instant> oldest() {
        return providers.values().stream().allMatch(state -> state.asOf().isPresent())
                ? providers.values().stream()
                        .flatMap(state -> state.asOf().stream())
                        .min(Instant::compareTo)
                : Optional.empty();
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
