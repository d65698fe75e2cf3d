package dev.slipway.release;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.migration.workload.StatementStatistics;
import dev.slipway.migration.workload.Workload;
import dev.slipway.neon.Neon;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.production.Databases;
import dev.slipway.stack.Stack;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.function.Supplier;

/// The statements production counts right now. A compute that sleeps is not woken for them: it would
/// have none.
public record ProductionWorkload(Stack stack, Neon neon, Postgres postgres, InstantSource clock)
        implements Supplier<Workload> {
    @Override
    public Workload get() {
        var databases = new Databases(neon, stack);
        var branch = databases.production(neon.branches()).id();
        if (!Databases.awake(branch, neon.endpoints())) {
            return Workload.none(
                    clock.instant(),
                    "the production compute sleeps, and with it went what it had counted");
        }
        var address = PostgresAddress.of(databases.connection(branch));
        try (var session = postgres.open(address, Postgres.Session.reading("slipway workload"))) {
            return StatementStatistics.read(session, clock);
        } catch (SQLException e) {
            throw new FailureException(
                    new Failure.Unreachable(Provider.POSTGRES, "the connection broke"), e);
        }
    }
}
