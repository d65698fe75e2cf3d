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

    /// What a change of settings made of it.
    NeonBranch with(String newName, boolean nowProtected, Optional<Instant> expires, Instant now) {
        return new NeonBranch(
                id,
                projectId,
                newName,
                timeline,
                parentId,
                parentLsn,
                parentTime,
                isDefault,
                nowProtected,
                createdAt,
                now,
                readyAt,
                expires,
                lastResetAt,
                annotation);
    }

    /// The same branch, ready at another time.
    NeonBranch readyAt(Instant ready) {
        return new NeonBranch(
                id,
                projectId,
                name,
                timeline,
                parentId,
                parentLsn,
                parentTime,
                isDefault,
                isProtected,
                createdAt,
                updatedAt,
                ready,
                expiresAt,
                lastResetAt,
                annotation);
    }

    /// With or without the mark of the default branch.
    NeonBranch asDefault(boolean nowDefault, Instant now) {
        return new NeonBranch(
                id,
                projectId,
                name,
                timeline,
                parentId,
                parentLsn,
                parentTime,
                nowDefault,
                isProtected,
                createdAt,
                now,
                readyAt,
                expiresAt,
                lastResetAt,
                annotation);
    }

    /// A child of another branch, its data unchanged.
    NeonBranch childOf(String parent) {
        return new NeonBranch(
                id,
                projectId,
                name,
                timeline,
                Optional.of(parent),
                parentLsn,
                parentTime,
                isDefault,
                isProtected,
                createdAt,
                updatedAt,
                readyAt,
                expiresAt,
                lastResetAt,
                annotation);
    }

    /// The same branch over other data.
    NeonBranch restored(
            String onto,
            String parent,
            Optional<String> lsn,
            Optional<Instant> time,
            Instant now,
            Instant ready) {
        return new NeonBranch(
                id,
                projectId,
                name,
                onto,
                Optional.of(parent),
                lsn,
                time,
                isDefault,
                isProtected,
                createdAt,
                now,
                ready,
                expiresAt,
                Optional.of(now),
                annotation);
    }

    /// Its data up to now under another name, after it got other data itself.
    NeonBranch preservedAs(String newId, String newName, Instant now, Instant ready) {
        return new NeonBranch(
                newId,
                projectId,
                newName,
                timeline,
                parentId,
                parentLsn,
                parentTime,
                false,
                false,
                now,
                now,
                ready,
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

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
