package dev.slipway.domain;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// Files that only their owner may read and write: mode 0600 where files have modes. A file has these
/// rights from its first byte on.
public final class OwnerFile {
    /// The rights such a file has.
    public static final Set<PosixFilePermission> RIGHTS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private OwnerFile() {}

    /// Whether the files of `file`'s file system have modes.
    public static boolean hasModes(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /// Makes `file` with `text`, and its folder when that is missing.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException when the file is there
    public static void create(Path file, String text) throws IOException {
        try (var channel = open(file)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /// Makes `file`, and its folder when that is missing, to be written piece by piece.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException when the file is there
    public static Writer writer(Path file) throws IOException {
        return new BufferedWriter(Channels.newWriter(open(file), StandardCharsets.UTF_8));
    }

    private static FileChannel open(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return FileChannel.open(
                file,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                rights(file));
    }

    /// Puts `text` in the place of what `file` held; that stays whole until the new text is on disk.
    public static void replace(Path file, String text) throws IOException {
        var next =
                file.resolveSibling(
                        file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        Files.deleteIfExists(next);
        create(next, text);
        try {
            Files.move(
                    next,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static FileAttribute<?>[] rights(Path file) {
        return hasModes(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(RIGHTS)}
                : new FileAttribute<?>[0];
    }
}
