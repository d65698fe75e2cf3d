package dev.slipway.sandbox.world;

import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/// Who owns the Workers, and on which terms.
///
/// @param id account id, 32 hex digits
/// @param name what the dashboard calls it
/// @param userId id of the person whose tokens are used
/// @param email that person's address, the author of versions and deployments
/// @param subdomain label below `workers.dev`
/// @param plan decides limits
/// @param zoneId id of the one zone, 32 hex digits
/// @param zoneName for example `codex.test`
/// @param delays how long things take before everyone sees them
public record CloudflareAccount(
        String id,
        String name,
        String userId,
        String email,
        String subdomain,
        Plan plan,
        String zoneId,
        String zoneName,
        Delays delays) {

    /// What is paid for.
    public enum Plan {
        FREE(100, 200),
        PAID(500, 3500),
        ENTERPRISE(5_000, 3500);

        private final int scripts;
        private final int batch;

        Plan(int scripts, int batch) {
            this.scripts = scripts;
            this.batch = batch;
        }

        /// How many scripts an account may have.
        public int scripts() {
            return scripts;
        }

        /// How many DNS records one batch may touch.
        public int batch() {
            return batch;
        }
    }

    /// Times at the real provider; the sandbox's pace shortens them.
    ///
    /// @param reads until a new version or deployment can be read
    /// @param edge until a deployment has reached every place; shares grow evenly meanwhile
    /// @param dns until a changed record is answered
    public record Delays(Duration reads, Duration edge, Duration dns) {
        /// What is usual.
        public static final Delays USUAL =
                new Delays(Duration.ofSeconds(1), Duration.ofSeconds(6), Duration.ofSeconds(5));

        /// Everything is seen at once.
        public static final Delays NONE = new Delays(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    /// An account on the paid plan with usual delays and made-up ids.
    public static CloudflareAccount of(String name, String subdomain, String zoneName) {
        return new CloudflareAccount(
                hex(),
                name,
                hex(),
                "release@" + zoneName,
                subdomain.toLowerCase(Locale.ROOT),
                Plan.PAID,
                hex(),
                zoneName,
                Delays.USUAL);
    }

    /// The same account with other delays.
    public CloudflareAccount with(Delays other) {
        return new CloudflareAccount(
                id, name, userId, email, subdomain, plan, zoneId, zoneName, other);
    }

    /// The same account on another plan.
    public CloudflareAccount with(Plan other) {
        return new CloudflareAccount(
                id, name, userId, email, subdomain, other, zoneId, zoneName, delays);
    }

    /// `worker.subdomain.workers.dev`.
    public String workersDev(String label) {
        return label + "." + subdomain + ".workers.dev";
    }

    static String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
