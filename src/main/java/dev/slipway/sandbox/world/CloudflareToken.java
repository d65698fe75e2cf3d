package dev.slipway.sandbox.world;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// A token of the account.
///
/// @param id public, 32 hex digits
/// @param value what a client sends; made up, worth nothing outside the sandbox
/// @param allowed what it may do
/// @param accountOwned whether it belongs to the account and not to a person
/// @param expires when it stops working
/// @param disabled whether somebody switched it off
public record CloudflareToken(
        String id,
        String value,
        Set<Permission> allowed,
        boolean accountOwned,
        Optional<Instant> expires,
        boolean disabled) {

    /// Rights, as Cloudflare names them. A write right includes reading.
    public enum Permission {
        WORKERS_SCRIPTS_READ,
        WORKERS_SCRIPTS_WRITE,
        WORKERS_TAIL_READ,
        WORKERS_ROUTES_READ,
        WORKERS_ROUTES_WRITE,
        DNS_READ,
        DNS_WRITE,
        ZONE_READ,
        WORKERS_KV_STORAGE_READ,
        WORKERS_KV_STORAGE_WRITE,
        WORKERS_R2_STORAGE_READ,
        WORKERS_R2_STORAGE_WRITE,
        D1_READ,
        D1_WRITE,
        QUEUES_READ,
        QUEUES_WRITE,
        HYPERDRIVE_READ,
        HYPERDRIVE_WRITE,
        ACCOUNT_ANALYTICS_READ,
        USER_DETAILS_READ,
        MEMBERSHIPS_READ
    }

    public CloudflareToken {
        allowed = Set.copyOf(allowed);
    }

    /// A token that may do everything.
    public static CloudflareToken full(String value) {
        return of(value, EnumSet.allOf(Permission.class));
    }

    /// A token that may read everything and change nothing.
    public static CloudflareToken readOnly(String value) {
        var rights = EnumSet.allOf(Permission.class);
        rights.removeIf(p -> p.name().endsWith("_WRITE"));
        return of(value, rights);
    }

    /// A token with these rights that does not expire.
    public static CloudflareToken of(String value, Set<Permission> rights) {
        return new CloudflareToken(
                CloudflareAccount.hex(), value, rights, false, Optional.empty(), false);
    }

    /// Whether it has one of `rights`.
    public boolean mayAny(Set<Permission> rights) {
        return rights.stream().anyMatch(allowed::contains);
    }

    /// `active`, `disabled` or `expired`.
    public String status(Instant now) {
        if (disabled) {
            return "disabled";
        }
        return expires.filter(e -> !now.isBefore(e)).isPresent() ? "expired" : "active";
    }

    /// Without the value.
    @Override
    public String toString() {
        return "token " + id;
    }
}
