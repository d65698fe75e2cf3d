package dev.slipway.release.rollback;

import dev.slipway.neon.NewBranch;
import java.util.Optional;

/// Where the data of production comes from: a point of its own past, or the backup that a restore made
/// of it. There is no third.
///
/// @param branch id of the branch; that of production for its own past, empty while it is not known
/// @param at where in its history
/// @param undoes id of the operation whose restore is taken back; empty for a restore
/// @param words for people: `2026-11-28T14:05:00Z`, or the name of the backup
public record RestoreSource(
        Optional<String> branch, NewBranch.Point at, Optional<String> undoes, String words) {
    /// Production's own past.
    public static RestoreSource past(RestorePoint point) {
        return new RestoreSource(Optional.empty(), point.at(), Optional.empty(), point.words());
    }
}
