package dev.slipway.cloudflare;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A Worker as the account's list shows it.
///
/// @param name unique in the account
/// @param etag changes with its code
/// @param modified when it was last changed
/// @param deployedFrom what last deployed it, for example `wrangler` or `dash`
/// @param tags free labels, for example `cf:environment=staging`
/// @param hasAssets whether static files were uploaded with it
public record Script(
        String name,
        String etag,
        Instant created,
        Instant modified,
        Optional<String> deployedFrom,
        List<String> tags,
        boolean hasAssets) {
    public Script {
        tags = List.copyOf(tags);
    }
}
