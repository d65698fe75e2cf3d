package dev.slipway.http;

import dev.slipway.domain.Provider;
import java.time.Instant;

/// How many calls a provider still takes before it stops answering.
///
/// @param resource which of the provider's buckets, for example `core` or `graphql`; a provider
///     with only one calls it `default`
/// @param limit calls of a whole window
/// @param left calls of this window that are left; never negative
/// @param reserve how many of them background reads leave alone
/// @param resets when calls come back
public record Budget(
        Provider provider, String resource, int limit, int left, int reserve, Instant resets) {
    /// Whether a call for `purpose` may be sent.
    public boolean allows(Purpose purpose) {
        return switch (purpose) {
            case BACKGROUND -> left > reserve;
            case FOREGROUND -> left > 0;
            case ROLLBACK -> true;
        };
    }
}
