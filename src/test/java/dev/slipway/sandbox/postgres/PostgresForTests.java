package dev.slipway.sandbox.postgres;

import java.nio.file.Path;

/// Where tests keep the unpacked Postgres, so that it is unpacked once per build folder.
public final class PostgresForTests {
    /// Survives the tests; everything else of a test lives in its own temporary folder.
    public static final Path CACHE = Path.of("target", "postgres-cache").toAbsolutePath();

    private PostgresForTests() {}
}
