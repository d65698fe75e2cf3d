package dev.slipway.release;

import dev.slipway.domain.CommitSha;
import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.RefusedException;
import dev.slipway.github.GitHub;
import dev.slipway.github.PullRequest;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.LockRetry;
import dev.slipway.migration.Migration;
import dev.slipway.migration.MigrationFolder;
import dev.slipway.migration.MigrationOrder;
import dev.slipway.migration.MigrationOrder.Planned;
import dev.slipway.migration.RunPlan;
import dev.slipway.migration.Untransactional;
import dev.slipway.migration.rehearsal.Rehearsal;
import dev.slipway.migration.rehearsal.RehearsalReport;
import dev.slipway.migration.verdict.Fit.Judgement;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Rehearses what production has not run: on a throw-away branch of production, with the migrator and
/// the settings of a promotion. Production itself is only read.
public final class Rehearsals {
    /// On a branch nobody else is at work.
    private static final LockRetry LOCKS =
            new LockRetry(
                    Duration.ofMillis(500), 3, Duration.ofMillis(100), Duration.ofMillis(400));

    private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Stack stack;
    private final GitHub gitHub;
    private final Postgres postgres;
    private final ProductionReader production;
    private final RehearsalBranches branches;
    private final FitTrials trials;
    private final RehearsalShelf shelf;
    private final Supplier<Workload> workload;
    private final ProductionLocks locks;
    private final InstantSource clock;
    private final WriterSeat seat;

    /// @param workload what production executes, as far as it was observed
    /// @param seat keeps the log while a rehearsal runs
    public Rehearsals(
            Stack stack,
            GitHub gitHub,
            Postgres postgres,
            ProductionReader production,
            RehearsalBranches branches,
            FitTrials trials,
            RehearsalShelf shelf,
            Supplier<Workload> workload,
            ProductionLocks locks,
            InstantSource clock,
            WriterSeat seat) {
        this.stack = stack;
        this.gitHub = gitHub;
        this.postgres = postgres;
        this.production = production;
        this.branches = branches;
        this.trials = trials;
        this.shelf = shelf;
        this.workload = workload;
        this.locks = locks;
        this.clock = clock;
        this.seat = seat;
    }

    /// Rehearses `target` as it is now, whatever was rehearsed before, and keeps the result.
    ///
    /// @throws RefusedException when nobody can say which migrations it would hold, or when they may not
    ///     be run: those of a fork, or on a ledger that forbids it
    /// @throws FailureException when a remote does not answer
    public RehearsalResult of(Target target, RehearsalListener listener) {
        listener.stage("Reads " + target + " and production's ledger.");
        var subject = Subject.read(gitHub, stack, target);
        var tree = rehearsable(target, subject);
        var schema = production.schema(ProductionReader.Wake.ALLOWED, Optional.of(tree));
        var ledger =
                schema.state()
                        .orElseThrow(() ->
                                new RefusedException(
                                        schema.doubt().orElse("The ledger cannot be read.")
                                                + " Nothing was rehearsed or changed."));
        return of(target, tree, ledger, production.read(ProductionReader.Wake.ALLOWED), listener);
    }

    /// `situation` with a rehearsal, made now when something is pending and there is none. Why one did
    /// not come about is told in it.
    Situation complete(Situation situation, RehearsalListener listener) {
        return situation.rehearsalMissing() ? anew(situation, listener) : situation;
    }

    /// `situation` with a rehearsal made now, whatever was rehearsed before; unchanged when nobody can
    /// say what is pending.
    Situation anew(Situation situation, RehearsalListener listener) {
        var ledger = situation.ledger().value();
        if (ledger.isEmpty() || situation.tree().isEmpty()) {
            return situation;
        }
        return situation.rehearsed(
                new Asking(clock)
                        .of(() -> {
                            refuseFork(situation.target(), situation.pullRequest());
                            return of(
                                    situation.target(),
                                    situation.tree().get(),
                                    ledger.get(),
                                    situation.production(),
                                    listener);
                        }));
    }

