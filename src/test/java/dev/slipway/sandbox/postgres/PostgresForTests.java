package dev.slipway.sandbox.postgres;

import dev.slipway.ScratchFolders;
import java.nio.file.Path;

/// Where tests keep the unpacked Postgres, so that it is not unpacked for each of them.
public final class PostgresForTests {
    /// Everything else of a test lives in its own temporary folder.
    public static final Path CACHE =
            ScratchFolders.ofThisProcess("postgres-cache")
                    .orElseGet(() -> Path.of("target", "postgres-cache").toAbsolutePath());

    private PostgresForTests() {}
}
