package dev.slipway;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/// Where tests keep what they throw away: in memory on a machine that has a folder for it.
///
/// A test run makes and deletes some hundred thousand files, most of them of Postgres clusters. On
/// ext4 each new file then searches past all inodes freed in the last minutes, which took a fifth of
/// the whole run.
public final class ScratchFolders implements TempDirFactory {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final String NAME = "slipway-tests-";
    private static final long NEEDED = 6L << 30;
    private static final Optional<Path> ROOT = inMemory();

    /// A folder named `name` for this process that goes with it; empty where there is no room in
    /// memory.
    public static Optional<Path> ofThisProcess(String name) {
        return ROOT.map(root -> root.resolve(name));
    }

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
            throws IOException {
        return newFolder("junit-");
    }

    /// A new folder whose name begins with `prefix`; who asks for it deletes it.
    public static Path newFolder(String prefix) throws IOException {
        return ROOT.isPresent()
                ? Files.createTempDirectory(ROOT.get(), prefix)
                : Files.createTempDirectory(prefix);
    }

    private static Optional<Path> inMemory() {
        try {
            if (!Files.isDirectory(MEMORY)
                    || !Files.isWritable(MEMORY)
                    || Files.getFileStore(MEMORY).getUsableSpace() < NEEDED) {
                return Optional.empty();
            }
            sweep();
            var root = Files.createDirectory(MEMORY.resolve(NAME + ProcessHandle.current().pid()));
            // Postgres runs as another user when the tests run as root.
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(root)));
            return runsPrograms(root) ? Optional.of(root) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Containers often mount it so that nothing in it can be started.
    private static boolean runsPrograms(Path folder) throws IOException {
        var program = Files.writeString(folder.resolve("runs"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        try {
            return new ProcessBuilder(program.toString()).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// What processes left that were killed.
    private static void sweep() throws IOException {
        try (var left = Files.newDirectoryStream(MEMORY, NAME + "*")) {
            for (var folder : left) {
                var pid = folder.getFileName().toString().substring(NAME.length());
                if (ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                    delete(folder);
                }
            }
        }
    }

    private static void delete(Path folder) {
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes is)
                                throws IOException {
                            Files.deleteIfExists(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(Path dir, IOException e)
                                throws IOException {
                            Files.deleteIfExists(dir);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            // Something still writes into it; the next run sweeps it.
        }
    }
}