    /// The migrations of `target` as it is now beside production's ledger. Where looking may wake nothing
    /// and the production compute sleeps, the ledger is not known.
    ///
    /// @throws RefusedException when nobody can say which migrations it would hold
    /// @throws FailureException when GitHub does not answer
    public TreeMigrations migrations(Target target, ProductionReader.Wake wake) {
        var tree = merged(target, Subject.read(gitHub, stack, target));
        var folder = production.folder(tree);
        var schema = production.schema(wake, Optional.of(tree));
        // While it sleeps the last reading is handed out, which may be of another tree.
        var ledger = schema.state().filter(_ -> schema.folder().equals(Optional.of(tree)));
        return new TreeMigrations(
                tree,
                folder,
                ledger,
                ledger.isPresent()
                        ? ""
                        : schema.doubt()
                                .orElse("The production compute sleeps; looking would wake it."),
                schema.asOf());
    }

    /// The newest result of `target`, however old; asks nobody.
    public Optional<RehearsalResult> latest(Target target) {
        return shelf.latest(target);
    }

    private String rehearsable(Target target, Subject subject) {
        refuseFork(target, subject.pullRequest());
        return merged(target, subject);
    }

    private String merged(Target target, Subject subject) {
        return subject.tree()
                .orElseThrow(() ->
                        new RefusedException(
                                "GitHub has no test merge of "
                                        + target
                                        + " into "
                                        + stack.branch()
                                        + ", so nobody can say which migrations it would hold."
                                        + " Nothing was rehearsed or changed."));
    }

    private void refuseFork(Target target, Optional<PullRequest> pullRequest) {
        if (pullRequest.filter(PullRequest::fork).isPresent()) {
            throw new RefusedException(
                    target
                            + " comes from a fork. Its migrations are not run, not even on a"
                            + " throw-away branch: that is a copy of production's data. Push its"
                            + " commits to a branch of "
                            + stack.repository()
                            + ". Nothing was rehearsed or changed.");
        }
    }

    /// Rehearses what was surveyed already.
    RehearsalResult of(
            Target target,
            String tree,
            LedgerState ledger,
            ProductionState now,
            RehearsalListener listener) {
        if (!ledger.problems().isEmpty()) {
            throw new RefusedException(
                    String.join(" ", ledger.problems()) + " Nothing was rehearsed or changed.");
        }
        try (var told = seat.told()) {
            var heard = new RehearsalLog(told.log(), target, listener);
            var run = new Run(target, tree, ledger, now, heard, ledger.pending(), false);
            var result = heard.around(run::result);
            shelf.put(result);
            return result;
        }
    }

    /// Rehearses a migration that Drizzle skips, by itself and now. The result is not kept.
    RehearsalResult ofSkipped(
            Target target,
            String tree,
            LedgerState ledger,
            ProductionState now,
            Migration migration,
            RehearsalListener listener) {
        try (var told = seat.told()) {
            var heard = new RehearsalLog(told.log(), target, listener);
            var run = new Run(target, tree, ledger, now, heard, List.of(migration), true);
            return heard.around(run::result);
        }
    }

    /// One rehearsal.
    private final class Run {
        private final Target target;
        private final String tree;
        private final LedgerState ledger;
        private final ProductionState now;
        private final RehearsalListener listener;
        private final List<Migration> migrations;
        private final boolean late;
        private final Set<String> known;

        Run(
                Target target,
                String tree,
                LedgerState ledger,
                ProductionState now,
                RehearsalListener listener,
                List<Migration> migrations,
                boolean late) {
            this.target = target;
            this.tree = tree;
            this.ledger = ledger;
            this.now = now;
            this.listener = listener;
            this.migrations = migrations;
            this.late = late;
            this.known = known();
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
            // The refusal answers the interrupt, which whoever removed the branch has put back;
            // what
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
                    clock.instant(),
                    standings(),
                    alone,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    known,
                    List.of(),
                    verdict);
        }

