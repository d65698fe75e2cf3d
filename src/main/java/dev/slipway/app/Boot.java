package dev.slipway.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// Names the present run of the operating system, so that a process number of yesterday is not taken
/// for a living process.
final class Boot {
    private Boot() {}

    /// The kernel's own name for it where there is one, else the minute it began.
    static String id(InstantSource clock) {
        var kernel = Path.of("/proc/sys/kernel/random/boot_id");
        try {
            if (Files.isReadable(kernel)) {
                return Files.readString(kernel).strip();
            }
        } catch (IOException e) {
            // Fall through: the other way is as good on one machine.
        }
        var up = Duration.ofNanos(System.nanoTime());
        return "boot-" + clock.instant().minus(up).getEpochSecond() / 60;
    }
}
