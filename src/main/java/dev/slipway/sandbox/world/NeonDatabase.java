package dev.slipway.sandbox.world;

import java.time.Instant;

/// A database of a branch.
public record NeonDatabase(
        long id,
        String branchId,
        String name,
        String owner,
        Instant createdAt,
        Instant updatedAt) {}
