package dev.slipway.neon;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A branch of the project's data.
///
/// @param id never reused, begins with `br-`
/// @param parent id of the branch it was made from; empty for a root
/// @param parentLsn where in the parent's history it begins
/// @param parentTime when in the parent's history it begins
/// @param state Neon's word: `init`, `resetting`, `ready`, `archived` or one this program does not
///     know
/// @param pending the state it is on its way to
/// @param isDefault whether it is the project's default branch
/// @param isProtected whether Neon refuses to delete or reset it
/// @param expires when Neon deletes it by itself
/// @param logicalSize bytes of data; empty when Neon does not know
/// @param annotation what was stored with it when it was made
public record Branch(
        String id,
        String name,
        Optional<String> parent,
        Optional<String> parentLsn,
        Optional<Instant> parentTime,
        String state,
        Optional<String> pending,
        boolean isDefault,
        boolean isProtected,
        Instant created,
        Instant updated,
        Optional<Instant> expires,
        OptionalLong logicalSize,
        Map<String, String> annotation) {
    public Branch {
        annotation = Map.copyOf(annotation);
    }

    /// Whether it can be used now.
    public boolean ready() {
        return state.equals("ready") && pending.isEmpty();
    }
}
