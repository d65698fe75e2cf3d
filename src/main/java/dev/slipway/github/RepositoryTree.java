package dev.slipway.github;

import dev.slipway.domain.SourceTree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The files of a commit or tree at GitHub. Read lazily: the list with one call, then each file that
/// is asked for, many at once when they are announced. What a sha names never changes, so a tree may be kept.
public final class RepositoryTree implements SourceTree {
    private final GitHub gitHub;
    private final Map<String, TreeEntry> entries;
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();

    private RepositoryTree(GitHub gitHub, Map<String, TreeEntry> entries) {
        this.gitHub = gitHub;
        this.entries = entries;
    }

    /// Reads the list of files.
    ///
    /// @param sha full sha of a commit or tree
    public static RepositoryTree read(GitHub gitHub, String sha) {
        return new RepositoryTree(
                gitHub,
                gitHub.tree(sha).stream()
                        .filter(TreeEntry::file)
                        .collect(Collectors.toMap(TreeEntry::path, Function.identity())));
    }

    @Override
    public Optional<byte[]> file(String path) {
        return Optional.ofNullable(entries.get(path))
                .map(entry -> blobs.computeIfAbsent(entry.sha(), gitHub::blob));
    }

    @Override
    public void expect(List<String> paths) {
        var shas =
                paths.stream()
                        .map(entries::get)
                        .filter(Objects::nonNull)
                        .map(TreeEntry::sha)
                        .filter(sha -> !blobs.containsKey(sha))
                        .toList();
        blobs.putAll(gitHub.blobs(shas));
    }

    @Override
    public List<String> files(String folder) {
        var prefix = folder.isEmpty() ? "" : folder + "/";
        return entries.keySet().stream().filter(p -> p.startsWith(prefix)).sorted().toList();
    }
}
