package dev.slipway.release.branch;

import dev.slipway.operation.journal.SingleWriter.Holder;
import java.time.Instant;

/// A branch that has to be removed: written down before it is asked for, forgotten when it was seen
/// to be gone. Holds no secret.
///
/// @param name unique; eight random digits are in it
/// @param mark what is stored with the branch
/// @param project Neon's id of the project it is in
/// @param parent id of the branch it is made from
/// @param since when it was written down
/// @param holder the process that uses it
public record BranchDebt(
        String name, String mark, String project, String parent, Instant since, Holder holder) {

    /// The name and the reason why it is still there, in one sentence.
    public record Left(BranchDebt debt, String reason) {
        /// What a person reads.
        public String sentence() {
            return "The throw-away branch " + debt.name() + " is still to be removed: " + reason;
        }
    }
}
