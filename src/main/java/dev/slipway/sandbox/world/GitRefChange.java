package dev.slipway.sandbox.world;

import java.util.Optional;

/// One ref to be moved, with what it must point to beforehand.
///
/// @param name full name, starting with `refs/`
/// @param before object id it must have now; [#ABSENT] means it must not exist; empty means any
/// @param after object id it gets; [#ABSENT] deletes it
/// @param force whether a branch may lose commits
public record GitRefChange(String name, Optional<String> before, String after, boolean force) {
    /// Forty zeros: the object id of nothing.
    public static final String ABSENT = "0".repeat(40);

    /// Whether the ref is to be deleted.
    public boolean deletes() {
        return after.equals(ABSENT);
    }
}
