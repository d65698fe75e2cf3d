package dev.slipway.app;

import dev.slipway.domain.OwnerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// Details of something that went wrong inside Slipway, for whoever mends it, in a file only its owner
/// may read. It goes after a month, when the next one is written.
final class ProblemFile {
    private static final Duration KEPT = Duration.ofDays(30);

    private ProblemFile() {}

    /// Writes `details`, which must be masked already.
    ///
    /// @param code what the person was told
    static Path write(Home home, String code, String details, Instant now) throws IOException {
        var file = home.problems().resolve(code + ".txt");
        OwnerFile.create(file, details);
        try (var all = Files.newDirectoryStream(home.problems(), "SW-*.txt")) {
            for (var old : all) {
                if (Files.getLastModifiedTime(old).toInstant().isBefore(now.minus(KEPT))) {
                    Files.deleteIfExists(old);
                }
            }
        }
        return file;
    }
}
