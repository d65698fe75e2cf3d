package dev.slipway.sandbox.world;

import java.time.Duration;
import java.time.Instant;

/// A project: branches with a plan's limits.
///
/// @param historySeconds how far back a branch can be restored
/// @param branchLimit how many branches the plan allows
/// @param suspendSeconds when a compute without work is suspended, before pacing
public record NeonProject(
        String id,
        String name,
        Instant createdAt,
        Instant updatedAt,
        long historySeconds,
        int branchLimit,
        long suspendSeconds) {

    /// How far back a branch can be restored.
    public Duration history() {
        return Duration.ofSeconds(historySeconds);
    }

    /// What a new project is like.
    ///
    /// @param branch name of its first, default branch
    public record Draft(String name, String branch, String database, String role, int branchLimit) {
        /// A project on a paid plan with branch `production`, database `neondb` and role
        /// `neondb_owner`.
        public static Draft named(String name) {
            return new Draft(name, "production", "neondb", "neondb_owner", 5000);
        }
    }
}
