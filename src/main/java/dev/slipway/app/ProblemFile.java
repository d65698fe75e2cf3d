package dev.slipway.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;

/// Details of something that went wrong inside Slipway, for whoever mends it, in a file only its owner
/// may read.
final class ProblemFile {
    private ProblemFile() {}

    /// Writes `details`, which must be masked already.
    ///
    /// @param code what the person was told
    static Path write(Home home, String code, String details) throws IOException {
        Files.createDirectories(home.problems());
        var file = home.problems().resolve(code + ".txt");
        var posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        var rights =
                posix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try (var channel =
                FileChannel.open(
                        file,
                        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        rights)) {
            var bytes = ByteBuffer.wrap(details.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        return file;
    }
}
