package dev.slipway.app;

import dev.slipway.domain.Failure;
import dev.slipway.domain.FailureException;
import dev.slipway.domain.Provider;
import dev.slipway.domain.Secret;
import dev.slipway.migration.Ledger;
import dev.slipway.migration.LedgerReader;
import dev.slipway.migration.LedgerTable;
import dev.slipway.postgres.Postgres;
import dev.slipway.postgres.PostgresAddress;
import dev.slipway.production.ProductionReader;
import dev.slipway.release.ProductionWorkload;
import java.sql.SQLException;

/// Reads what Drizzle wrote down in a database, and its workload while the connection is open.
record LedgerOverPostgres(Postgres postgres, ProductionWorkload workload)
        implements ProductionReader.LedgerReader {

    @Override
    public Ledger read(Secret connection, LedgerTable table) {
        try (var session =
                postgres.open(
                        PostgresAddress.of(connection), Postgres.Session.reading("slipway"))) {
            var ledger = LedgerReader.read(session, table);
            workload.alongside(session);
            return ledger;
        } catch (SQLException e) {
            throw new FailureException(
                    new Failure.Unreachable(Provider.POSTGRES, "the connection broke"), e);
        }
    }
}
