package dev.slipway.sandbox.world;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Somebody's repository that a world is to be built from.
///
/// @param directory a working tree or a bare repository
/// @param production what production runs: any revision; empty means the head of the base branch
/// @param pulls revisions to open pull requests for
/// @param migrations the migrations folder; empty means the only one there is
/// @param base the base branch; empty means the one the repository's HEAD is on
public record RepoSource(
        Path directory,
        Optional<String> production,
        List<String> pulls,
        Optional<String> migrations,
        Optional<String> base) {
    public RepoSource {
        pulls = List.copyOf(pulls);
    }

    /// A repository as it is: production at the head of its branch, no pull requests.
    public static RepoSource of(Path directory) {
        return new RepoSource(
                directory, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }
}
