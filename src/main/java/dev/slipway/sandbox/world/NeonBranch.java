package dev.slipway.sandbox.world;

import dev.slipway.sandbox.postgres.Point;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A branch of a project's data. Its cluster comes to be when somebody first connects.
///
/// @param timeline the storage behind it; another one after a restore
/// @param parentTime the moment asked for when it was branched from the past
/// @param annotation what its creator attached, name to JSON value
/// @param readyAt when the operations that made or changed it end
public record NeonBranch(
        String id,
        String projectId,
        String name,
        String timeline,
        Optional<String> parentId,
        Optional<String> parentLsn,
        Optional<Instant> parentTime,
        boolean isDefault,
        boolean isProtected,
        Instant createdAt,
        Instant updatedAt,
        Instant readyAt,
        Optional<Instant> expiresAt,
        Optional<Instant> lastResetAt,
        Map<String, Object> annotation) {

    /// What a new branch is like.
    ///
    /// @param parent id of its parent; empty is the default branch
    /// @param from the moment of the parent it starts from
    /// @param compute whether it gets an endpoint; without one nobody can connect
    /// @param asleep whether that endpoint starts out idle, as if it had been there for long
    public record Draft(
            String name,
            Optional<String> parent,
            Point from,
            boolean isProtected,
            Optional<Instant> expiresAt,
            boolean compute,
            boolean asleep,
            Map<String, Object> annotation) {

        /// A branch of the default branch as it is now, with an idle endpoint.
        public static Draft named(String name) {
            return new Draft(
                    name,
                    Optional.empty(),
                    new Point.Head(),
                    false,
                    Optional.empty(),
                    true,
                    true,
                    Map.of());
        }
    }
}
