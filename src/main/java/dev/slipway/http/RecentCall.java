package dev.slipway.http;

import dev.slipway.domain.Provider;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// One call that was made, for diagnostics. Holds neither values nor secrets.
///
/// @param at when it was sent
/// @param template path with its variable parts in braces
/// @param status HTTP status, empty when no answer came
/// @param millis from sending to the end of the answer
/// @param left calls left afterwards in the bucket it was taken from, when known
/// @param requestId the provider's id of the request
public record RecentCall(
        Instant at,
        Provider provider,
        String method,
        String template,
        OptionalInt status,
        long millis,
        OptionalInt left,
        Optional<String> requestId) {}
