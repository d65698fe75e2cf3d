package dev.slipway.release.step;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.migration.DrizzleMigrator;
import dev.slipway.migration.Ledger;
import dev.slipway.migration.LedgerReader;
import dev.slipway.migration.LedgerState;
import dev.slipway.migration.LedgerTable;
import dev.slipway.migration.LockRetry;
import dev.slipway.migration.MigrationFolder;
import dev.slipway.migration.MigrationListener;
import dev.slipway.migration.MigrationOrder;
import dev.slipway.migration.rehearsal.LocksInTheWay;
import dev.slipway.operation.Observation;
import dev.slipway.operation.Sending;
import dev.slipway.operation.StepScope;
import dev.slipway.operation.StepWork;
import dev.slipway.postgres.Backend;
import dev.slipway.postgres.Fence;
import dev.slipway.postgres.LockHolder;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/// Runs migrations in one transaction, as Drizzle would: all that are planned, or one part of them; on
/// the rehearsal branch, or on production. The change is announced immediately before COMMIT, together with the transaction's
/// id: before it nothing holds.
///
/// @param connection the direct connection string of a branch, by id
/// @param folders the migrations of a tree, by its sha
/// @param rehearsal whether the branch is the one that `rehearse.branch` made
public record Migrate(
        Postgres postgres,
        DrizzleMigrator migrator,
        Function<String, Secret> connection,
        Function<String, MigrationFolder> folders,
        boolean rehearsal)
        implements StepWork {
    private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Override
    public Observation observe(StepScope scope) {
        if (rehearsal && scope.purpose() != StepScope.Purpose.ACT) {
            return Observation.Done.seen(Map.of());
        }
        try {
            return looked(scope);
        } catch (FailureException e) {
            if (rehearsal && e.failure() instanceof Failure.NotFound) {
                return new Observation.Failed(
                        "The rehearsal branch is gone: it expired, or a later start of Slipway"
                                + " removed what this operation had left. Production was not changed;"
                                + " make a new plan",
                        Map.of());
            }
            throw e;
        }
    }

    private Observation looked(StepScope scope) {
        try (var session = open(scope, "slipway")) {
            var mine = Backend.named(session, application(scope));
            if (!mine.isEmpty()) {
                return Observation.NotYet.because("an earlier attempt still runs in the database");
            }
            return judged(scope, LedgerReader.read(session, table(scope)));
        } catch (SQLException e) {
            throw new FailureException(
                    new Failure.Unreachable(Provider.POSTGRES, "the connection broke"), e);
        }
    }

    private Observation judged(StepScope scope, Ledger ledger) {
        var state = LedgerState.of(folder(scope), ledger);
        var planned = planned(scope);
        var pending = state.pending().stream().map(MigrationOrder.Planned::of).toList();
        var evidence =
                Map.of(
                        "latest", state.latest().orElse("none"),
                        "pending", String.valueOf(pending.size()));
        var applied =
                state.in(LedgerState.State.APPLIED).stream()
                        .map(MigrationOrder.Planned::of)
                        .toList();
        if (applied.containsAll(planned)) {
            return new Observation.Done(
                    scope.step().parameters().containsKey("more")
                            ? Map.of()
                            : Map.of(
                                    scope.step().group() + ".latest",
                                    state.latest().orElse("none")),
                    evidence);
        }
        return toRun(scope, state)
                ? Observation.Absent.seen(evidence)
                : new Observation.Foreign(
                        "The database has other pending migrations than the plan: "
                                + pending.size()
                                + " instead of "
                                + planned.size()
                                + ". Nothing was run.",
                        evidence);
    }

    /// Whether what the step runs is what the database has to be run.
    static boolean toRun(StepScope scope, LedgerState state) {
        var planned = planned(scope);
        return late(scope)
                ? state.in(LedgerState.State.SKIPPED_BY_DRIZZLE).stream()
                        .map(MigrationOrder.Planned::of)
                        .toList()
                        .containsAll(planned)
                : MigrationOrder.begins(
                        planned, state.pending().stream().map(MigrationOrder.Planned::of).toList());
    }

    /// Whether it is about a migration that Drizzle skips.
    private static boolean late(StepScope scope) {
        return scope.step().parameters().containsKey("late");
    }

    @Override
    public Receipt send(StepScope scope, Sending sending) {
        fence(scope);
        try {
            var order = order(scope);
            var way = inTheWay(scope, order.locks());
            var applied = migrator.run(address(scope), order, new Told(scope, sending));
            return new Receipt(Map.of("xid", applied.xid().orElse("none"), "inTheWay", way));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException(
                    new Failure.Busy(Provider.POSTGRES, "interrupted before COMMIT"), e);
        }
    }

    /// Who is in the way just before it begins. The migrator sees for itself whom it meets.
    private String inTheWay(StepScope scope, LockRetry locks) throws InterruptedException {
        var needed =
                scope.step()
                        .parameters()
                        .getOrDefault("locks", "")
                        .lines()
                        .map(LocksInTheWay.Needed::parse)
                        .toList();
        var sentences =
                LocksInTheWay.look(postgres, address(scope), needed, List.of(), locks)
                        .staying()
                        .stream()
                        .map(LockHolder::sentence)
                        .toList();
        sentences.forEach(each -> scope.log(StepScope.Level.WARN, "In the way: " + each + "."));
        return sentences.isEmpty() ? "nobody" : String.join("; ", sentences);
    }

    /// A branch that was just made has production's fence, which is not ours; and a run that was taken
    /// over after its fence was raised has the fence of its former holder. A higher one is never
    /// lowered.
    void fence(StepScope scope) {
        var ours = scope.epoch().orElse(0L);
        try (var session = open(scope, "slipway")) {
            var at = Fence.read(session, environment(scope));
            if (rehearsal || (at.isPresent() && at.getAsLong() < ours)) {
                Fence.raise(session, environment(scope), ours);
            }
        } catch (SQLException e) {
            throw new FailureException(
                    new Failure.Unreachable(Provider.POSTGRES, "the connection broke"), e);
        }
    }

    MigrationOrder order(StepScope scope) {
        return new MigrationOrder(
                folder(scope),
                table(scope),
                planned(scope),
                application(scope),
                new MigrationOrder.FenceEpoch(environment(scope), scope.epoch().orElse(0L)),
                LockRetry.of(scope.step().parameters()),
                STATEMENT_TIMEOUT,
                PATIENCE,
                Integer.parseInt(scope.step().parameters().getOrDefault("skipped", "0")),
                late(scope));
    }

    private static String environment(StepScope scope) {
        return scope.plan().pins().getOrDefault("environment", "production");
    }

    static String application(StepScope scope) {
        return "slipway " + scope.plan().brief() + " " + scope.step().group();
    }

    Connection open(StepScope scope, String name) {
        return postgres.open(address(scope), Postgres.Session.reading(name));
    }

    PostgresAddress address(StepScope scope) {
        var branch = rehearsal ? scope.need("rehearse.branch") : scope.step().parameter("branch");
        return PostgresAddress.of(connection.apply(branch));
    }

    MigrationFolder folder(StepScope scope) {
        return folders.apply(scope.step().parameter("tree"));
    }

    static LedgerTable table(StepScope scope) {
        return new LedgerTable(scope.step().parameter("schema"), scope.step().parameter("table"));
    }

    static List<MigrationOrder.Planned> planned(StepScope scope) {
        var tags = Arrays.asList(scope.step().parameter("pending").split(","));
        var hashes = Arrays.asList(scope.step().parameter("hashes").split(","));
        var planned = new ArrayList<MigrationOrder.Planned>();
        for (int i = 0; i < tags.size(); i++) {
            planned.add(new MigrationOrder.Planned(tags.get(i), hashes.get(i)));
        }
        return planned;
    }

    /// Shows each statement live, and announces the change before COMMIT.
    record Told(StepScope scope, Sending sending) implements MigrationListener {
        @Override
        public void waiting(String sentence) {
            scope.log(StepScope.Level.WARN, sentence);
        }

        @Override
        public void begins(Step step) {
            scope.progress((double) (step.number() - 1) / Math.max(1, step.of()), step.place());
        }

        @Override
        public void done(Step step, Duration took, OptionalLong rows) {
            scope.log(StepScope.Level.INFO, step.done(took, rows));
        }

        @Override
        public void failed(Step step, Duration took, String state, String message) {
            scope.log(StepScope.Level.ERROR, step.failed(took, state, message));
        }

        @Override
        public void committing(String xid) {
            sending.aboutToSend(
                    "SQL",
                    "COMMIT {xid}",
                    dev.slipway.operation.CanonicalJson.sha256(scope.step().parameter("hashes")),
                    Map.of("xid", xid));
        }
    }

    /// Raises the fence of the production database to the epoch of the lock.
    public record RaiseFence(Postgres postgres, Function<String, Secret> connection)
            implements StepWork {
        @Override
        public Observation observe(StepScope scope) {
            try (var session = postgres.open(address(scope), Postgres.Session.reading("slipway"))) {
                var at = Fence.read(session, environment(scope));
                var ours = scope.epoch().orElse(0L);
                if (at.isPresent() && at.getAsLong() > ours) {
                    return new Observation.Foreign(
                            "Another operation has taken over the database: the fence is "
                                    + at.getAsLong()
                                    + ", ours is "
                                    + ours
                                    + ".",
                            Map.of());
                }
                return at.isPresent() && at.getAsLong() == ours
                        ? Observation.Done.seen(Map.of("epoch", "" + ours))
                        : Observation.Absent.seen(Map.of());
            } catch (SQLException e) {
                throw new FailureException(
                        new Failure.Unreachable(Provider.POSTGRES, "the connection broke"), e);
            }
        }

        @Override
        public Receipt send(StepScope scope, Sending sending) {
            var epoch = scope.epoch().orElse(0L);
            try (var session = postgres.open(address(scope), Postgres.Session.reading("slipway"))) {
                sending.aboutToSend(
                        "SQL",
                        "raise slipway.fence {epoch}",
                        dev.slipway.operation.CanonicalJson.sha256("" + epoch),
                        Map.of("epoch", "" + epoch));
                Fence.raise(session, environment(scope), epoch);
                return Receipt.NONE;
            } catch (SQLException e) {
                throw new FailureException(
                        new Failure.Unknown(Provider.POSTGRES, "the connection broke"), e);
            }
        }

        private PostgresAddress address(StepScope scope) {
            return PostgresAddress.of(connection.apply(scope.step().parameter("branch")));
        }
    }
}
