package dev.slipway.sandbox.world;

import java.time.Instant;
import java.util.Optional;

/// Something Neon does in the background. What it does is done when it is recorded; only the time
/// it claims to need passes afterwards, so its status follows from the clock.
///
/// @param action in Neon's words, such as `create_branch`
/// @param startsAt when it begins, after the operations before it
/// @param endsAt when it is finished
public record NeonOperation(
        String id,
        String projectId,
        Optional<String> branchId,
        Optional<String> endpointId,
        String action,
        Instant createdAt,
        Instant startsAt,
        Instant endsAt) {

    /// Neon's word for how far it is.
    public String status(Instant now) {
        if (now.isBefore(startsAt)) {
            return "scheduling";
        }
        return over(now) ? "finished" : "running";
    }

    /// Whether it no longer locks its project.
    public boolean over(Instant now) {
        return !now.isBefore(endsAt);
    }

    /// When its status last changed.
    public Instant updatedAt(Instant now) {
        if (now.isBefore(startsAt)) {
            return createdAt;
        }
        return over(now) ? endsAt : startsAt;
    }
}
