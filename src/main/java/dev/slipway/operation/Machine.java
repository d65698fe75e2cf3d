package dev.slipway.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/// What this machine tells about its clocks.
public final class Machine {
    private static final Path LINUX_BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private Machine() {}

    /// Which run of the machine this is. Where the system does not tell, `session`: every start of
    /// the program then counts as another boot, which makes waits longer and never shorter.
    public static String boot(String session) {
        try {
            return Files.readString(LINUX_BOOT_ID).strip();
        } catch (IOException e) {
            return session;
        }
    }

    /// The moments of this machine.
    public static Moment.Source moments(InstantSource wall, String boot) {
        return Moment.Source.of(wall, System::nanoTime, boot);
    }
}
