package dev.slipway.neon;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A branch to be made.
///
/// @param name unique in the project, 1 to 256 characters
/// @param parent id of the branch it is made from
/// @param annotation stored with the branch and read back with it
/// @param expires when Neon deletes it by itself, to the second
/// @param compute whether it gets a read-write compute; without one nothing can connect
public record NewBranch(
        String name,
        String parent,
        Point point,
        Map<String, String> annotation,
        Optional<Instant> expires,
        boolean compute) {
    /// @throws IllegalArgumentException when the name is empty or too long
    public NewBranch {
        if (name.isEmpty() || name.length() > 256) {
            throw new IllegalArgumentException("a branch name has 1 to 256 characters: " + name);
        }
        annotation = Map.copyOf(annotation);
    }

    /// Where in the parent's history the branch begins.
    public sealed interface Point {
        /// The newest state.
        record Head() implements Point {}

        /// A position of the write-ahead log, for example `0/1A2B3C8`.
        record Lsn(String lsn) implements Point {}

        /// The last commit at or before a moment.
        record Time(Instant at) implements Point {}
    }
}
