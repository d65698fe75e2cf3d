package dev.slipway.release.rollback.rescue;

import dev.slipway.release.rollback.loss.Loss;

/// What a restore took away.
///
/// @param loss rows only the backup has, that it has otherwise, and that only the point has; where
///     production stands now is not in it
public record Rescue(Kept kept, Loss loss) {}