        private RehearsalResult measured() throws InterruptedException {
            var observed = observed();
            listener.stage("Branches production off for the rehearsal.");
            RehearsalReport report;
            WorkloadReport checked;
            FitProof proof;
            try (var branch = branches.open(listener::waiting);
                    var trial =
                            trials.open(released(), now, branch.connection(), listener::stage)) {
                trial.onToday();
                var address = branch.address();
                var fence = fence(address);
                listener.stage(
                        "Checks "
                                + observed.statements().size()
                                + " statements of production on today's schema.");
                var check = WorkloadCheck.before(postgres, address, observed);
                report = new Rehearsal(postgres).run(address, order(fence), listener);
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
            if (allKnown()) {
                checked = ofLiveCode(checked, observed);
            }
            return new RehearsalResult(
                    target.toString(),
                    basis(),
                    clock.instant(),
                    standings(),
                    RunPlan.of(migrations).untransactional(),
                    Optional.of(report),
                    Optional.of(checked),
                    Optional.of(locks.forecast(report)),
                    known,
                    proof.tried(),
                    Verdict.of(report, checked, known, proof.liveOnNew(), newOnLive(proof)));
        }

        private Released released() {
            return switch (target) {
                case Target.OfPullRequest(var number) ->
                        new Released(
                                target.toString(), Optional.of(number), Optional.empty(), tree);
                case Target.OfCommit(var sha) ->
                        new Released(target.toString(), Optional.empty(), Optional.of(sha), tree);
            };
        }

        /// Without a workload the catalog still speaks.
        private Workload observed() {
            try {
                return workload.get();
            } catch (FailureException e) {
                return Workload.none(clock.instant(), e.failure().sentence());
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
            try (var session = postgres.open(address, Postgres.Session.reading("slipway"))) {
                var epoch = Fence.read(session, stack.environment()).orElse(0);
                Fence.raise(session, stack.environment(), epoch);
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
                    production.folder(tree),
                    Databases.ledgerTable(stack),
                    migrations.stream().map(Planned::of).toList(),
                    "slipway rehearses " + tree.substring(0, Math.min(8, tree.length())),
                    new MigrationOrder.FenceEpoch(stack.environment(), fence),
                    LOCKS,
                    STATEMENT_TIMEOUT,
                    PATIENCE);
        }

        // what is live

        private boolean allKnown() {
            return migrations.stream().allMatch(each -> known.contains(each.tag()));
        }

        /// Pending migrations the code that is live was made with: its own tree holds them.
        private Set<String> known() {
            var live = now.commit().flatMap(this::folder);
            if (live.isEmpty()) {
                return Set.of();
            }
            var made =
                    live.get().migrations().stream().map(Planned::of).collect(Collectors.toSet());
            return migrations.stream()
                    .map(Planned::of)
                    .filter(made::contains)
                    .map(Planned::tag)
                    .collect(Collectors.toSet());
        }

        /// A commit without a folder, or one that cannot be read, makes nothing known: the careful side.
        private Optional<MigrationFolder> folder(CommitSha commit) {
            try {
                return Optional.of(production.folder(commit.value()));
            } catch (InputException | FailureException e) {
                return Optional.empty();
            }
        }

        private Judgement newOnLive(FitProof proof) {
            return allKnown()
                    ? Judgement.yes("The code of these migrations is live on today's schema.")
                    : proof.newOnLive();
        }

        /// Statements are counted for as long as the server runs, so what code before the release
        /// executed is among them. What counts against code that is live is what is still executed.
        private WorkloadReport ofLiveCode(WorkloadReport all, Workload then) {
            if (all.broken().isEmpty()) {
                return all;
            }
            production.probe();
            var executed =
                    new LiveStatements(
                            then,
                            observed(),
                            now.workers().stream()
                                    .flatMap(worker -> worker.since().stream())
                                    .max(Comparator.naturalOrder()));
            return all.doubting(executed::doubt);
        }
    }
}
