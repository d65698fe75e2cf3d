package dev.slipway.domain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The files of one commit, or of a folder on this machine. Paths are relative to its top, with `/`
/// between their parts.
public interface SourceTree {
    /// The bytes of the file at `path`; empty when there is no such file.
    ///
    /// @throws FailureException when the tree is remote and cannot be read
    Optional<byte[]> file(String path);

    /// The paths of all files at any depth below `folder`, sorted; none when there is no such folder.
    /// An empty `folder` means the top.
    ///
    /// @throws FailureException when the tree is remote and cannot be read
    List<String> files(String folder);

    /// Says which files will be asked for next, so that a remote tree can read them together. Those
    /// that do not exist are no matter.
    ///
    /// @throws FailureException when the tree is remote and cannot be read
    default void expect(List<String> paths) {}

    /// The tree of a folder on this machine. Links are not followed, so nothing outside is read.
    static SourceTree of(Path top) {
        return new SourceTree() {
            @Override
            public Optional<byte[]> file(String path) {
                var file = top.resolve(path).normalize();
                if (!file.startsWith(top.normalize())
                        || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    return Optional.empty();
                }
                try {
                    return Optional.of(Files.readAllBytes(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public List<String> files(String folder) {
                var start = top.resolve(folder).normalize();
                if (!start.startsWith(top.normalize()) || !Files.isDirectory(start)) {
                    return List.of();
                }
                try (var found = Files.walk(start)) {
                    return found.filter(
                                    file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                            .map(file -> top.normalize().relativize(file).toString())
                            .map(path -> path.replace('\\', '/'))
                            .sorted()
                            .toList();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }
}
