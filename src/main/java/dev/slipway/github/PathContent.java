package dev.slipway.github;

import java.util.List;
import java.util.Optional;

/// What is at a path of a commit.
///
/// @param text the text of a file; empty for a folder, for what is not there and for bytes that are
///     no text
/// @param names the names in a folder, without its path; empty for a file
public record PathContent(Optional<String> text, List<String> names) {
    public PathContent {
        names = List.copyOf(names);
    }

    /// Nothing is there.
    public static final PathContent NOTHING = new PathContent(Optional.empty(), List.of());
}
