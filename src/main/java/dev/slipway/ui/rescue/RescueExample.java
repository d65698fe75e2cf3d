package dev.slipway.ui.rescue;

import dev.slipway.domain.Provider;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.lock.ClaimLock;
import dev.slipway.operation.lock.ReleaseLock;
import dev.slipway.release.Gate;
import dev.slipway.release.rollback.loss.Conflict;
import dev.slipway.release.rollback.loss.ReplayOptions;
import dev.slipway.release.rollback.loss.Replayed;
import dev.slipway.release.rollback.loss.RowExport.Exported;
import dev.slipway.release.rollback.loss.TableName;
import dev.slipway.release.rollback.rescue.Kept;
import dev.slipway.release.rollback.rescue.ReplayRows;
import dev.slipway.release.rollback.rescue.Rescue;
import dev.slipway.release.rollback.rescue.RescueProposal;
import dev.slipway.ui.desk.Desk;
import dev.slipway.ui.rollback.LossExample;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A rescue that nobody needs, invented. Only for pictures.
final class RescueExample {
    private static final String BACKUP = "production_old_2026-11-21";
    private static final String OLDER = "production_old_2026-11-19";

    private final Desk desk;
    private final Instant now;

    RescueExample(Desk desk) {
        this.desk = desk;
        now = desk.now();
    }

    /// What a restore took away.
    RescueDraft rows() {
        return RescueDraft.of(Optional.empty()).with(List.of(BACKUP, OLDER), Optional.of(rescue()));
    }

    private Rescue rescue() {
        return new Rescue(
                new Kept(BACKUP, "production", "2026-11-21T14:05:00Z"), LossExample.loss(now));
    }

    /// What was written to files.
    static List<Exported> exported() {
        return List.of(
                written("orders", 49),
                written("payments", 12),
                new Exported(
                        table("audit_log"), 0, List.of(), Optional.of("It has no key to go by.")));
    }

    private static Exported written(String name, long rows) {
        var folder = Path.of("/home/example/lost-rows");
        return new Exported(
                table(name),
                rows,
                List.of(folder.resolve(name + ".sql"), folder.resolve(name + ".csv")),
                Optional.empty());
    }

    /// What came of it on a branch.
    ///
    /// @param left whether rows in conflict are left
    RescueProposal proposal(boolean left) {
        var conflicts =
                List.of(
                        new Conflict(table("orders"), Conflict.Kind.KEY_TAKEN, 1, ""),
                        new Conflict(table("sessions"), Conflict.Kind.CHANGED_SINCE, 4, ""));
        var rehearsed =
                new Replayed(
                        List.of(
                                new Replayed.Table(table("orders"), 36, 12, 0, 0),
                                new Replayed.Table(table("payments"), 12, 0, 0, 0),
                                new Replayed.Table(table("sessions"), 403, 92, 0, 7)),
                        conflicts,
                        left);
        var options = new ReplayOptions(Set.of(), false, left);
        return new RescueProposal(
                rescue().kept(),
                options,
                rehearsed,
                plan(options, rehearsed),
                List.of(
                        passed("origin", "Backup and production come from one point"),
                        passed("rows", "There are rows to bring back"),
                        new Gate(
                                "conflicts",
                                "Nothing written since is overwritten",
                                left ? Gate.State.PASS : Gate.State.FAIL,
                                conflicts.getFirst().sentence()
                                        + " "
                                        + conflicts.getLast().sentence()
                                        + (left
                                                ? " They stay as production has them."
                                                : " Choose other tables, or leave such rows as they"
                                                        + " are. Nothing was changed."),
                                now),
                        passed("rehearsed", "It worked on a branch of production"),
                        passed("lock", "Production is free")));
    }

    private Gate passed(String id, String title) {
        return new Gate(id, title, Gate.State.PASS, "As an example.", now);
    }

    private Plan plan(ReplayOptions options, Replayed rehearsed) {
        return Plan.of(
                "0123456789ab",
                RescueProposal.KIND,
                BACKUP,
                desk.services().world().id(),
                now,
                Map.of("environment", "production"),
                List.of(
                        ClaimLock.step(Optional.empty()),
                        PlanStep.check("record-restore-point", Map.of())
                                .told(
                                        "Record the restore point",
                                        "Neon: reads production",
                                        "nothing to undo",
                                        "stop, nothing changed"),
                        branch(ReplayRows.POINT, "Branch the restored point to read from"),
                        branch(ReplayRows.BACKUP, "Branch " + BACKUP + " to read from"),
                        ReplayRows.step("example", "drizzle", "ledger", options, rehearsed)
                                .told(
                                        "Bring back "
                                                + rehearsed.rows()
                                                + " rows in one transaction",
                                        "Neon: production",
                                        "slipway rollback --database, to the restore point",
                                        "stop, nothing is half done"),
                        ReleaseLock.step()));
    }

    private static PlanStep branch(String kind, String title) {
        return PlanStep.mutation(ReplayRows.branchKey(kind), Provider.NEON, Map.of())
                .told(title, "Neon: throw-away branch", "automatic", "stop, nothing changed");
    }

    private static TableName table(String name) {
        return new TableName("public", name);
    }
}
