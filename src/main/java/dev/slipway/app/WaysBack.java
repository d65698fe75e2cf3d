package dev.slipway.app;

import dev.slipway.operation.OperationState;
import dev.slipway.operation.Plan;
import dev.slipway.operation.journal.OperationDetail;
import dev.slipway.operation.journal.Operations;
import dev.slipway.operation.lock.ProductionLock;
import dev.slipway.production.Databases;
import dev.slipway.production.ProductionReader;
import dev.slipway.release.drill.Drills;
import dev.slipway.release.rollback.Heals;
import dev.slipway.release.rollback.Holds;
import dev.slipway.release.rollback.Looks;
import dev.slipway.release.rollback.Measured;
import dev.slipway.release.rollback.Restores;
import dev.slipway.release.rollback.RollbackProposal;
import dev.slipway.release.rollback.Rollbacks;
import dev.slipway.release.rollback.SceneReader;
import dev.slipway.release.rollback.loss.RowExport;
import dev.slipway.release.rollback.loss.TableComparison;
import dev.slipway.release.rollback.rescue.Rescues;
import dev.slipway.release.throwaway.RehearsalBranches;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The services for going back, wired.
final class WaysBack {
    private final Supplier<Operations> operations;
    private final Drills drills;
    private final Rollbacks rollbacks;
    private final Restores restores;
    private final Rescues rescues;
    private final Heals heals;
    private final Holds holds;

    /// @param operations reads the journal of the home
    WaysBack(
            Ports ports,
            ProductionReader production,
            ProductionLock lock,
            RehearsalBranches branches,
            Drills drills,
            Supplier<Operations> operations) {
        this.operations = operations;
        this.drills = drills;
        var world = ports.world();
        var stack = ports.stack();
        var gitHub = ports.gitHub();
        var neon = ports.neon();
        var cloudflare = ports.cloudflare();
        var postgres = ports.postgres();
        var clock = ports.clock();
        rollbacks =
                new Rollbacks(
                        world,
                        stack,
                        production,
                        new SceneReader(
                                stack, gitHub, cloudflare, production, lock, clock, this::begun),
                        this::measured,
                        new SecureRandom());
        restores =
                new Restores(
                        world,
                        stack,
                        neon,
                        cloudflare,
                        production,
                        rollbacks,
                        looks(ports, branches),
                        clock,
                        new SecureRandom());
        rescues =
                new Rescues(
                        world,
                        stack,
                        neon,
                        gitHub,
                        postgres,
                        branches,
                        rollbacks::holder,
                        clock,
                        new SecureRandom());
        heals = new Heals(world, stack, cloudflare, rollbacks::look, clock, new SecureRandom());
        holds = new Holds(world, stack, gitHub, rollbacks::holder, clock, new SecureRandom());
    }

    private static Looks looks(Ports ports, RehearsalBranches branches) {
        var ledger = Databases.ledgerTable(ports.stack());
        var limit = TableComparison.LIMIT;
        return new Looks(
                ports.stack(),
                branches,
                new Databases(ports.neon(), ports.stack()),
                ports.postgres(),
                new TableComparison(ports.postgres(), ledger, ports.clock(), limit)::compare,
                new RowExport(ports.postgres(), ledger, ports.clock(), limit));
    }

    /// Plans of the newest promotions that began here and were not released.
    private List<Plan> begun() {
        return newest("promotion", 20)
                .filter(found -> found.row().state() != OperationState.SUCCEEDED)
                .limit(5)
                .map(OperationDetail::plan)
                .toList();
    }

    /// What the newest rollbacks and drills took.
    private Optional<Measured> measured() {
        return Measured.newest(drills.held(), newest(RollbackProposal.KIND, 50).limit(5).toList());
    }

    private Stream<OperationDetail> newest(String kind, int most) {
        var journal = operations.get();
        return journal.page(0, most).stream()
                .filter(row -> row.kind().equals(kind))
                .flatMap(row -> journal.one(row.id()).stream());
    }

    Rollbacks rollbacks() {
        return rollbacks;
    }

    Restores restores() {
        return restores;
    }

    Rescues rescues() {
        return rescues;
    }

    Heals heals() {
        return heals;
    }

    Holds holds() {
        return holds;
    }
}
