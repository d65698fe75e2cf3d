package dev.slipway.cloudflare;

import java.time.Instant;
import java.util.Optional;

/// What Cloudflare says about a token.
///
/// @param status Cloudflare's word: `active`, `disabled` or `expired`
/// @param expires when it ends; empty when it does not
/// @param notBefore when it begins; empty when it has
public record TokenStatus(
        String id, String status, Optional<Instant> expires, Optional<Instant> notBefore) {
    /// Whether it can be used.
    public boolean active() {
        return status.equals("active");
    }
}
