package dev.slipway.sandbox.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The files of the default world's repository.
final class DefaultFiles {
    static final String MIGRATIONS = "packages/database/src/migrations";
    private static final String ROOT = "/dev/slipway/sandbox/";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// What the repository began with.
    static final List<String> FIRST =
            List.of(
                    "README.md",
                    "package.json",
                    "apps/web/wrangler.jsonc",
                    "apps/web/sandbox-worker.json",
                    "apps/web/src/index.ts",
                    "workers/auth/wrangler.jsonc",
                    "workers/auth/sandbox-worker.json",
                    "workers/auth/src/index.ts",
                    "workers/auth/src/session.ts",
                    "workers/stripe-webhook-handler/wrangler.toml",
                    "workers/stripe-webhook-handler/sandbox-worker.json",
                    "workers/stripe-webhook-handler/src/index.ts",
                    "packages/database/drizzle.config.ts",
                    ".github/workflows/ci.yml",
                    ".github/workflows/versions.yml",
                    ".github/workflows/preview.yml",
                    ".github/workflows/cleanup.yml",
                    ".github/workflows/deploy-docs.yml",
                    ".github/workflows/deploy-emergency.yml");

    private DefaultFiles() {}

    /// A file of the repository, as it was when it came.
    static String repository(String path) {
        return read("codex/" + path);
    }

    /// A migration that only a pull request has.
    static String proposed(String tag) {
        return read("pulls/" + tag + ".sql");
    }

    /// The rows production starts with.
    static String rows() {
        return read("rows.sql");
    }

    static String migration(String tag) {
        return MIGRATIONS + "/" + tag + ".sql";
    }

    /// Drizzle's journal of these migrations, by tag with the time they were generated.
    static String journal(Map<String, Instant> migrations) {
        var entries =
                migrations.entrySet().stream()
                        .map(migration -> {
                            var entry = new LinkedHashMap<String, Object>();
                            var tag = migration.getKey();
                            entry.put("idx", Integer.parseInt(tag.substring(0, 4)));
                            entry.put("version", "7");
                            entry.put("when", migration.getValue().toEpochMilli());
                            entry.put("tag", tag);
                            entry.put("breakpoints", true);
                            return entry;
                        })
                        .toList();
        var journal = new LinkedHashMap<String, Object>();
        journal.put("version", "7");
        journal.put("dialect", "postgresql");
        journal.put("entries", entries);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(journal) + "\n";
    }

    private static String read(String name) {
        try (var in = DefaultFiles.class.getResourceAsStream(ROOT + name)) {
            if (in == null) {
                throw new IllegalStateException("this program lacks its file " + ROOT + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
