package dev.slipway.cloudflare;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A DNS record.
///
/// @param name full hostname
/// @param proxied whether Cloudflare answers with its own addresses
/// @param ttl seconds; 1 means Cloudflare decides
public record DnsRecord(
        String id,
        String type,
        String name,
        String content,
        boolean proxied,
        int ttl,
        Optional<String> comment,
        List<String> tags,
        Instant created,
        Instant modified) {
    public DnsRecord {
        tags = List.copyOf(tags);
    }
}
