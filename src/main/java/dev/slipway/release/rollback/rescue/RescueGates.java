package dev.slipway.release.rollback.rescue;

import dev.slipway.release.Gate;
import dev.slipway.release.GateQuestion;
import dev.slipway.release.GateQuestion.Finding;
import dev.slipway.release.Situation.LockHolder;
import dev.slipway.release.Situation.Reading;
import dev.slipway.release.rollback.loss.Conflict;
import dev.slipway.release.rollback.loss.ReplayOptions;
import dev.slipway.release.rollback.loss.Replayed;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// What must hold before lost rows come back. A freeze does not count: getting data back is what it must
/// not stop. Pure.
record RescueGates(
        Origin origin,
        ReplayOptions options,
        Replayed rehearsed,
        Reading<LockHolder> lock,
        Instant observed) {
    private static final GateQuestion ORIGIN =
            new GateQuestion("origin", "Backup and production come from one point");
    private static final GateQuestion ROWS =
            new GateQuestion("rows", "There are rows to bring back");
    private static final GateQuestion CONFLICTS =
            new GateQuestion("conflicts", "Nothing written since is overwritten");
    private static final GateQuestion REHEARSED =
            new GateQuestion("rehearsed", "It worked on a branch of production");
    private static final GateQuestion LOCK = new GateQuestion("lock", "Production is free");

    List<Gate> all() {
        return List.of(
                ORIGIN.answer(
                        Finding.pass(
                                origin.backup().name()
                                        + " and "
                                        + origin.production().name()
                                        + " are the same up to "
                                        + origin.kept().point()
                                        + "."),
                        observed),
                ROWS.answer(rows(), observed),
                CONFLICTS.answer(conflicts(), observed),
                REHEARSED.answer(
                        Finding.of(
                                rehearsed.written(),
                                "In one transaction, which was rolled back.",
                                "Nothing could be written there. Nothing was changed."),
                        observed),
                LOCK.judge(lock, h -> Finding.of(h.free(), h.sentence(), h.sentence())));
    }

    private Finding rows() {
        return Finding.of(
                rehearsed.rows() > 0,
                RescueWords.sentence(rehearsed.tables()),
                "Production has everything already, or it is in conflict. Nothing was changed.");
    }

    private Finding conflicts() {
        var sentences =
                rehearsed.conflicts().stream()
                        .map(Conflict::sentence)
                        .collect(Collectors.joining(" "));
        if (rehearsed.conflicts().isEmpty()) {
            return Finding.pass("No row is in conflict.");
        }
        return Finding.of(
                options.leaveConflicts() && rehearsed.written(),
                sentences + " They stay as production has them.",
                sentences
                        + " Choose other tables, or leave such rows as they are"
                        + " (--leave-conflicts). Nothing was changed.");
    }
}
