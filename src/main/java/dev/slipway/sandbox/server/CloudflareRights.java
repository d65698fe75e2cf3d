package dev.slipway.sandbox.server;

import static dev.slipway.sandbox.world.CloudflareToken.Permission.DNS_READ;
import static dev.slipway.sandbox.world.CloudflareToken.Permission.DNS_WRITE;
import static dev.slipway.sandbox.world.CloudflareToken.Permission.MEMBERSHIPS_READ;
import static dev.slipway.sandbox.world.CloudflareToken.Permission.USER_DETAILS_READ;
import static dev.slipway.sandbox.world.CloudflareToken.Permission.WORKERS_ROUTES_READ;
import static dev.slipway.sandbox.world.CloudflareToken.Permission.WORKERS_ROUTES_WRITE;
import static dev.slipway.sandbox.world.CloudflareToken.Permission.WORKERS_SCRIPTS_READ;
import static dev.slipway.sandbox.world.CloudflareToken.Permission.WORKERS_SCRIPTS_WRITE;
import static dev.slipway.sandbox.world.CloudflareToken.Permission.WORKERS_TAIL_READ;
import static dev.slipway.sandbox.world.CloudflareToken.Permission.ZONE_READ;

import dev.slipway.sandbox.world.CloudflareToken;
import dev.slipway.sandbox.world.CloudflareToken.Permission;
import java.util.EnumSet;
import java.util.Set;

/// Which of its rights a token needs for a request; one of them is enough.
final class CloudflareRights {
    private CloudflareRights() {}

    static boolean may(CloudflareToken token, Request request) {
        var needed = needed(request.method().equals("GET"), request.path());
        return needed.isEmpty() || token.mayAny(needed);
    }

    private static Set<Permission> needed(boolean reads, String path) {
        if (path.endsWith("/tokens/verify") || path.matches("/client/v4/accounts(/[^/]+)?")) {
            return Set.of();
        }
        if (path.equals("/client/v4/user")) {
            return EnumSet.of(USER_DETAILS_READ);
        }
        if (path.equals("/client/v4/memberships")) {
            return EnumSet.of(MEMBERSHIPS_READ);
        }
        if (path.contains("/tails")) {
            return EnumSet.of(WORKERS_TAIL_READ, WORKERS_SCRIPTS_WRITE);
        }
        var storage = CloudflareStorage.needed(reads, path);
        if (storage.isPresent()) {
            return storage.get();
        }
        if (path.startsWith("/client/v4/zones")) {
            if (path.contains("/dns_records")) {
                return reads ? EnumSet.of(DNS_READ, DNS_WRITE) : EnumSet.of(DNS_WRITE);
            }
            if (path.contains("/workers/routes")) {
                return reads
                        ? EnumSet.of(WORKERS_ROUTES_READ, WORKERS_ROUTES_WRITE)
                        : EnumSet.of(WORKERS_ROUTES_WRITE);
            }
            return EnumSet.of(ZONE_READ);
        }
        return reads
                ? EnumSet.of(WORKERS_SCRIPTS_READ, WORKERS_SCRIPTS_WRITE, WORKERS_TAIL_READ)
                : EnumSet.of(WORKERS_SCRIPTS_WRITE);
    }
}
