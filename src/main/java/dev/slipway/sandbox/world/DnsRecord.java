package dev.slipway.sandbox.world;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A record of the zone.
///
/// @param id 32 hex digits
/// @param type `A`, `AAAA`, `CNAME`, `TXT` …
/// @param name whole name, lower case, without a dot at the end
/// @param content what the record says, in zone file notation
/// @param proxied whether Cloudflare's edge answers for it
/// @param ttl seconds; 1 leaves it to Cloudflare
/// @param comment free text, empty when there is none
/// @param tags `key:value`
/// @param priority of an MX record
/// @param worker the script whose custom domain made this record; such a record is read-only
public record DnsRecord(
        String id,
        String type,
        String name,
        String content,
        boolean proxied,
        int ttl,
        String comment,
        List<String> tags,
        Optional<Integer> priority,
        Optional<String> worker,
        Instant createdOn,
        Instant modifiedOn) {

    public DnsRecord {
        type = type.toUpperCase(Locale.ROOT);
        name = name.toLowerCase(Locale.ROOT);
        tags = List.copyOf(tags);
    }

    /// A record to be created; id and times are filled in then.
    public static DnsRecord of(
            String type, String name, String content, boolean proxied, String comment) {
        return new DnsRecord(
                "",
                type,
                name,
                content,
                proxied,
                1,
                comment,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    /// Whether Cloudflare could answer for it.
    public boolean proxiable() {
        return address();
    }

    boolean address() {
        return type.equals("A") || type.equals("AAAA") || type.equals("CNAME");
    }

    boolean says(DnsRecord other) {
        return type.equals(other.type)
                && name.equals(other.name)
                && content.equals(other.content)
                && priority.equals(other.priority);
    }

    DnsRecord stored(String newId, String wholeName, Instant created, Instant modified) {
        return new DnsRecord(
                newId,
                type,
                wholeName,
                content,
                proxied,
                proxied ? 1 : ttl,
                comment,
                tags,
                priority,
                worker,
                created,
                modified);
    }
}
