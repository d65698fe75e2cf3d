package dev.slipway.release.fit;

import dev.slipway.migration.verdict.Fit.Answer;

/// What one Worker's code did on the branch of a rehearsal.
///
/// @param worker the stack's name of the Worker
/// @param code which of its codes
/// @param today whether it answered well on today's schema
/// @param migrated whether it answered well after the migrations
/// @param reason what was seen, or why nothing was tried; a part of a sentence
public record Tried(String worker, Code code, Answer today, Answer migrated, String reason) {
    /// The two codes of a release.
    public enum Code {
        /// The code that is live.
        LIVE,
        /// The code that is released.
        NEW
    }

    static Tried not(String worker, Code code, String reason) {
        return new Tried(worker, code, Answer.UNKNOWN, Answer.UNKNOWN, reason);
    }
}
