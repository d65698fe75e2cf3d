package dev.slipway.sandbox.world;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A pull request of the default world, before it is opened.
///
/// @param head branch, or `owner:branch` in a fork
/// @param created how long before now it was opened
/// @param updated how long before now something last happened to it
/// @param files what it changes
/// @param migration tag of the migration it adds
/// @param generated how long before now that was generated
/// @param state how far its preview is
record DefaultPull(
        int number,
        String title,
        String author,
        String head,
        Duration created,
        Duration updated,
        Map<String, String> files,
        Optional<String> migration,
        Duration generated,
        State state) {

    DefaultPull {
        files = Map.copyOf(files);
    }

    /// How far a preview is.
    enum State {
        /// Everything is there.
        WHOLE,
        /// Somebody removed the auth Worker.
        WITHOUT_AUTH,
        /// Migrating its branch fails.
        MIGRATION_FAILS,
        /// Continuous integration is at work and its runner is lost.
        BUILDING,
        /// It was there and its time is over.
        EXPIRED,
        /// The preview workflow never ran.
        NONE,
        /// A draft gets none.
        DRAFT
    }

    /// The open ones, by number.
    static List<DefaultPull> open() {
        return List.of(
                plain(466, "Move assets to R2", "tomas", "chore/r2-assets", days(11), days(9))
                        .changing(
                                "apps/web/wrangler.jsonc",
                                DefaultFiles.repository("apps/web/wrangler.jsonc")
                                        .replace(
                                                "\"ENVIRONMENT\": \"production\"",
                                                "\"ENVIRONMENT\": \"production\", \"ASSETS\":"
                                                        + " \"r2\""))
                        .in(State.EXPIRED),
                plain(
                                471,
                                "Drop users.legacy_id",
                                "tomas",
                                "chore/drop-legacy-id",
                                days(3),
                                minutes(64))
                        .migrating("0043_drop_legacy_id", minutes(70)),
                plain(
                                476,
                                "Add e-mail preferences",
                                "ana",
                                "feat/email-preferences",
                                days(5),
                                minutes(125))
                        .migrating("0043_email_preferences", days(5))
                        .changing(
                                "apps/web/sandbox-worker.json",
                                behaviour(280, "select \"id\", \"email\" from \"users\" limit 1"))
                        .changing(
                                "workers/auth/sandbox-worker.json",
                                behaviour(
                                        90,
                                        "select \"token\", \"user_id\" from \"sessions\" limit 1"))
                        .changing(
                                "workers/stripe-webhook-handler/sandbox-worker.json",
                                behaviour(
                                        110,
                                        "select \"id\", \"kind\" from \"webhook_events\" limit 1")),
                plain(
                                479,
                                "Fix session cookie domain",
                                "ana",
                                "fix/session-cookie",
                                days(4),
                                minutes(22))
                        .changing(
                                "workers/auth/src/session.ts",
                                DefaultFiles.repository("workers/auth/src/session.ts")
                                        .replace(
                                                "getCookie(c, \"session\")",
                                                "getCookie(c, \"session\", c.env.cookie.domain)"))
                        .changing(
                                "workers/auth/sandbox-worker.json",
                                """
                                {
                                  "throws": "TypeError: Cannot read properties of undefined (reading 'domain')"
                                }
                                """),
                plain(482, "New payment flow", "kim", "feat/payment-flow", days(1), minutes(12))
                        .migrating("0043_payment_intents", minutes(50)),
                plain(
                                483,
                                "Fix typo in checkout footer",
                                "mbx42",
                                "mbx42:patch-1",
                                days(1),
                                days(1))
                        .changing(
                                "README.md",
                                DefaultFiles.repository("README.md").replace("shop", "store"))
                        .in(State.NONE),
                plain(
                                484,
                                "Retry webhooks with backoff",
                                "kim",
                                "feat/webhook-retry",
                                days(1),
                                minutes(4))
                        .changing(
                                "workers/stripe-webhook-handler/src/retry.ts",
                                "export const backoff = (n) => Math.min(2 ** n * 100, 30_000);\n")
                        .in(State.WITHOUT_AUTH),
                plain(
                                485,
                                "Backfill invoice totals",
                                "tomas",
                                "feat/invoice-totals",
                                days(2),
                                minutes(41))
                        .migrating("0043_invoice_totals", minutes(55))
                        .in(State.MIGRATION_FAILS),
                plain(
                                486,
                                "Localise the invoice PDF",
                                "tomas",
                                "feat/pdf-language",
                                minutes(185),
                                minutes(182))
                        .changing("apps/web/src/pdf.ts", "export const languages = [\"en\"];\n")
                        .in(State.NONE),
                plain(
                                487,
                                "Show plan name in menu",
                                "ana",
                                "feat/plan-name",
                                minutes(95),
                                minutes(35))
                        .changing(
                                "apps/web/src/menu.ts",
                                "export const label = (plan) => plan?.name ?? \"Free\";\n"),
                plain(488, "Bump hono to 4.10", "kim", "deps/hono-4.10", minutes(3), minutes(0))
                        .changing(
                                "package.json",
                                DefaultFiles.repository("package.json").replace("4.9.8", "4.10.0"))
                        .in(State.BUILDING),
                plain(
                                490,
                                "Try passkeys on sign-in",
                                "kim",
                                "spike/passkeys",
                                minutes(320),
                                minutes(304))
                        .changing(
                                "workers/auth/src/passkeys.ts",
                                "export const userVerification = \"preferred\";\n")
                        .in(State.DRAFT));
    }

    /// The closed ones that left something behind, by number.
    static List<DefaultPull> closed() {
        return List.of(
                plain(418, "Old webhook parser", "tomas", "fix/parser", days(33), days(31)),
                plain(431, "Try Redis sessions", "ana", "spike/redis", days(9), days(6)),
                plain(440, "Search index", "kim", "feat/search", days(7), minutes(42)));
    }

    /// The files of its head, its migration and journal among them.
    Map<String, String> content(DefaultHistory history) {
        if (migration.isEmpty()) {
            return files;
        }
        var all = new LinkedHashMap<>(files);
        var tag = migration.get();
        all.put(DefaultFiles.migration(tag), DefaultFiles.proposed(tag));
        all.put(
                DefaultFiles.MIGRATIONS + "/meta/_journal.json",
                history.journalWith(tag, generated));
        return all;
    }

    private static DefaultPull plain(
            int number,
            String title,
            String author,
            String head,
            Duration created,
            Duration updated) {
        return new DefaultPull(
                number,
                title,
                author,
                head,
                created,
                updated,
                Map.of(),
                Optional.empty(),
                Duration.ZERO,
                State.WHOLE);
    }

    private DefaultPull changing(String path, String text) {
        var all = new LinkedHashMap<>(files);
        all.put(path, text);
        return new DefaultPull(
                number, title, author, head, created, updated, all, migration, generated, state);
    }

    private DefaultPull migrating(String tag, Duration ago) {
        return new DefaultPull(
                number, title, author, head, created, updated, files, Optional.of(tag), ago, state);
    }

    private DefaultPull in(State other) {
        return new DefaultPull(
                number, title, author, head, created, updated, files, migration, generated, other);
    }

    private static String behaviour(int latency, String statement) {
        var sql = statement.replace("\"", "\\\"");
        return """
        {
          "latencyMs": %d,
          "statements": ["%s"],
          "health": { "statements": ["%s"] }
        }
        """
                .formatted(latency, sql, sql);
    }

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }
}
