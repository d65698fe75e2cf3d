package dev.slipway.sandbox.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// A file that only its owner reads and that is never seen half written.
public final class PrivateFile {
    private PrivateFile() {}

    /// Writes or replaces `file` in one step.
    public static void write(Path file, String text) throws IOException {
        var partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.deleteIfExists(partial);
        if (Platform.WINDOWS) {
            Files.createFile(partial);
        } else {
            Files.createFile(
                    partial,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(partial, text);
        Files.move(
                partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
