package dev.slipway.release.rollback.rescue;

import dev.slipway.domain.FailureException;
import dev.slipway.domain.InputException;
import dev.slipway.domain.RefusedException;
import dev.slipway.domain.World;
import dev.slipway.github.GitHub;
import dev.slipway.neon.Neon;
import dev.slipway.neon.NewBranch;
import dev.slipway.operation.Plan;
import dev.slipway.postgres.Postgres;
import dev.slipway.production.Databases;
import dev.slipway.release.Asking;
import dev.slipway.release.Situation.LockHolder;
import dev.slipway.release.rollback.LookListener;
import dev.slipway.release.rollback.loss.ReplayOptions;
import dev.slipway.release.rollback.loss.RowExport;
import dev.slipway.release.rollback.loss.RowExport.Exported;
import dev.slipway.release.rollback.loss.RowReplay;
import dev.slipway.release.rollback.loss.TableComparison;
import dev.slipway.release.rollback.loss.TableName;
import dev.slipway.release.throwaway.RehearsalBranch;
import dev.slipway.release.throwaway.RehearsalBranches;
import dev.slipway.stack.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Rescues what a restore took away: shows it, writes it to files, proposes its return. What a restore kept
/// is read in throw-away branches, so the backup stays as it is and needs no compute of its own.
/// Proposals are started like promotions, by [dev.slipway.release.Promotions#start].
public final class Rescues {
    private static final Duration KEPT = Duration.ofHours(1);

    private final World world;
    private final Stack stack;
    private final Neon neon;
    private final GitHub gitHub;
    private final Postgres postgres;
    private final Databases databases;
    private final RehearsalBranches branches;
    private final Supplier<LockHolder> lock;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// @param lock who holds production
    public Rescues(
            World world,
            Stack stack,
            Neon neon,
            GitHub gitHub,
            Postgres postgres,
            RehearsalBranches branches,
            Supplier<LockHolder> lock,
            InstantSource clock,
            RandomGenerator random) {
        this.world = world;
        this.stack = stack;
        this.neon = neon;
        this.gitHub = gitHub;
        this.postgres = postgres;
        this.databases = new Databases(neon, stack);
        this.branches = branches;
        this.lock = lock;
        this.clock = clock;
        this.random = random;
    }

    /// Names of the branches that keep what restores took away, the one production was restored from
    /// first; none when nothing was ever restored.
    ///
    /// @throws FailureException when Neon does not answer
    public List<String> backups() {
        var all = neon.branches();
        return Origin.backups(all, databases.production(all));
    }

    /// Counts what the restore took away. Production is not even read.
    ///
    /// @param backup name of the branch that kept it; empty takes the one production was restored from
    /// @throws RefusedException when no restore kept anything, or it was interrupted
    /// @throws FailureException when a remote does not answer
    public Rescue look(Optional<String> backup, LookListener listener) {
        var origin = origin(backup);
        return kept(
                origin,
                listener,
                (point, last) ->
                        new Rescue(
                                origin.kept(),
                                new TableComparison(
                                                postgres,
                                                Databases.ledgerTable(stack),
                                                clock,
                                                TableComparison.LIMIT)
                                        .compare(point.address(), last.address(), listener)));
    }

    /// Writes lost and changed rows into files in `folder`.
    ///
    /// @param tables which; empty for all
    /// @throws InputException when a file exists or cannot be written
    /// @throws RefusedException as above
    /// @throws FailureException as above
    public List<Exported> export(
            Optional<String> backup, Path folder, Set<TableName> tables, LookListener listener) {
        return kept(
                origin(backup),
                listener,
                (point, last) ->
                        new RowExport(
                                        postgres,
                                        Databases.ledgerTable(stack),
                                        clock,
                                        RowReplay.LIMIT)
                                .write(point.address(), last.address(), folder, tables));
    }

    /// Tries it on a throw-away branch of production and plans. Production is only read.
    ///
    /// @throws RefusedException as above
    /// @throws FailureException as above
    public RescueProposal propose(
            Optional<String> backup, ReplayOptions options, LookListener listener) {
        var observed = clock.instant();
        var origin = origin(backup);
        var by = gitHub.login();
        var rehearsed =
                kept(
                        origin,
                        listener,
                        (point, last) -> {
                            try (var production = branches.open(listener::waiting)) {
                                listener.opened(production.name());
                                return new RowReplay(
                                                postgres,
                                                Databases.ledgerTable(stack),
                                                clock,
                                                RowReplay.LIMIT)
                                        .rehearse(
                                                new RowReplay.Places(
                                                        point.address(),
                                                        last.address(),
                                                        production.address()),
                                                options);
                            }
                        });
        return new RescueProposal(
                origin.kept(),
                options,
                rehearsed,
                new RescuePlanner(stack, world, origin, options, rehearsed)
                        .plan(Plan.freshId(random), observed, by),
                new RescueGates(origin, options, rehearsed, new Asking(clock).of(lock), observed)
                        .all());
    }

    private Origin origin(Optional<String> backup) {
        var all = neon.branches();
        return Origin.of(all, databases.production(all), backup);
    }

    private interface Work<T> {
        T with(RehearsalBranch point, RehearsalBranch last) throws InterruptedException;
    }

    /// Does `work` with branches of the point and of what was kept, which are removed after it.
    private <T> T kept(Origin origin, LookListener listener, Work<T> work) {
        try (var point = branches.look(origin.history(), origin.point(), KEPT, listener::waiting);
                var last =
                        branches.look(
                                origin.backup().id(),
                                new NewBranch.Point.Head(),
                                KEPT,
                                listener::waiting)) {
            listener.opened(last.name());
            return work.with(point, last);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException("Looking was interrupted. Nothing was changed.");
        }
    }
}
