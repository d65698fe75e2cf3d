package dev.slipway.sandbox.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whole folders: copied, by sharing blocks where the file system can, and removed.
final class Folders {
    private Folders() {}

    /// Fills a folder.
    interface Making {
        /// Writes everything into `partial`, which becomes the folder in one step.
        void in(Path partial) throws IOException;
    }

    /// Makes `folder` unless it is there, once even when several programs try at the same time.
    static synchronized void once(Path folder, Making making) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(folder.toAbsolutePath().getParent());
        var lock = folder.resolveSibling(folder.getFileName() + ".lock");
        try (var channel =
                FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            if (!Files.isDirectory(folder)) {
                var partial = folder.resolveSibling(folder.getFileName() + ".partial");
                delete(partial);
                Files.createDirectories(partial);
                making.in(partial);
                Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    /// Copies a folder of files that may be written meanwhile; `to` must not exist.
    static void copy(Path from, Path to) {
        if (Platform.WINDOWS) {
            walk(from, to);
        } else if (!cp(Platform.MAC ? "-c" : "--reflink=auto", List.of(from), to)
                && !Files.isDirectory(to)) {
            // cp also complains of files that vanish under it; Postgres' own rules say they do not
            // matter, so only a missing copy is a failure.
            throw new IllegalStateException("cannot copy " + from + " to " + to);
        }
    }

    /// Copies what is in a folder, but for the entries with these names; `to` is made.
    static void copyWithout(Path from, Path to, Set<String> names) {
        try (var entries = Files.list(from)) {
            copyEmpty(from, to);
            var kept =
                    entries.filter(entry -> !names.contains(entry.getFileName().toString()))
                            .toList();
            if (Platform.WINDOWS) {
                kept.forEach(entry -> walk(entry, to.resolve(entry.getFileName())));
            } else {
                // One cp for all; as above, it may complain of files that vanish under it.
                cp(Platform.MAC ? "-c" : "--reflink=auto", kept, to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + from + " to " + to, e);
        }
    }

    /// Makes an empty folder with the rights of another one.
    static void copyEmpty(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        if (!Platform.WINDOWS) {
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        }
    }

    /// Makes a second name for a folder whose files nobody will ever write; `to` must not exist.
    static void share(Path from, Path to) {
        if (Platform.WINDOWS || !cp("-l", List.of(from), to)) {
            delete(to);
            copy(from, to);
        }
    }

    private static boolean cp(String how, List<Path> from, Path to) {
        try {
            var command = new ArrayList<>(List.of("cp", "-a", how));
            from.forEach(path -> command.add(path.toString()));
            command.add(to.toString());
            var process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + from + " to " + to, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while copying " + from, e);
        }
    }

    /// Removes a folder and what is in it; a missing one is fine.
    static void delete(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                                throws IOException {
                            Files.deleteIfExists(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(
                                Path dir, @Nullable IOException problem) throws IOException {
                            Files.deleteIfExists(dir);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }

    private static void walk(Path from, Path to) {
        try (var paths = Files.walk(from)) {
            for (var path : paths.toList()) {
                Files.copy(
                        path,
                        to.resolve(from.relativize(path).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + from + " to " + to, e);
        }
    }
}
