package dev.slipway.release;

import dev.slipway.domain.FailureException;
import dev.slipway.domain.RefusedException;
import dev.slipway.github.GitHub;
import dev.slipway.github.PullRequest;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.Migration;
import dev.slipway.migration.workload.Workload;
import dev.slipway.postgres.Postgres;
import dev.slipway.production.ProductionReader;
import dev.slipway.production.ProductionState;
import dev.slipway.release.fit.FitTrials;
import dev.slipway.release.throwaway.RehearsalBranches;
import dev.slipway.stack.Stack;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Rehearses what production has not run: on a throw-away branch of production, with the migrator and
/// the settings of a promotion. Production itself is only read.
public final class Rehearsals {
    private final Stack stack;
    private final GitHub gitHub;
    private final ProductionReader production;
    private final RehearsalShelf shelf;
    private final RehearsalRun.Bench bench;
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
        this.production = production;
        this.shelf = shelf;
        this.clock = clock;
        this.seat = seat;
        bench =
                new RehearsalRun.Bench(
                        stack, postgres, production, branches, trials, workload, locks, clock);
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
            var run =
                    new RehearsalRun(
                            bench, target, tree, ledger, now, heard, ledger.pending(), false);
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
            var run =
                    new RehearsalRun(
                            bench, target, tree, ledger, now, heard, List.of(migration), true);
            return heard.around(run::result);
        }
    }
}
