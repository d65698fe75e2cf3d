package dev.slipway.github;

import dev.slipway.domain.SourceTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The files of a commit or tree at GitHub. Read lazily: the list with one call, then each file that
/// is asked for. What a sha names never changes, so a tree may be kept.
public final class RepositoryTree implements SourceTree {
    private final GitHub gitHub;
    private final Map<String, TreeEntry> entries;

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
        return Optional.ofNullable(entries.get(path)).map(entry -> gitHub.blob(entry.sha()));
    }

    @Override
    public List<String> files(String folder) {
        var prefix = folder.isEmpty() ? "" : folder + "/";
        return entries.keySet().stream().filter(p -> p.startsWith(prefix)).sorted().toList();
    }
}
