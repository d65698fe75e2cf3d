package dev.slipway.release.rollback;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.RefusedException;
import dev.slipway.operation.Plan;
import dev.slipway.release.step.RestoreBranch;
import java.util.LinkedHashMap;
import java.util.Optional;

/// What takes a restore back, read from its plan.
///
/// @param backup name of the branch that holds what was there before
/// @param code what ran then
record Undo(String backup, Destination code) {
    private static final String LIVE = "live.";

    /// Reads it.
    ///
    /// @throws RefusedException when the plan restored no database
    static Undo of(Plan restored) {
        var step = restored.step(RestoreBranch.KEY);
        if (step.isEmpty()) {
            throw new RefusedException(
                    "The operation "
                            + restored.id()
                            + " restored no database, so there is no such restore to undo. Nothing was"
                            + " changed.");
        }
        var versions = new LinkedHashMap<String, String>();
        restored.pins()
                .forEach((name, version) -> {
                    if (name.startsWith(LIVE)) {
                        versions.put(name.substring(LIVE.length()), version);
                    }
                });
        var commit =
                Optional.ofNullable(restored.pins().get("liveCommit"))
                        .filter(CommitSha::isOne)
                        .map(CommitSha::new);
        return new Undo(
                step.get().parameter("backup"),
                new Destination(
                        Optional.ofNullable(restored.pins().get("liveRelease"))
                                .or(() -> commit.map(CommitSha::brief))
                                .orElse("what ran before"),
                        commit,
                        versions,
                        Optional.empty()));
    }

    RefusedException gone() {
        return new RefusedException(
                "The branch "
                        + backup
                        + ", which keeps what was there before the restore, does not exist any more."
                        + " Nothing was changed.");
    }
}
