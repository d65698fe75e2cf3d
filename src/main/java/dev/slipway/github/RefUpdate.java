package dev.slipway.github;

import java.util.Optional;

/// One change of an atomic list of ref changes.
///
/// @param name full name of the ref
/// @param before where it must be now; empty means it must not exist
/// @param after where it will be; empty deletes it
/// @param force whether it may move to a commit that does not contain the old one
public record RefUpdate(
        String name, Optional<String> before, Optional<String> after, boolean force) {
    /// Creates a ref that must not exist.
    public static RefUpdate create(String name, String sha) {
        return new RefUpdate(name, Optional.empty(), Optional.of(sha), false);
    }

    /// Moves a ref forward from where it must be.
    public static RefUpdate advance(String name, String before, String after) {
        return new RefUpdate(name, Optional.of(before), Optional.of(after), false);
    }
}
