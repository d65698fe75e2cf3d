package dev.slipway.release;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.InputException;
import dev.slipway.domain.Provider;
import dev.slipway.migration.workload.StatementStatistics;
import dev.slipway.migration.workload.Workload;
import dev.slipway.migration.workload.WorkloadStore;
import dev.slipway.neon.Neon;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.production.Databases;
import dev.slipway.stack.Stack;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/// What production executes: observed whenever somebody looks into its database anyway, and kept,
/// because the server forgets it when the compute sleeps. It is never woken for this.
///
/// Safe for use by several threads.
public final class ProductionWorkload implements Supplier<Workload> {
    private final Neon neon;
    private final Postgres postgres;
    private final Databases databases;
    private final WorkloadStore store;
    private final Duration every;
    private final InstantSource clock;
    private volatile Instant last = Instant.EPOCH;

    /// @param every the least distance of two looks that nobody asked for
    public ProductionWorkload(
            Stack stack,
            Neon neon,
            Postgres postgres,
            WorkloadStore store,
            Duration every,
            InstantSource clock) {
        this.neon = neon;
        this.postgres = postgres;
        this.databases = new Databases(neon, stack);
        this.store = store;
        this.every = every;
        this.clock = clock;
    }

    /// Looks once more if the compute is awake, and says all that was observed.
    ///
    /// @throws FailureException when Neon or the server does not answer
    @Override
    public Workload get() {
        var branch = databases.production(neon.branches()).id();
        if (Databases.awake(branch, neon.endpoints()).isEmpty()) {
            return store.read(clock.instant())
                    .with(
                            new Workload.Unseen(
                                    0,
                                    "the production compute sleeps, and with it went what it had"
                                            + " counted since the last look"));
        }
        var address = PostgresAddress.of(databases.connection(branch));
        try (var session = postgres.open(address, Postgres.Session.reading("slipway workload"))) {
            var reading = look(session);
            return reading.since().isPresent()
                    ? store.read(clock.instant())
                    : reading.unseen().stream()
                            .reduce(
                                    store.read(clock.instant()),
                                    Workload::with,
                                    (_, later) -> later);
        } catch (SQLException e) {
            throw new FailureException(
                    new Failure.Unreachable(Provider.POSTGRES, "the connection broke"), e);
        }
    }

    /// Looks over `connection`, which was opened to production for another reason; not more often than
    /// it makes sense. Whoever opened it is not disturbed by a failure, and a rehearsal will tell it.
    public void alongside(Connection connection) {
        if (clock.instant().isBefore(last.plus(every))) {
            return;
        }
        try {
            look(connection);
        } catch (FailureException | InputException _) {
            last = clock.instant();
        }
    }

    private Workload look(Connection connection) {
        var reading = StatementStatistics.read(connection, clock);
        store.keep(reading);
        last = clock.instant();
        return reading;
    }
}
