package dev.slipway.sandbox.world;

import java.time.Instant;

/// A role of a branch. Each branch has its own; a child starts with copies of its parent's.
///
/// @param password in clear, as Neon keeps it; a sandbox has nothing to hide
/// @param login whether it may connect
public record NeonRole(
        String branchId,
        String name,
        String password,
        boolean login,
        Instant createdAt,
        Instant updatedAt) {}
