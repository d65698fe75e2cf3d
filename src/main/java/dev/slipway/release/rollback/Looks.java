package dev.slipway.release.rollback;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.RefusedException;
import dev.slipway.migration.Ledger;
import dev.slipway.migration.LedgerReader;
import dev.slipway.neon.NewBranch;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.production.Databases;
import dev.slipway.release.rollback.loss.CountListener;
import dev.slipway.release.rollback.loss.Loss;
import dev.slipway.release.rollback.loss.RowExport;
import dev.slipway.release.rollback.loss.RowExport.Exported;
import dev.slipway.release.throwaway.Debt;
import dev.slipway.release.throwaway.RehearsalBranch;
import dev.slipway.release.throwaway.RehearsalBranches;
import dev.slipway.stack.Stack;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks at production as it was at a point: a new branch begins there, and production is only read. The
/// branch is removed again, or kept for a person until it expires.
public final class Looks {
    /// After how long Neon deletes a branch nobody wanted to keep, should nobody else do it.
    private static final Duration EXPIRES = Duration.ofHours(1);

    private final Stack stack;
    private final RehearsalBranches branches;
    private final Databases databases;
    private final Postgres postgres;
    private final Counter counter;
    private final RowExport export;

    /// Counts what is lost.
    @FunctionalInterface
    public interface Counter {
        /// Compares two states of the database. Only reads.
        ///
        /// @param then the state at the point
        /// @param now production
        /// @throws FailureException when a server does not let us in or breaks off
        /// @throws InterruptedException when it is to stop
        Loss count(PostgresAddress then, PostgresAddress now, CountListener listener)
                throws InterruptedException;
    }

    public Looks(
            Stack stack,
            RehearsalBranches branches,
            Databases databases,
            Postgres postgres,
            Counter counter,
            RowExport export) {
        this.stack = stack;
        this.branches = branches;
        this.databases = databases;
        this.postgres = postgres;
        this.counter = counter;
        this.export = export;
    }

    /// Looks.
    ///
    /// @param production id of the production branch
    /// @param source id of the branch whose history is looked into
    /// @param keep how long the branch stays for a person; empty removes it at the end
    /// @param folder where the rows that would be lost are written; empty writes none
    /// @throws dev.slipway.domain.InputException when a file exists or cannot be written
    /// @throws FailureException when a remote does not answer or the point is not in its history
    /// @throws RefusedException when the thread was interrupted
    public Look at(
            String production,
            String source,
            NewBranch.Point at,
            Optional<Duration> keep,
            Optional<Path> folder,
            LookListener listener) {
        try (var branch = branches.look(source, at, keep.orElse(EXPIRES), listener::waiting)) {
            listener.opened(branch.name());
            var look = in(branch, production, folder, listener);
            if (keep.isPresent()) {
                branch.keep();
            }
            return look;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("Looking was interrupted. Nothing was changed.");
        }
    }

    /// Deletes a branch that was kept.
    ///
    /// @return why it is still there; empty when it is gone
    /// @throws RefusedException when no look has kept a branch of that name
    public Optional<String> remove(String branch) {
        return branches.removeKept(branch).map(Debt::sentence);
    }

    private Look in(
            RehearsalBranch branch, String production, Optional<Path> folder, LookListener listener)
            throws InterruptedException {
        var now = PostgresAddress.of(databases.connection(production));
        var loss = counter.count(branch.address(), now, listener);
        var exported =
                folder.isPresent()
                        ? export.write(branch.address(), now, folder.get(), Set.of())
                        : List.<Exported>of();
        return new Look(branch.name(), ledger(branch), loss, exported);
    }

    private Ledger ledger(RehearsalBranch branch) {
        var table = Databases.ledgerTable(stack);
        try (var session = postgres.open(branch.address(), Postgres.Session.reading("slipway"))) {
            return LedgerReader.read(session, table);
        } catch (SQLException e) {
            throw new FailureException(
                    new Failure.Unreachable(Provider.POSTGRES, "the connection broke"), e);
        }
    }
}
