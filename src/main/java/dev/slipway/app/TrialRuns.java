package dev.slipway.app;

import dev.slipway.migration.LockRetry;
import dev.slipway.operation.Moment;
import dev.slipway.operation.journal.Operations;
import dev.slipway.operation.journal.SingleWriter;
import dev.slipway.operation.lock.ProductionLock;
import dev.slipway.production.Databases;
import dev.slipway.production.ProductionReader;
import dev.slipway.release.EffectsTrial;
import dev.slipway.release.ProductionLocks;
import dev.slipway.release.ProductionWorkload;
import dev.slipway.release.RehearsalShelf;
import dev.slipway.release.Rehearsals;
import dev.slipway.release.Repairs;
import dev.slipway.release.Survey;
import dev.slipway.release.WriterSeat;
import dev.slipway.release.drill.DrillShelf;
import dev.slipway.release.drill.Drills;
import dev.slipway.release.fit.FitTrials;
import dev.slipway.release.throwaway.BranchRemoval;
import dev.slipway.release.throwaway.Debt;
import dev.slipway.release.throwaway.Debts;
import dev.slipway.release.throwaway.OperationRemains;
import dev.slipway.release.throwaway.RehearsalBranches;
import dev.slipway.release.throwaway.ScriptRemoval;
import dev.slipway.release.throwaway.ThrowAwayScripts;
import dev.slipway.release.throwaway.ThrowAways;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.function.Supplier;

/// The services that try something on what is thrown away afterwards, and what a promotion is decided from,
/// wired.
record TrialRuns(
        ThrowAways throwAways,
        RehearsalBranches branches,
        Drills drills,
        Rehearsals rehearsals,
        Survey survey,
        Repairs repairs) {

    /// What they share with the session.
    ///
    /// @param folder of the world in the home
    /// @param seat taken while something is kept in the home
    /// @param operations reads the journal of the home
    /// @param self this process
    record Shared(
            Path folder,
            ProductionReader production,
            ProductionLock lock,
            ProductionWorkload workload,
            WriterSeat seat,
            Supplier<Operations> operations,
            SingleWriter.Holder self,
            Moment.Source moments) {}

    static TrialRuns over(Ports ports, Shared shared) {
        var world = ports.world();
        var stack = ports.stack();
        var clock = ports.clock();
        var cloudflare = ports.cloudflare();
        var databases = new Databases(ports.neon(), stack);
        var throwAways =
                new ThrowAways(
                        new Debts(shared.folder().resolve("throw-away")),
                        Map.of(
                                Debt.Kind.BRANCH,
                                new BranchRemoval(world.bounds(), ports.neon(), databases, clock),
                                Debt.Kind.SCRIPT,
                                new ScriptRemoval(world.bounds(), stack, cloudflare, clock)),
                        new OperationRemains(
                                shared.operations(), ports.neon().project(), shared.self(), clock),
                        shared.self(),
                        clock,
                        world.bounds().poll());
        var branches =
                new RehearsalBranches(
                        world.bounds(),
                        ports.neon(),
                        databases,
                        throwAways,
                        clock,
                        new SecureRandom());
        var trials =
                new FitTrials(
                        world.bounds(),
                        stack,
                        ports.gitHub(),
                        cloudflare,
                        ports.prober(),
                        new ThrowAwayScripts(stack, cloudflare, throwAways, new SecureRandom()));
        var drills =
                new Drills(
                        world,
                        stack,
                        cloudflare,
                        ports.prober(),
                        shared.production(),
                        branches,
                        trials,
                        new DrillShelf(shared.folder().resolve("drills"), clock),
                        shared.moments(),
                        new SecureRandom());
        var shelf = new RehearsalShelf(shared.folder().resolve("rehearsals"), clock);
        var locks =
                new ProductionLocks(
                        stack, ports.neon(), ports.postgres(), LockRetry.of(world.bounds()));
        var rehearsals =
                new Rehearsals(
                        stack,
                        ports.gitHub(),
                        ports.postgres(),
                        shared.production(),
                        branches,
                        trials,
                        shelf,
                        shared.workload(),
                        locks,
                        clock,
                        shared.seat());
        var survey =
                new Survey(
                        world,
                        stack,
                        ports.gitHub(),
                        ports.neon(),
                        cloudflare,
                        shared.production(),
                        shared.lock(),
                        shelf,
                        locks,
                        drills::practice,
                        clock);
        var repairs =
                new Repairs(
                        world,
                        stack,
                        ports.gitHub(),
                        survey,
                        rehearsals,
                        new EffectsTrial(stack, ports.postgres(), branches),
                        shared.production(),
                        clock,
                        new SecureRandom());
        return new TrialRuns(throwAways, branches, drills, rehearsals, survey, repairs);
    }
}
