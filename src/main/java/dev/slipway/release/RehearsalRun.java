package dev.slipway.release;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.RefusedException;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.LockRetry;
import dev.slipway.migration.Migration;
import dev.slipway.migration.MigrationOrder;
import dev.slipway.migration.MigrationOrder.Planned;
import dev.slipway.migration.RunPlan;
import dev.slipway.migration.Untransactional;
import dev.slipway.migration.rehearsal.Rehearsal;
import dev.slipway.migration.rehearsal.RehearsalReport;
import dev.slipway.migration.verdict.Verdict;
import dev.slipway.migration.workload.Workload;
import dev.slipway.migration.workload.WorkloadCheck;
import dev.slipway.migration.workload.WorkloadReport;
import dev.slipway.postgres.Fence;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.production.Databases;
import dev.slipway.production.ProductionReader;
import dev.slipway.production.ProductionState;
import dev.slipway.release.RehearsalResult.Standing;
import dev.slipway.release.fit.FitProof;
import dev.slipway.release.fit.FitTrials;
import dev.slipway.release.fit.Released;
import dev.slipway.release.throwaway.RehearsalBranches;
import dev.slipway.stack.Stack;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// One rehearsal of migrations on a throw-away branch of production.
final class RehearsalRun {
    /// On a branch nobody else is at work.
    private static final LockRetry LOCKS =
            new LockRetry(
                    Duration.ofMillis(500), 3, Duration.ofMillis(100), Duration.ofMillis(400));

    private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Bench bench;
    private final Target target;
    private final String tree;
    private final LedgerState ledger;
    private final ProductionState now;
    private final RehearsalListener listener;
    private final List<Migration> migrations;
    private final boolean late;
    private final LiveCode live;

    /// Where rehearsals take place, and what they are held against.
    ///
    /// @param workload what production executes, as far as it was observed
    record Bench(
            Stack stack,
            Postgres postgres,
            ProductionReader production,
            RehearsalBranches branches,
            FitTrials trials,
            Supplier<Workload> workload,
            ProductionLocks locks,
            InstantSource clock) {}

    RehearsalRun(
            Bench bench,
            Target target,
            String tree,
            LedgerState ledger,
            ProductionState now,
            RehearsalListener listener,
            List<Migration> migrations,
            boolean late) {
        this.bench = bench;
        this.target = target;
        this.tree = tree;
        this.ledger = ledger;
        this.now = now;
        this.listener = listener;
        this.migrations = migrations;
        this.late = late;
        live = LiveCode.of(bench.production(), now, migrations);
    }

    RehearsalResult result() {
        if (migrations.isEmpty()) {
            return unmeasured(List.of(), Verdict.nothing());
        }
        var plan = RunPlan.of(migrations);
        if (!plan.refused().isEmpty()) {
            return unmeasured(plan.untransactional(), Verdict.untransactional(plan.refused()));
        }
        try {
            return measured();
        } catch (InterruptedException e) {
            throw stopped();
        } catch (FailureException e) {
            // What was interrupted fails in its own words, which explain nothing.
            throw Thread.currentThread().isInterrupted() ? stopped() : e;
        }
    }

    private RefusedException stopped() {
        // The refusal answers the interrupt, which whoever removed the branch has put back; what
        // this thread writes next must not meet it.
        var _ = Thread.interrupted();
        return new RefusedException(
                "The rehearsal of "
                        + target
                        + " was stopped. Production was only read. Its throw-away branch was"
                        + " removed, or is named until the next start removes it.");
    }

    private RehearsalResult unmeasured(List<Untransactional> alone, Verdict verdict) {
        return new RehearsalResult(
                target.toString(),
                basis(),
                bench.clock().instant(),
                standings(),
                alone,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                live.known(),
                List.of(),
                verdict);
    }

    private RehearsalResult measured() throws InterruptedException {
        var observed = observed();
        listener.stage("Branches production off for the rehearsal.");
        RehearsalReport report;
        WorkloadReport checked;
        FitProof proof;
        try (var branch = bench.branches().open(listener::waiting);
                var trial =
                        bench.trials()
                                .open(released(), now, branch.connection(), listener::stage)) {
            trial.onToday();
            var address = branch.address();
            var fence = fence(address);
            listener.stage(
                    "Checks "
                            + observed.statements().size()
                            + " statements of production on today's schema.");
            var check = WorkloadCheck.before(bench.postgres(), address, observed);
            report = new Rehearsal(bench.postgres()).run(address, order(fence), listener);
            if (report.failure().isEmpty()) {
                trial.onNew();
            }
            proof = trial.proof();
            listener.stage("Checks them again on the new schema.");
            checked = check.after();
            listener.stage("Removes " + branch.name() + ".");
            trial.remove();
            branch.remove().ifPresent(debt -> listener.waiting(debt.sentence()));
        }
        if (live.knowsAll()) {
            checked = live.executing(checked, observed, this::observed);
        }
        return new RehearsalResult(
                target.toString(),
                basis(),
                bench.clock().instant(),
                standings(),
                RunPlan.of(migrations).untransactional(),
                Optional.of(report),
                Optional.of(checked),
                Optional.of(bench.locks().forecast(report)),
                live.known(),
                proof.tried(),
                Verdict.of(
                        report, checked, live.known(), proof.liveOnNew(), live.newOnLive(proof)));
    }

    private Released released() {
        return switch (target) {
            case Target.OfPullRequest(var number) ->
                    new Released(target.toString(), Optional.of(number), Optional.empty(), tree);
            case Target.OfCommit(var sha) ->
                    new Released(target.toString(), Optional.empty(), Optional.of(sha), tree);
        };
    }

    /// Without a workload the catalog still speaks.
    private Workload observed() {
        try {
            return bench.workload().get();
        } catch (FailureException e) {
            return Workload.none(bench.clock().instant(), e.failure().sentence());
        }
    }

    private RehearsalBasis basis() {
        return RehearsalBasis.of(tree, ledger, now)
                .about(migrations.stream().map(Planned::of).toList());
    }

    private List<Standing> standings() {
        return ledger.entries().stream()
                .filter(entry -> entry.state() != LedgerState.State.APPLIED)
                .map(entry -> new Standing(entry.migration().tag(), entry.state()))
                .toList();
    }

    /// A branch has production's fence, or none when nobody ever migrated through Slipway.
    private long fence(PostgresAddress address) {
        try (var session = bench.postgres().open(address, Postgres.Session.reading("slipway"))) {
            var epoch = Fence.read(session, bench.stack().environment()).orElse(0);
            Fence.raise(session, bench.stack().environment(), epoch);
            return epoch;
        } catch (SQLException e) {
            throw new FailureException(
                    new Failure.Unreachable(Provider.POSTGRES, "the connection broke"), e);
        }
    }

    private MigrationOrder order(long fence) {
        var order = pending(fence);
        return late ? order.ofSkipped() : order;
    }

    private MigrationOrder pending(long fence) {
        return new MigrationOrder(
                bench.production().folder(tree),
                Databases.ledgerTable(bench.stack()),
                migrations.stream().map(Planned::of).toList(),
                "slipway rehearses " + tree.substring(0, Math.min(8, tree.length())),
                new MigrationOrder.FenceEpoch(bench.stack().environment(), fence),
                LOCKS,
                STATEMENT_TIMEOUT,
                PATIENCE);
    }
}
