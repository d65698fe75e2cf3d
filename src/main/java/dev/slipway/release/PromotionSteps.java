package dev.slipway.release;

import dev.slipway.cloudflare.Cloudflare;
import dev.slipway.domain.InputException;
import dev.slipway.domain.Secret;
import dev.slipway.domain.World;
import dev.slipway.github.GitHub;
import dev.slipway.health.Prober;
import dev.slipway.migration.DrizzleMigrator;
import dev.slipway.migration.MigrationFolder;
import dev.slipway.neon.Neon;
import dev.slipway.operation.Plan;
import dev.slipway.operation.PlanStep;
import dev.slipway.operation.StepWork;
import dev.slipway.operation.StepWorks;
import dev.slipway.operation.Together;
import dev.slipway.operation.lock.ClaimLock;
import dev.slipway.operation.lock.ProductionLock;
import dev.slipway.operation.lock.ReleaseLock;
import dev.slipway.postgres.Postgres;
import dev.slipway.release.rollback.rescue.ReplayRows;
import dev.slipway.release.step.AwaitRestored;
import dev.slipway.release.step.AwaitVersions;
import dev.slipway.release.step.BranchStep;
import dev.slipway.release.step.CommentOnPullRequest;
import dev.slipway.release.step.DispatchWorkflow;
import dev.slipway.release.step.HoldCommit;
import dev.slipway.release.step.Maintenance;
import dev.slipway.release.step.Merge;
import dev.slipway.release.step.Migrate;
import dev.slipway.release.step.MigrateAlone;
import dev.slipway.release.step.ProtectBranch;
import dev.slipway.release.step.PutBack;
import dev.slipway.release.step.RecordDeployment;
import dev.slipway.release.step.RecordRestorePoint;
import dev.slipway.release.step.RestoreBranch;
import dev.slipway.release.step.ShiftTraffic;
import dev.slipway.release.step.TagRelease;
import dev.slipway.release.step.TrafficBack;
import dev.slipway.release.step.UploadAgain;
import dev.slipway.release.step.Watch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Which work belongs to which step of a promotion.
///
/// @param connection the direct connection string of a Neon branch, by id
/// @param folders the migrations of a tree, by its sha
public record PromotionSteps(
        World world,
        GitHub gitHub,
        Neon neon,
        Cloudflare cloudflare,
        Prober prober,
        Postgres postgres,
        DrizzleMigrator migrator,
        Function<String, Secret> connection,
        Function<String, MigrationFolder> folders,
        ProductionLock lock,
        InstantSource clock,
        Together together)
        implements StepWorks {
    private static final Pattern TRAFFIC = Pattern.compile("traffic-[0-9]+");
    private static final Duration REHEARSAL_KEPT = Duration.ofDays(1);
    private static final Duration RESTORE_POINT_KEPT = Duration.ofDays(3);

    @Override
    public StepWork of(Plan plan, PlanStep step) {
        return switch (step.key()) {
            case ClaimLock.KEY -> new ClaimLock(lock);
            case ReleaseLock.KEY -> new ReleaseLock(lock);
            case "record-restore-point" ->
                    new RecordRestorePoint(cloudflare, neon, postgres, connection, together);
            case "record-restore-point.branch" ->
                    new BranchStep.Create(
                            neon,
                            "before",
                            "record-restore-point.branch",
                            RESTORE_POINT_KEPT,
                            false);
            case "rehearse.branch" ->
                    new BranchStep.Create(
                            neon, "rehearsal", "rehearse.branch", REHEARSAL_KEPT, true);
            case "rehearse.remove", "discard-rehearsal" -> new BranchStep.Remove(neon, "rehearsal");
            case "merge" -> new Merge(gitHub);
            case "await-versions.dispatch" -> new DispatchWorkflow(gitHub);
            case "await-versions" -> new AwaitVersions(cloudflare);
            case "migrate.fence" -> new Migrate.RaiseFence(postgres, connection);
            case "check-live", "smoke", "settle", "check-back" -> watch();
            case RestoreBranch.KEY -> new RestoreBranch(neon);
            case AwaitRestored.KEY -> new AwaitRestored(postgres, connection);
            case "unprotect", "protect", "see-protected" -> new ProtectBranch(neon);
            case HoldCommit.KEY -> new HoldCommit(gitHub);
            case "record-deployment.create" -> new RecordDeployment.Create(gitHub);
            case "record-deployment.status" -> new RecordDeployment.Status(gitHub);
            default -> ofGroup(step);
        };
    }

    private StepWork ofGroup(PlanStep step) {
        return switch (step.group()) {
            case "rehearse" -> migrate(step, true);
            case "migrate" -> migrate(step, false);
            case "discard-unfinished" -> new MigrateAlone.Discard(migrations(false));
            case "stage" -> new ShiftTraffic(cloudflare);
            case "rescue" ->
                    new BranchStep.Create(
                            neon, step.part().orElse(""), step.key(), REHEARSAL_KEPT, true);
            case "discard-rescue" -> new BranchStep.Remove(neon, step.part().orElse(""));
            case ReplayRows.KEY -> new ReplayRows(world, postgres, connection, clock);
            case "fence", "fence-again" -> new Migrate.RaiseFence(postgres, connection);
            case "maintenance", "open", "see-open" -> new Maintenance(cloudflare);
            case UploadAgain.GROUP -> new UploadAgain(cloudflare);
            case "back", "serve" -> new PutBack(cloudflare);
            case "traffic-back" -> new TrafficBack(cloudflare);
            case "tag" -> new TagRelease(gitHub);
            case "comment" -> new CommentOnPullRequest(gitHub);
            default -> {
                if (TRAFFIC.matcher(step.group()).matches()) {
                    yield step.kind() == PlanStep.Kind.CHECK
                            ? watch()
                            : new ShiftTraffic(cloudflare);
                }
                throw new InputException(
                        "This Slipway does not know the step "
                                + step.key()
                                + ". Nothing was changed; use the version that made the plan.");
            }
        };
    }

    /// A transaction, or one statement by itself.
    private StepWork migrate(PlanStep step, boolean rehearsal) {
        var migrate = migrations(rehearsal);
        return step.parameters().containsKey("statement") ? new MigrateAlone(migrate) : migrate;
    }

    private Migrate migrations(boolean rehearsal) {
        return new Migrate(postgres, migrator, connection, folders, rehearsal);
    }

    private StepWork watch() {
        return new Watch(prober, clock, world.bounds().probeInterval(), together);
    }
}
